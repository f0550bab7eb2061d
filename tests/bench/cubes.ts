import { layout, type Municipality, systemClock } from "@hiraku/kernel";
import { freezeCube, monthsToMeasure } from "@hiraku/opendata";
import {
  openWarehouse,
  PIPELINES,
  restate,
  type Warehouse,
} from "@hiraku/pipelines";
import { fill } from "./aggregates.ts";
import type { Figure } from "./figure.ts";

const MONTHS = [1_000_000, 2_000_000, 4_000_000];

/** What freezing a month takes, by the events of the month. */
export async function benchCubes(city: Municipality): Promise<Figure> {
  const dir = await Deno.makeTempDir({ prefix: "hiraku-bench-" });
  const warehouse = await openWarehouse(`${dir}/warehouse.duckdb`);
  const spans: string[] = [];
  for (const [at, events] of MONTHS.entries()) {
    await fill(warehouse, `2026-0${at + 1}-10`, events);
    const seconds = await freezeAll(warehouse, city, dir);
    spans.push(`${events / 1e6} M ${seconds.toFixed(1)} s`);
  }
  await warehouse.destroy();
  await Deno.remove(dir, { recursive: true });
  return {
    what: "noisy cube of a month, from its events",
    value: spans.join(", "),
    against: "60,000 people; only the month itself is read",
    aim: "stated, linear",
  };
}

/** Freezes every month that is not yet; answers the seconds without bringing the list of months up to date. */
export async function freezeAll(
  warehouse: Warehouse,
  municipality: Municipality,
  dir: string,
): Promise<number> {
  const pipeline = PIPELINES.find(({ id }) => id === "use_cube");
  if (pipeline === undefined) throw new Error("No pipeline freezes cubes");
  const now = new Date("2026-11-20");
  await restate(warehouse, pipeline.assets, { now });
  const places = layout(dir);
  const options = { layout: places, clock: systemClock };
  const started = performance.now();
  await pipeline.run({
    warehouse,
    municipality,
    now,
    members: [municipality],
    released: () => Promise.resolve(undefined),
    entries: () => Promise.resolve([]),
  }, {
    previous: () => Promise.resolve(undefined),
    publish: () => Promise.resolve(undefined),
    cubes: {
      toMeasure: ({ code }, months) => monthsToMeasure(places, code, months),
      freeze: (city, month, used) => freezeCube(options, city, month, used),
    },
  });
  return (performance.now() - started) / 1_000;
}
