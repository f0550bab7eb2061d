import assert from "node:assert/strict";
import { createAccount } from "@hiraku/api/identity";
import { addMonths, cityMonth, systemClock, ulid } from "@hiraku/kernel";
import { openControl } from "@hiraku/kernel/control";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { newPlatform, type Platform } from "../platform.ts";
import { sampleCity } from "../sample_city.ts";
import { openBrowser } from "./open_browser.ts";

const PASSWORD = crypto.randomUUID();
const CODE = sampleCity.code;
const SHELTER = sampleCity.shelters[0]?.id ?? "";

Deno.test("one event goes all the way: a tap to a ranking, an entity and a row of open data", async (t) => {
  const platform = await newPlatform([sampleCity], {
    schedules: { preliminary: "* * * * * *", publish: "*/2 * * * * *" },
  });
  const key = await platform.key({ municipality: CODE, eventTypes: ["*"] });
  await account(platform, "hq", "hq");
  await account(platform, "analyst", "analyst");
  const serve = platform.start("serve");
  await platform.listening();
  const work = platform.start("work");
  const browser = await openBrowser();
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  const outside: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(platform.origin)) outside.push(request.url());
  });

  try {
    await t.step(
      "the first page is friendly while there is no data",
      async () => {
        await page.goto(`${platform.origin}/dashboards/${CODE}`);

        assert.match(await page.textContent("h1") ?? "", /大津市/);
        assert.equal(await page.locator("html").getAttribute("lang"), "ja");
        assert.doesNotMatch(await page.content(), /undefined|NaN|\[object/);
      },
    );

    await t.step("taps become the ranking of the dashboard", async () => {
      // Forty people, last month: far above the threshold.
      await send(platform, key, [
        ...taps(40, "252018-ma-01", 1),
        ...taps(25, "252018-ma-02", 1),
        ...taps(3, "252018-ma-02", 0, "few"),
      ]);

      await eventually(async () => {
        await page.goto(`${platform.origin}/dashboards/${CODE}`);
        assert.match(await page.textContent("main") ?? "", /防災/);
        assert.match(await page.textContent("main") ?? "", /\b40\b/);
      });
      // Times of publication aside, which can be any.
      const said = (await page.textContent("main") ?? "")
        .replaceAll(/\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2}(:\d{2})?/g, "");
      assert.doesNotMatch(said, /\b28\b/);
    });

    await t.step(
      "the same figures are open data, in Japanese and English",
      async () => {
        await page.goto(`${platform.origin}/opendata`);
        assert.match(await page.textContent("main") ?? "", /ミニアプリ/);
        await page.goto(`${platform.origin}/en/opendata`);
        assert.equal(await page.locator("html").getAttribute("lang"), "en");

        const csv = await fetch(
          `${platform.origin}/opendata/${CODE}/miniapp_usage/latest/${CODE}_miniapp_usage.csv`,
        );
        const text = await csv.text();

        assert.match(text, /"252018-ma-01"/);
        assert.match(text, /"40"/);
        assert.doesNotMatch(text, /person_/);
      },
    );

    await t.step(
      "the open-data pages find what is typed in kana and break no rule of WCAG 2.2 AA that a machine can tell",
      async () => {
        await page.goto(`${platform.origin}/opendata`);
        await page.fill("#q", "ﾐﾆｱﾌﾟﾘ");
        await page.click("form.search button");
        assert.match(page.url(), /q=/);
        assert.match(
          await page.textContent("main") ?? "",
          /ミニアプリ利用状況/,
        );
        const opendata = `/opendata/${CODE}`;
        for (
          const path of [
            "/opendata",
            `${opendata}/miniapp_usage`,
            `/en${opendata}/miniapp_usage`,
            `${opendata}/miniapp_usage/codebook`,
            "/opendata/request",
            "/opendata/api",
            "/en/opendata/api",
          ]
        ) {
          await page.goto(platform.origin + path);
          for (const one of await page.locator("details").all()) {
            await one.evaluate((element) => element.setAttribute("open", ""));
          }
          assert.deepEqual(await broken(page), [], path);
        }
        const tried = page.locator("form[action$='/try/package_show'] button");
        await tried.click();
        assert.match(page.url(), /\/api\/3\/action\/package_show\?id=/);
        assert.match(await page.textContent("body") ?? "", /"success":true/);
      },
    );

    await t.step("the latest release is an entity at the broker", async () => {
      await eventually(async () => {
        const response = await fetch(
          `${platform.origin}/ngsi-ld/v1/entities?type=UsageStatistics&options=keyValues`,
          { headers: { "NGSILD-Tenant": sampleCity.tenant } },
        );
        const entities = await response.json();
        assert.equal(response.status, 200);
        assert.ok(
          entities.some((one: Record<string, unknown>) =>
            one["activeUsers"] === 40
          ),
        );
        const datasets = await fetch(
          `${platform.origin}/ngsi-ld/v1/entities?type=Dataset&options=keyValues`,
          { headers: { "NGSILD-Tenant": sampleCity.tenant } },
        );
        const titles = JSON.stringify(await datasets.json());
        assert.match(titles, /ミニアプリ利用状況/);
        assert.doesNotMatch(titles, /127\.0\.0\.1:\d+\/data/);
      });
    });

    await t.step(
      "a check-in is an exact figure for headquarters and a band for everyone",
      async () => {
        await send(platform, key, [
          shelter("shelter.opened"),
          ...[1, 2, 3].map((n) =>
            shelter("shelter.checked_in", `person_${n}_s`)
          ),
        ]);
        await signIn(page, platform, "hq");

        await eventually(async () => {
          await page.goto(`${platform.origin}/operations/${CODE}/shelters`);
          const cells = await page.locator("td").allTextContents();
          assert.deepEqual(cells.slice(0, 4), [
            "富士見市民センター",
            "訓練",
            "3",
            "3",
          ]);
        });
        const open = await fetch(
          `${platform.origin}/ngsi-ld/v1/entities?type=EvacuationShelter`,
          { headers: { "NGSILD-Tenant": sampleCity.tenant } },
        );
        const hidden = await fetch(
          `${platform.origin}/ngsi-ld/v1/entities?type=ShelterOccupancy`,
          { headers: { "NGSILD-Tenant": sampleCity.tenant } },
        );

        const text = await open.text();
        assert.match(text, /vacancyBand/);
        assert.doesNotMatch(text, /evacueeTotal/);
        assert.deepEqual(await hidden.json(), []);
      },
    );

    await t.step(
      "an analyst may not see the headquarters' page, the public is asked to sign in",
      async () => {
        await page.context().clearCookies();
        await page.goto(`${platform.origin}/operations/${CODE}/shelters`);
        assert.match(page.url(), /\/login/);

        await signIn(page, platform, "analyst");
        const response = await page.goto(
          `${platform.origin}/operations/${CODE}/shelters`,
        );

        assert.equal(response?.status(), 403);
        assert.doesNotMatch(await page.content(), /富士見市民センター/);
      },
    );

    await t.step(
      "the dashboard reads without JavaScript and on a phone",
      async () => {
        const context = await browser.newContext({
          javaScriptEnabled: false,
          viewport: { width: 320, height: 700 },
        });
        const phone = await context.newPage();
        await phone.goto(`${platform.origin}/en/dashboards/${CODE}`);

        assert.match(await phone.textContent("main") ?? "", /Disaster/);
        assert.ok(await phone.locator("svg").count() > 0);
        assert.ok(await phone.locator("table").count() > 0);
        const [width] = await phone.locator("body").evaluateAll((all) =>
          all.map((one) => one.scrollWidth)
        ).catch(() => [320]);
        assert.ok((width ?? 320) <= 320, `the page is ${width} wide`);
        await context.close();
      },
    );

    // A refused page is a 403 that the browser reports; nothing else may be.
    assert.deepEqual(errors.filter((text) => !/40[13]/.test(text)), []);
    assert.deepEqual(outside, []);
  } finally {
    await browser.close();
    await serve.kill("SIGTERM");
    await work.kill("SIGTERM");
  }
});

/** Rules of WCAG 2.2 AA that axe finds broken. */
async function broken(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate(`
    axe.run(document, { runOnly: [
      "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa",
    ] }).then(({ violations }) => violations.map(({ id, nodes }) =>
      id + " " + nodes[0].html
    ))`);
}

async function account(
  { places }: Platform,
  login: string,
  role: "hq" | "analyst",
): Promise<void> {
  const control = await openControl(places.control);
  await createAccount(control, systemClock, login, PASSWORD, [
    { municipality: CODE, role },
  ]);
  await control.destroy();
}

async function signIn(page: Page, { origin }: Platform, login: string) {
  await page.goto(`${origin}/login`);
  await page.fill("#login", login);
  await page.fill("#password", PASSWORD);
  await Promise.all([
    page.waitForNavigation(),
    page.click("button[type=submit]"),
  ]);
}

async function send(
  { origin }: Platform,
  key: string,
  events: readonly object[],
): Promise<void> {
  const response = await fetch(`${origin}/api/v1/events`, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${key}`,
      "Content-Type": "application/json",
    },
    body: JSON.stringify(events),
  });
  const receipt = await response.json();
  assert.equal(receipt.accepted, events.length, JSON.stringify(receipt));
}

/** One tap each of so many people, on the last day of an earlier month or now. */
function taps(
  people: number,
  miniApp: string,
  monthsAgo: number,
  who = "person",
): object[] {
  const now = systemClock.now();
  const at = monthsAgo === 0 ? now : new Date(
    Date.parse(
      `${addMonths(cityMonth(now), 1 - monthsAgo)}-01T00:00:00+09:00`,
    ) -
      3_600_000,
  );
  return Array.from({ length: people }, (_, n) => ({
    eventId: ulid(at.getTime() + n),
    type: "miniapp.opened",
    occurredAt: at.toISOString(),
    source: { miniApp },
    ...subject(`${who}_${n}_tap`),
    data: {},
  }));
}

function shelter(type: string, pid?: string): object {
  const now = systemClock.now();
  return {
    eventId: ulid(now.getTime()),
    type,
    occurredAt: now.toISOString(),
    mode: "drill",
    ...(pid === undefined ? {} : subject(pid)),
    data: {
      shelterId: SHELTER,
      ...(pid === undefined ? {} : { method: "qr" }),
    },
  };
}

function subject(pid: string): object {
  return {
    subject: { pid, tier: "jpki", consent: ["rcpt_1"] },
    attributes: { districtCode: "252018-sd-01", ageBand: "40-44", sex: "2" },
  };
}

/** Tries again until what is said holds; the last failure is the one that is told. */
async function eventually(say: () => Promise<void>): Promise<void> {
  for (let i = 0; i < 80; i++) {
    try {
      return await say();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
  await say();
}
