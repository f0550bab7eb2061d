import { addDays, addMonths } from "@hiraku/kernel";
import { sql } from "@hiraku/kernel/store";
import { openWarehouse, PIPELINES, restate } from "@hiraku/pipelines";
import { demoHistory } from "@hiraku/app/demo";
import { fill } from "./aggregates.ts";
import { freezeAll } from "./cubes.ts";
import type { Figure } from "./figure.ts";

const DAYS = 50;
const A_DAY = 2_000_000;
const FIRST_MONTH = "2024-10";

/** A hundred million events in 25 months: disk, memory and time with every asset computed. */
export async function benchHundredMillion(): Promise<Figure[]> {
  const assets = [...new Set(PIPELINES.flatMap((one) => one.assets))];
  const dir = await Deno.makeTempDir({ prefix: "hiraku-bench-" });
  const path = `${dir}/warehouse.duckdb`;
  const warehouse = await openWarehouse(path);
  const spans: number[] = [];
  for (let n = 0; n < DAYS; n++) {
    const month = addMonths(FIRST_MONTH, Math.floor(n / 2));
    const day = addDays(`${month}-10`, n % 2);
    await fill(warehouse, day, A_DAY);
    const since = performance.now();
    const done = await restate(warehouse, assets, {
      now: new Date(`${day}T15:00:00Z`),
    });
    spans.push((performance.now() - since) / 1_000);
    const failed = done.find(({ outcome }) => outcome === "failed");
    if (failed !== undefined) throw new Error(`${failed.asset} failed`);
    await sql`checkpoint`.execute(warehouse);
  }
  const [city] = demoHistory({ seed: 1, events: 0 }).municipalities;
  const frozen = city && await freezeAll(warehouse, city, dir);
  const { size } = await Deno.stat(path);
  const { rows: [count] } = await sql<{ n: number }>`
    select count(*) as n from event`.execute(warehouse);
  await warehouse.destroy();
  const peak = await most();
  const opened = performance.now();
  const again = await openWarehouse(path);
  const opening = performance.now() - opened;
  await again.destroy();
  await Deno.remove(dir, { recursive: true });
  const half = (spans: readonly number[]) =>
    spans.reduce((sum, one) => sum + one, 0) / spans.length;
  return [
    {
      what: `${Number(count?.n).toLocaleString("en")} events on disk`,
      value: `${(size / 1e9).toFixed(1)} GB`,
      against: `with ${assets.length} assets; opened again in ${
        opening.toFixed(0)
      } ms`,
      aim: "stated",
    },
    {
      what: "most memory while they are brought in and computed",
      value: `${Math.round(peak / 1024 / 1024)} MiB`,
      against: "DuckDB limit 320 MB",
      aim: "stated",
    },
    {
      what: "all assets of one more city-day",
      value: `${half(spans.slice(-10)).toFixed(1)} s with 80-100 M before it`,
      against: `${half(spans.slice(0, 10)).toFixed(1)} s with 0-20 M`,
      aim: "aim: does not grow",
    },
    {
      what: "noisy cubes of all 25 months",
      value: `${frozen?.toFixed(1)} s`,
      against: "from 100 M events of 60,000 people, one month after another",
      aim: "stated",
    },
  ];
}

/** The most resident memory this process ever had, in bytes. */
async function most(): Promise<number> {
  const status = await Deno.readTextFile("/proc/self/status");
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}
