import { addMonths, type Municipality } from "@hiraku/kernel";
import { gzipSync } from "fflate";
import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../browser/open_browser.ts";
import type { Platform } from "../platform.ts";
import { type Figure, percentile } from "./figure.ts";

const CELLS = 1_800_000;
const CLICKS = 100;
const NEWEST = "2026-10";
const GROUPS = {
  ageGroup: ["0-19", "20-39", "40-64", "65+", "unknown"],
  sex: ["female", "male", "unknown"],
  tier: ["jpki", "email"],
};

/** The explore page over 1.8 M cells: from a click to painted charts, and what has to be loaded. */
export async function exploreFigures(
  platform: Platform,
  city: Municipality,
): Promise<Figure[]> {
  const cells = await writeMonths(platform, city);
  const path = `/dashboards/${city.code}/explore`;
  const started = performance.now();
  await (await fetch(platform.origin + path)).text();
  const first = performance.now() - started;
  const browser = await openBrowser();
  try {
    const loaded = await loadedBytes(browser, platform.origin + path);
    const page = await browser.newPage();
    const long = `?from=${addMonths(NEWEST, -11)}&compare=year`;
    await page.goto(platform.origin + path + long);
    await page.waitForSelector("hiraku-explore[data-ready]");
    const times = await clicks(page);
    await page.goto(`${platform.origin}${path}${long}&metric=miniapp_clicks`);
    await page.waitForSelector("hiraku-explore[data-ready]");
    const added = await clicks(page);
    return [
      {
        what: "explore, filter click to painted page",
        value: `people ${spanOf(times)}; clicks ${spanOf(added)}`,
        against: `seven linked charts over ${
          cells.toLocaleString("en")
        } cells, 12 months compared with 12, ${times.length} and ${added.length} clicks of a mouse, Chromium`,
        aim: "aim p95 under 60 ms",
      },
      {
        what: "explore, page weight before data, gzip",
        value: `${Math.round(loaded.page / 1024)} KB`,
        against: `document, styles and script; the months ${
          Math.round(loaded.months / 1024)
        } KB; ${
          Math.round(loaded.letters / 1024)
        } KB of letters, where the system has no Japanese font`,
        aim: "aim under 150 KB",
      },
      {
        what: "explore, first page after a start",
        value: `${Math.round(first)} ms`,
        against: "reads every frozen month once",
        aim: "stated",
      },
    ];
  } finally {
    await browser.close();
  }
}

function spanOf(times: readonly number[]): string {
  const [half, most] = [0.5, 0.95].map((part) =>
    Math.round(percentile(times, part))
  );
  return `p50 ${half} ms, p95 ${most} ms`;
}

/** Frozen months with as many cells as asked, of noise alone. */
async function writeMonths(
  { places }: Platform,
  { code, miniApps, districts }: Municipality,
): Promise<number> {
  const codes = {
    miniAppId: miniApps.filter(({ since }) => since !== undefined)
      .map(({ id }) => id),
    districtCode: [...districts.map((one) => one.code), "unknown"],
    ...GROUPS,
  };
  let state = 1;
  const table = (
    id: string,
    names: readonly (keyof typeof codes)[],
    modes: readonly string[] = ["normal"],
  ) => {
    const dimensions = [
      { name: "mode", codes: modes },
      ...names.map((name) => ({ name, codes: codes[name] })),
    ];
    const size = dimensions.reduce((all, one) => all * one.codes.length, 1);
    const counts = id.startsWith("opens") ? "opens" : "users";
    const span = counts === "opens" ? 3_200 : 160;
    return {
      id,
      counts,
      dimensions,
      values: Array.from({ length: size }, () => {
        state = (state * 48_271) % 2_147_483_647;
        return state % span - Math.floor(span * 0.4);
      }),
      sigma: span / 8,
      most: 4,
      nanoRho: 1_000_000,
    };
  };
  const APART = ["drill", "disaster"];
  const cube = (month: string) => ({
    statistic: "bench",
    month,
    frozenAt: "2026-11-21T00:00:00Z",
    tables: [
      table("persons", ["ageGroup", "sex", "tier"]),
      table("groups", ["districtCode", "ageGroup", "sex", "tier"]),
      table("apps", ["miniAppId", "ageGroup"]),
      table("ways", ["miniAppId", "ageGroup", "sex", "tier"]),
      table("districts", ["miniAppId", "districtCode", "ageGroup"]),
      table("all", ["miniAppId", "districtCode", "ageGroup", "sex", "tier"]),
      table("apart_persons", ["ageGroup", "sex", "tier"], APART),
      table("apart_districts", ["districtCode", "ageGroup"], APART),
      table("apart_apps", ["miniAppId", "ageGroup"], APART),
      table("opens_persons", ["ageGroup", "sex", "tier"]),
      table("opens_apps", ["miniAppId", "tier"]),
      table("opens_places", ["districtCode", "tier"]),
      table("opens_groups", ["districtCode", "ageGroup", "sex", "tier"]),
      table("opens_ways", ["miniAppId", "ageGroup", "sex", "tier"]),
      table("opens_districts", ["miniAppId", "districtCode", "ageGroup"]),
      table("opens_apart_persons", ["ageGroup", "sex", "tier"], APART),
      table("opens_apart_apps", ["miniAppId"], APART),
      table("opens_apart_districts", ["districtCode"], APART),
    ],
  });
  const folder = `${places.city(code)}/cubes`;
  await Deno.mkdir(folder, { recursive: true });
  let cells = 0;
  for (let month = NEWEST; cells < CELLS; month = addMonths(month, -1)) {
    const made = cube(month);
    cells += made.tables.reduce((sum, { values }) => sum + values.length, 0);
    await Deno.writeTextFile(
      `${folder}/use-${month}.json`,
      JSON.stringify(made),
    );
  }
  return cells;
}

/** What a browser with an empty cache loads, compressed. */
async function loadedBytes(
  browser: Browser,
  address: string,
): Promise<{ page: number; months: number; letters: number }> {
  const page = await browser.newPage();
  const bodies: Promise<[string, Uint8Array]>[] = [];
  page.on("response", (response) => {
    bodies.push(response.body().then((body) => [response.url(), body]));
  });
  await page.goto(address);
  await page.waitForSelector("hiraku-explore[data-ready]");
  let own = 0;
  let months = 0;
  let letters = 0;
  for (const [url, body] of await Promise.all(bodies)) {
    if (url.endsWith(".woff2")) letters += body.length;
    else if (url.includes("/months/")) months += gzipSync(body).length;
    else own += gzipSync(body).length;
  }
  await page.close();
  return { page: own, months, letters };
}

/** Milliseconds from a click on a bar to the frame after it, of every chart in turn. */
async function clicks(page: Page): Promise<number[]> {
  return await page.evaluate(`(async () => {
    const charts = ["sex", "ageGroup", "miniAppId", "districtCode", "tier"];
    const times = [];
    let state = 7;
    for (let n = 0; n < ${CLICKS}; n++) {
      const bars = document.querySelectorAll(
        ".bar-list-" + charts[n % charts.length] + " a",
      );
      // What was not measured together has no bars to click on.
      if (bars.length === 0) continue;
      state = (state * 48271) % 2147483647;
      await new Promise((go) => setTimeout(go, 50));
      const started = performance.now();
      bars[state % bars.length].click();
      await new Promise((painted) => requestAnimationFrame(() => {
        const after = new MessageChannel();
        after.port1.onmessage = painted;
        after.port2.postMessage(undefined);
      }));
      times.push(performance.now() - started);
    }
    return times;
  })()`);
}
