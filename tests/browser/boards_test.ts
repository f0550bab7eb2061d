import { boardPath, scriptsWhenAsked } from "@hiraku/dashboards";
import {
  DATASETS,
  keepOutlines,
  publish,
  putEntry,
  registerNamed,
  release,
} from "@hiraku/opendata";
import { addCutRequest, addReportSchedule } from "@hiraku/kernel/control";
import assert from "node:assert/strict";
import { CODE, type RowCity, withCity } from "../rows/row_city.ts";
import { exactRows } from "../rows/exact_rows.ts";
import { openBrowser } from "./open_browser.ts";
import { tooWide, unmarkedWords, violations, width } from "./page_faults.ts";

const PHONE = { width: 320, height: 700 };
/** Datasets of the boards that are looked at. */
const SHOWN = [
  "app_use",
  "community_activity",
  "counter_queues",
  "kpi",
  "logic_model",
  "miniapp_usage",
  "registrants",
  "registration",
  "retention",
  "support",
  "survey_results",
];
const DESK = { width: 1200, height: 900 };
const LAPTOP = { width: 1280, height: 800 };
/** Within its margins, at 96 dots an inch. */
const A4 = { width: 688, height: 1017 };
/** What a desk shows at 200 %. */
const ZOOMED = { width: 600, height: 450 };

Deno.test("boards, KPIs and the logic model have no axe violation, fit a phone, need no script and ask nothing elsewhere", () =>
  withCity(async (city) => {
    await publishAll(city);
    const { origin } = city;
    const browser = await openBrowser();
    const outside: string[] = [];
    const errors: string[] = [];
    const faults: string[] = [];
    const open = async (
      path: string,
      options: Parameters<typeof browser.newContext>[0],
    ) => {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      page.on("request", (one) => {
        if (!one.url().startsWith(origin)) outside.push(one.url());
      });
      page.on("console", (one) => {
        if (one.type() === "error") errors.push(`${path}: ${one.text()}`);
      });
      await page.goto(origin + path);
      return page;
    };
    try {
      const home = `/dashboards/${CODE}`;
      const states = [
        [home, DESK],
        [`/en${home}/kpi`, ZOOMED],
        [`${home}/logic-model`, PHONE],
        [
          `${boardPath(CODE, "registration")}?ageGroup=65%2B&from=2026-10`,
          PHONE,
        ],
        [`/en${boardPath(CODE, "people")}`, DESK],
        [boardPath(CODE, "surveys"), PHONE],
        [`/en${boardPath(CODE, "use")}`, ZOOMED],
        [boardPath(CODE, "districts"), DESK],
        [boardPath(CODE, "counters"), PHONE],
        [boardPath(CODE, "retention"), ZOOMED],
        [`${home}/metrics`, PHONE],
        [`/en${home}/metrics?q=users&by=ageGroup`, DESK],
        [`${boardPath(CODE, "metric.miniapp_clicks")}?ageGroup=65%2B`, PHONE],
        [`/en${boardPath(CODE, "metric.miniapp_clicks")}`, ZOOMED],
        [boardPath(CODE, "metric.miniapp_users.ageGroup"), DESK],
        [`/en${boardPath(CODE, "metric.mean_queue")}`, PHONE],
        [`/en/embed/${CODE}/boards/districts/rate`, PHONE],
        [`${home}/evaluations`, PHONE],
        [`/en${home}/pack?boards=counters,use&month=2026-10`, PHONE],
        [`${home}/surveys`, PHONE],
        [`/en${home}/wellbeing`, PHONE],
        [`/en${home}/plan?kind=mean&effect=2`, PHONE],
        [`${home}/queries`, DESK],
        [`${home}/queries/clicks`, PHONE],
        [`/operations/${CODE}/cuts`, PHONE],
        [`/operations/${CODE}/logic-model?box=b`, PHONE],
        [`/en/operations/${CODE}/logic-model?from=a`, DESK],
        [`/operations/${CODE}/outlines`, PHONE],
        [`/en/operations/${CODE}/reports?board=use`, PHONE],
      ] as const;
      // Staff pages open to a key as to whoever signed in.
      const key = await city.key("analyst", "officer");
      for (const [path, viewport] of states) {
        const page = await open(path, {
          viewport,
          ...(path.includes("/operations/") && {
            extraHTTPHeaders: { Authorization: `Bearer ${key}` },
          }),
        });
        faults.push(
          ...(await violations(page)).map((one) => `${path} ${one}`),
        );
        faults.push(
          ...(await unmarkedWords(page)).map((one) => `${path} says ${one}`),
        );
        if (await width(page) > viewport.width) {
          faults.push(`${path} is wider than ${viewport.width}`);
        }
        await page.context().close();
      }

      const page = await open(boardPath(CODE, "registration"), {
        javaScriptEnabled: false,
        viewport: DESK,
      });
      await page.selectOption("#by-month", "2026-09");
      await page.click("form.filters button");
      assert.match(page.url(), /month=2026-09/);
      assert.match(await page.textContent("main") ?? "", /2026年9月/);
      // Every figure can be reached and unfolded from the keyboard.
      const fold = page.locator("details.about > summary").first();
      await fold.focus();
      await page.keyboard.press("Enter");
      assert.match(await page.textContent("details[open]") ?? "", /sha256/);
      // A district of a map is a link to the board narrowed to it.
      await page.goto(origin + boardPath(CODE, "districts"));
      assert.match(await page.textContent("main") ?? "", /合成の境界/);
      await page.locator(".outline-map a").first().focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(/districtCode=412015-sd-01/);
      // A bar of a metric's page narrows all else and, chosen again, no longer does.
      await page.goto(origin + boardPath(CODE, "metric.miniapp_clicks"));
      const bar = page.locator(".bar-list a", { hasText: /^女性/ });
      await bar.focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(/metric\.miniapp_clicks\?sex=female$/);
      const chosen = page.locator(".bar-list a[aria-current]");
      assert.match(await chosen.textContent() ?? "", /✓ 女性/);
      assert.equal(await page.inputValue("#by-sex"), "female");
      assert.equal(
        await page.locator(".bar-list a", { hasText: "男性" }).count(),
        1,
      );
      await chosen.focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(/metric\.miniapp_clicks$/);
      // A pack is gathered from the keyboard; its figures have footnotes.
      await page.goto(`${origin}${home}/pack`);
      await page.locator("input[value=counters]").focus();
      await page.keyboard.press("Space");
      await page.locator("form.pack-form button").focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(/boards=counters/);
      assert.ok(
        await page.locator(".pack-board a[href='#note-1']").count() > 0,
      );
      assert.equal(await page.locator("#note-1").count(), 1);
      await page.context().close();

      // Tables of surveys fit a desk and paper: none scrolls to the side.
      for (const path of [`${home}/surveys`, boardPath(CODE, "surveys")]) {
        for (const at of [path, `/en${path}`]) {
          const survey = await open(at, { viewport: LAPTOP });
          faults.push(...(await tooWide(survey)).map((one) => `${at} ${one}`));
          await survey.emulateMedia({ media: "print" });
          await survey.setViewportSize(A4);
          faults.push(
            ...(await tooWide(survey)).map((one) => `A4 ${at} ${one}`),
          );
          await survey.context().close();
        }
      }

      const drawn = await open(`/en${boardPath(CODE, "districts")}`, {
        viewport: DESK,
      });
      const [picture] = await Promise.all([
        drawn.waitForEvent("download"),
        drawn.getByRole("button", { name: /PNG/ }).first().click(),
      ]);
      assert.equal(
        picture.suggestedFilename(),
        `${CODE}_districts_rate.png`,
      );
      // Lines are read figure by figure, and say what their table says.
      const path = `/en${boardPath(CODE, "registration")}?from=2026-09`;
      await drawn.goto(origin + path);
      const line = drawn.locator("hiraku-line[role=slider]").first();
      await line.focus();
      await drawn.keyboard.press("Home");
      const first = await line.getAttribute("aria-valuetext") ?? "";
      await drawn.keyboard.press("ArrowRight");
      const second = await line.getAttribute("aria-valuetext") ?? "";
      assert.match(first, /^September 30, 2026, .*\d people/);
      assert.match(second, /^October 31, 2026, .*\d people/);
      assert.equal(await line.locator(".tip").isVisible(), true);
      faults.push(...await violations(drawn));
      // A frame leads back to the state it shows.
      const embed = await drawn.locator("a[href*='/embed/']").first()
        .getAttribute("href");
      await drawn.goto(origin + embed);
      assert.equal(
        await drawn.locator("main > p > a").getAttribute("href"),
        path,
      );
      await drawn.context().close();

      assert.deepEqual(faults, []);
      assert.deepEqual(outside, []);
      assert.deepEqual(errors, []);
    } finally {
      await browser.close();
    }
  }, { scripts: scriptsWhenAsked((error) => assert.fail(`${error}`)) }));

async function publishAll(
  { places, clock, control, municipality }: RowCity,
): Promise<void> {
  for (const dataset of DATASETS.filter(({ id }) => SHOWN.includes(id))) {
    await publish(
      release(dataset, exactRows(dataset, municipality), {
        municipality,
        previous: undefined,
        today: "2026-11-20",
      }),
      { layout: places, clock },
    );
  }
  const keep = async (id: string, entry: Record<string, unknown>) => {
    const register = registerNamed(id);
    assert.ok(register !== undefined);
    await putEntry(control, clock, CODE, register, "test", entry);
  };
  await keep("wellbeing", {
    id: "w",
    year: 2026,
    factor: "09",
    kind: "subjective",
    score: 3.4,
    source: "test",
  });
  await keepOutlines(control, clock, CODE, "test", {
    draft: {
      source: { ja: "市", en: "City" },
      areas: Object.fromEntries(
        municipality.districts.slice(1).map(({ code, outline = [] }) =>
          [code, outline] as const
        ),
      ),
    },
  });
  await keep("queries", {
    id: "clicks",
    nameJa: "クリック",
    nameEn: "Clicks",
    sql: "select month, miniAppId, clicks from miniapp_usage.miniapp_usage",
  });
  await addCutRequest(control, clock, "test", {
    municipality: CODE,
    dataset: "app_use",
    family: "sessions",
    by: ["district"],
    reason: "更新のお知らせの時期を決めるため",
  });
  await addReportSchedule(control, clock, "test", {
    municipality: CODE,
    name: "Monthly",
    plan: { kind: "report", board: "use", asked: {}, every: "month" },
    mail: ["mayor@city.example"],
    webhook: null,
    language: "en",
  });
  const box = { titleJa: "登録者", titleEn: "Registrants" };
  await keep("logic_nodes", { id: "a", level: "activity", ...box });
  await keep("logic_nodes", {
    id: "b",
    level: "output",
    ...box,
    metric: "registrants",
    why: "普及を表す",
  });
  await keep("logic_links", { id: "l", from: "a", to: "b", assumption: "…" });
  await keep("evaluations", {
    id: "e",
    questionJa: "増えたか",
    questionEn: "Did it grow?",
    design: "its",
    metric: "registrants",
    intervention: "2026-09-01",
    link: "l",
  });
}
