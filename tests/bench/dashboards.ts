import { boardPath, BOARDS, contract, metricBoardId } from "@hiraku/dashboards";
import { addDays, cityDay, systemClock } from "@hiraku/kernel";
import { DATASETS, publish, release } from "@hiraku/opendata";
import { demoHistory } from "@hiraku/app/demo";
import { gzipSync } from "fflate";
import type { Page } from "playwright-core";
import { openBrowser } from "../browser/open_browser.ts";
import { newPlatform } from "../platform.ts";
import { exactRows } from "../rows/exact_rows.ts";
import { benchCubes } from "./cubes.ts";
import { exploreFigures } from "./explore.ts";
import { type Figure, percentile, rate } from "./figure.ts";

const AT_ONCE = 16;
const CACHED = 5_000;
const PAINTS = 5;
const MARGINALS = 40;

/** Boards of one demo city with every dataset, over loopback HTTP. */
export async function benchDashboards(): Promise<Figure[]> {
  const { municipalities } = demoHistory({ seed: 1, events: 0 });
  const city = municipalities[0];
  if (city === undefined) throw new Error("There is no demo city");
  const platform = await newPlatform([city]);
  for (const dataset of DATASETS) {
    const released = release(dataset, exactRows(dataset, city), {
      municipality: city,
      previous: undefined,
      today: addDays(cityDay(systemClock.now()), 0),
    });
    await publish(released, { layout: platform.places, clock: systemClock });
  }
  const serve = platform.start("serve");
  await platform.listening();
  const address = (path: string) => `${platform.origin}${path}`;
  const paths = BOARDS.map(({ id }) => boardPath(city.code, id));
  const get = async (path: string) => {
    const response = await fetch(address(path));
    return new Uint8Array(await response.arrayBuffer());
  };
  try {
    // Folders count as settled after two seconds, and only then are pages kept.
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    const bytes = await Promise.all(paths.map(get));
    const sizes = bytes.map((one) => gzipSync(one).length);

    let started = performance.now();
    await many(CACHED, (at) => get(paths[at % paths.length] ?? ""));
    const cached = rate(CACHED, performance.now() - started);

    const views = paths.flatMap((path) =>
      ["2026-09", "2026-10"].flatMap((month) =>
        ["ja", "en"].map((language) =>
          `${language === "en" ? "/en" : ""}${path}?from=2026-09&month=${month}`
        )
      )
    );
    started = performance.now();
    await many(views.length, (at) => get(views[at] ?? ""));
    const uncached = rate(views.length, performance.now() - started);

    const marginals = sixMarginals();
    const paints = await firstPaints(
      [
        ...paths.slice(0, PAINTS * 2),
        `/dashboards/${city.code}/metrics`,
        boardPath(city.code, metricBoardId("miniapp_clicks")),
        boardPath(city.code, metricBoardId("miniapp_users", "ageGroup")),
      ].map(address),
    );
    const [slowest] = paints.toSorted((a, b) => b.time - a.time);
    return [
      {
        what: "boards, kept pages",
        value: cached,
        against: `${paths.length} boards of one city, ${AT_ONCE} at once`,
        aim: "aim 1,000/s",
      },
      {
        what: "boards, each asked for the first time",
        value: uncached,
        against: `${views.length} different views`,
        aim: "stated",
      },
      {
        what: "first contentful paint",
        value: `${
          Math.round(percentile(paints.map(({ time }) => time), 0.5))
        } ms, slowest ${Math.round(slowest?.time ?? 0)} ms`,
        against: `${paints.length} pages, Chromium, cold cache, loopback; ${
          slowest?.address.split("/").at(-1)
        } is the slowest`,
        aim: "aim under 500 ms",
      },
      {
        what: "six marginals of 1.8 M cells, filtered",
        value: `${Math.round(percentile(marginals, 0.5))} ms, slowest ${
          Math.round(Math.max(...marginals))
        } ms`,
        against: `${marginals.length} runs in one process, no browser`,
        aim: "stated",
      },
      {
        what: "page weight, gzip",
        value: `${Math.round(percentile(sizes, 0.5) / 1024)} KB, largest ${
          Math.round(Math.max(...sizes) / 1024)
        } KB`,
        against: "HTML without style sheets",
        aim: "aim under 150 KB",
      },
      ...await exploreFigures(platform, city),
      await benchCubes(city),
    ];
  } finally {
    await serve.kill("SIGTERM");
    await Deno.remove(platform.places.root, { recursive: true });
  }
}

/** Every dimension in turn, within the filters of the others. */
function sixMarginals(): number[] {
  const sizes = [37, 26, 32, 10, 3, 2];
  const dimensions = sizes.map((size, d) => ({
    name: `d${d}`,
    codes: Array.from({ length: size }, (_, at) => `v${at}`),
  }));
  const values = new Int32Array(sizes.reduce((all, one) => all * one, 1))
    .map((_, at) => at % 7);
  const at: Record<string, string[]> = {
    d3: ["v6", "v7", "v8", "v9"],
    d4: ["v1"],
  };
  return Array.from({ length: MARGINALS }, () => {
    const started = performance.now();
    for (const { name } of dimensions) {
      const { [name]: _own, ...others } = at;
      contract({ dimensions, values }, [name], others);
    }
    return performance.now() - started;
  });
}

async function many(
  count: number,
  one: (at: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) await one(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

async function firstPaints(
  addresses: readonly string[],
): Promise<{ address: string; time: number }[]> {
  const browser = await openBrowser();
  const times: { address: string; time: number }[] = [];
  for (const address of addresses) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(address);
    times.push({ address, time: await firstPaint(page) });
    await context.close();
  }
  await browser.close();
  return times;
}

async function firstPaint(page: Page): Promise<number> {
  return await page.evaluate(
    `new Promise((found) => new PerformanceObserver((list) => {
      const one = list.getEntriesByName("first-contentful-paint")[0];
      if (one) found(one.startTime);
    }).observe({ type: "paint", buffered: true }))`,
  );
}
