import { scriptsWhenAsked } from "@hiraku/dashboards";
import assert from "node:assert/strict";
import { asBefore, freezeMonths } from "../frozen_use.ts";
import { CODE, withCity } from "../rows/row_city.ts";
import { openBrowser } from "./open_browser.ts";
import { violations, width } from "./page_faults.ts";

const PATH = `/dashboards/${CODE}/explore`;
const PHONE = { width: 320, height: 700 };

Deno.test("the explore page narrows every chart at once, by mouse, keyboard and address, and by links without a script", () =>
  withCity(async (city) => {
    await freezeMonths(city, { first: "2025-09", months: 14, people: 900 });
    await asBefore(city, "2025-09");
    const { origin } = city;
    const browser = await openBrowser();
    const faults: string[] = [];
    const errors: string[] = [];
    const asked: string[] = [];
    const open = async (
      path: string,
      options: Parameters<typeof browser.newContext>[0] = {},
    ) => {
      const page = await (await browser.newContext(options)).newPage();
      page.on("console", (one) => {
        if (one.type() === "error") errors.push(one.text());
      });
      page.on("pageerror", (one) => errors.push(one.message));
      page.on("request", (one) => asked.push(one.url()));
      await page.goto(origin + path);
      return page;
    };
    try {
      const page = await open(`/en${PATH}`);
      await page.waitForSelector("hiraku-explore[data-ready]");
      const requests = asked.length;
      const said = () => page.textContent(".explore-total");
      const first = await said();
      await page.click(".bar-list-sex a >> nth=0");
      await page.waitForURL(/sex=female/);
      assert.match(await said() ?? "", /Female: /);
      assert.notEqual(await said(), first);
      // A chart does not narrow itself.
      assert.equal(await page.locator(".bar-list-sex a").count(), 3);
      await page.locator(".bar-list-ageGroup a").first().focus();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForURL(/ageGroup=20-39/);
      // Links around the charts lead to what these show now.
      const links = await page.locator("a.language, a[data-same]").all();
      assert.equal(links.length, 3);
      for (const link of links) {
        const href = await link.getAttribute("href") ?? "";
        assert.match(href, /[?&]ageGroup=20-39&sex=female/);
      }
      await page.locator("[role=slider]").focus();
      await page.keyboard.press("Home");
      assert.match(
        await page.getAttribute("[role=slider]", "aria-valuetext") ?? "",
        /^September 2025: /,
      );
      await page.keyboard.press("End");
      await page.keyboard.press("ArrowLeft");
      await page.keyboard.press("Enter");
      await page.waitForURL(/month=2026-09/);
      await page.locator(".outline-map a").last().focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(/districtCode=412015-sd-03/);
      await page.click(".bar-list-districtCode a[aria-current]");
      await page.waitForURL(/^(?!.*districtCode)/);
      await page.selectOption("#by-compare", "year");
      assert.match(await said() ?? "", /since September 2025 [+−]/);
      const behind = page.locator(
        "section[aria-labelledby=explore-sex] details",
      );
      await behind.locator("summary").click();
      await behind.locator("tbody tr").nth(2).waitFor();
      faults.push(...await violations(page));
      // Narrowing asks the server for nothing but letters not yet seen.
      assert.deepEqual(
        asked.slice(requests).filter((one) => !one.includes("/assets/fonts/")),
        [],
      );

      const same = await open(
        new URL(page.url()).pathname + new URL(page.url()).search,
      );
      assert.equal(await same.textContent(".explore-total"), await said());
      await page.click(".chips .clear");
      assert.equal(await said(), first);
      // Small charts of one scale, each a link to its own value.
      await page.selectOption("#by-panels", "ageGroup");
      await page.waitForURL(/panels=ageGroup/);
      assert.equal(await page.locator(".panels a").count(), 5);
      await page.locator(".panels a").first().focus();
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Enter");
      await page.waitForURL(/panels=ageGroup&ageGroup=20-39/);
      assert.match(await said() ?? "", /20–39: /);
      assert.equal(await page.locator(".panels a").count(), 5);
      faults.push(...await violations(page));

      // Clicks add up over mini-apps, people do not; modes are chosen one at a time.
      await page.click(".chips .clear");
      await page.selectOption("#by-metric", "miniapp_clicks");
      await page.waitForURL(/metric=miniapp_clicks/);
      assert.match(await said() ?? "", /± [\d,]+ clicks, estimated/);
      await page.click(".bar-list-mode a >> nth=1");
      await page.waitForURL(/mode=drill/);
      assert.match(await said() ?? "", /Drill: /);
      assert.match(
        await page.textContent(".explore-view") ?? "",
        /At most 10 clicks of a person count in a month/,
      );
      await page.click(".bar-list-mode a >> nth=2");
      await page.waitForURL(/^(?!.*drill).*mode=disaster/);
      assert.equal(
        await page.textContent(".bar-list-mode a[aria-current] .name"),
        "✓ Disaster",
      );
      await page.click(".bar-list-mode a >> nth=0");
      await page.waitForURL(/^(?!.*mode)/);
      for (const nth of [0, 1]) {
        await page.locator(".bar-list-miniAppId a:not([aria-current])")
          .nth(nth).click();
      }
      await page.waitForURL(/miniAppId=.*miniAppId=/);
      assert.match(await said() ?? "", /clicks, estimated/);
      faults.push(...await violations(page));
      await page.selectOption("#by-metric", "miniapp_users");
      await page.locator("section[aria-labelledby=explore-sex] .notice", {
        hasText: "people are not added up over them",
      }).waitFor();
      assert.doesNotMatch(await said() ?? "", /±/);

      // A month from before drills were measured says so, and is not zero.
      const early = await open(`/en${PATH}?mode=drill&month=2025-09`);
      await early.waitForSelector("hiraku-explore[data-ready]");
      assert.match(
        await early.textContent(".notice") ?? "",
        /were measured for this.*Choose months from October 2025 on/,
      );
      assert.doesNotMatch(
        await early.textContent(".explore-total") ?? "",
        /\d ±|Drill: 0/,
      );
      faults.push(...await violations(early));
      await early.click(".notice a");
      await early.waitForURL(/^(?!.*month).*mode=drill/);
      assert.match(
        await early.textContent(".explore-total") ?? "",
        /Drill: [\d,]+ ± /,
      );
      // Any other metric leads to its own page, with the filters that it has.
      await page.click(".chips .clear");
      await page.click(".bar-list-sex a >> nth=1");
      await page.waitForURL(/sex=male/);
      await page.selectOption("#by-metric", "new_registrants");
      await page.waitForURL(/\/boards\/metric\.new_registrants\?sex=male$/);
      assert.match(
        await page.textContent("main") ?? "",
        /Nothing of this board has been published yet/,
      );
      assert.doesNotMatch(await page.content(), /±/);
      faults.push(...await violations(page));

      const plain = await open(PATH, {
        javaScriptEnabled: false,
        viewport: PHONE,
      });
      await plain.click(".bar-list-sex a >> nth=1");
      assert.match(plain.url(), /sex=male/);
      await plain.selectOption("#by-from", "2026-04");
      await plain.selectOption("#by-panels", "districtCode");
      await plain.click("form.filters button");
      assert.match(plain.url(), /from=2026-04.*panels=districtCode.*sex=male/);
      assert.match(
        await plain.textContent("section[aria-labelledby=explore-panels]") ??
          "",
        /校区ごとの利用者の推移.*縦は0から[\d,]+人/,
      );
      assert.equal(await width(plain), PHONE.width);
      assert.match(
        await plain.textContent(".explore-total") ?? "",
        /2026年4月–2026年10月.*男性/,
      );
      await plain.selectOption("#by-metric", "miniapp_clicks");
      await plain.click("form.filters button");
      await plain.click(".bar-list-mode a >> nth=1");
      assert.match(
        await plain.textContent(".explore-total") ?? "",
        /\(合計\).*男性・訓練: .*回/,
      );
      assert.equal(await width(plain), PHONE.width);

      const frame = await open(`/en/embed/${CODE}/explore?sex=female`);
      await frame.waitForSelector("hiraku-explore[data-ready]");
      const [download] = await Promise.all([
        frame.waitForEvent("download"),
        frame.getByRole("button", { name: /PNG ?: Users by age group/ })
          .click(),
      ]);
      assert.equal(
        download.suggestedFilename(),
        `${CODE}_explore_ageGroup.png`,
      );
      const picture = await Deno.readFile(await download.path());
      assert.deepEqual([...picture.slice(1, 4)], [80, 78, 71]);
      assert.equal(await frame.locator("nav").count(), 0);
      faults.push(...await violations(frame));

      // On A4, less its margins, nothing is cut off.
      await same.emulateMedia({ media: "print" });
      await same.setViewportSize({ width: 688, height: 970 });
      assert.equal(await width(same), 688);
      const pdf = new TextDecoder("latin1").decode(
        await same.pdf({ preferCSSPageSize: true }),
      );
      assert.match(pdf, /MediaBox ?\[0 0 59[45][.\d]* 84[12]/);

      const phone = await open(`${PATH}?miniAppId=${CODE}-ma-02&from=2026-04`, {
        viewport: PHONE,
      });
      await phone.waitForSelector("hiraku-explore[data-ready]");
      assert.equal(await width(phone), PHONE.width);
      faults.push(...await violations(phone));

      // Where a system has no Japanese font, ours are there: a file for our own
      // letters, and a part for any other.
      const files = await phone.evaluate(
        `Promise.all([["Hiraku JP", "市"], ["Noto Sans JP Variable", "嬲"]]
          .map(([family, letter]) =>
            document.fonts.load("1rem '" + family + "'", letter)
              .then((found) => found.length)))`,
      );
      assert.deepEqual(files, [1, 1]);

      assert.deepEqual(faults, []);
      assert.deepEqual(errors, []);
      assert.deepEqual(asked.filter((one) => !one.startsWith(origin)), []);
    } finally {
      await browser.close();
    }
  }, { scripts: scriptsWhenAsked((error) => assert.fail(`${error}`)) }));
