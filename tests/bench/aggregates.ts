import { sql } from "@hiraku/kernel/store";
import {
  openWarehouse,
  PIPELINES,
  restate,
  type Warehouse,
} from "@hiraku/pipelines";
import type { Figure } from "./figure.ts";

const CITY_DAY = 2_000_000;
const A_MONTH = 20_000;
const PEOPLE = 60_000;

/** What a city-day of every type in plausible proportion takes to compute, and what ten years of one asset take. */
export async function benchAggregates(): Promise<Figure[]> {
  const assets = [...new Set(PIPELINES.flatMap((one) => one.assets))];
  const dir = await Deno.makeTempDir({ prefix: "hiraku-bench-" });
  const warehouse = await openWarehouse(`${dir}/day.duckdb`, {
    memoryLimit: "1GB",
  });
  await fill(warehouse, "2026-10-14", CITY_DAY);
  const started = performance.now();
  const done = await restate(warehouse, assets, {
    now: new Date("2026-11-20"),
  });
  const seconds = (performance.now() - started) / 1_000;
  const failed = done.filter(({ outcome }) => outcome === "failed");
  if (failed.length > 0) throw new Error(`${failed[0]?.asset} failed`);
  await warehouse.destroy();

  const usage = assets.filter(({ id }) => id === "usage_month");
  const years = await openWarehouse(`${dir}/years.duckdb`, {
    memoryLimit: "1GB",
  });
  const spans: number[] = [];
  for (let year = 2016; year < 2026; year++) {
    for (let month = 1; month <= 12; month++) {
      await fill(
        years,
        `${year}-${String(month).padStart(2, "0")}-10`,
        A_MONTH,
      );
    }
    const since = performance.now();
    await restate(years, usage, { now: new Date("2026-11-20") });
    spans.push((performance.now() - since) / 1_000);
  }
  await years.destroy();
  await Deno.remove(dir, { recursive: true });
  const ten = spans.reduce((sum, one) => sum + one, 0);
  return [
    {
      what: `all ${done.length} assets of a city-day, ${
        CITY_DAY.toLocaleString("en")
      } events`,
      value: `${seconds.toFixed(1)} s`,
      against: `one shared scan a purpose, ${
        new Set(done.map(({ asset }) =>
          assets.find(({ id }) =>
            id === asset
          )?.purpose.id
        )).size
      } in all`,
      aim: "aim 10 s",
    },
    {
      what: `ten years of one asset, ${
        (A_MONTH * 120).toLocaleString("en")
      } events`,
      value: `${ten.toFixed(1)} s`,
      against: `first year ${spans[0]?.toFixed(2)} s, last ${
        spans.at(-1)?.toFixed(2)
      } s`,
      aim: "aim: linear",
    },
  ];
}

/** Events of one day: mostly openings, and every group of types besides. */
export async function fill(
  warehouse: Warehouse,
  day: string,
  events: number,
): Promise<void> {
  await warehouse.transaction().execute(async (tx) => {
    await sql`
      insert into event
      select '01' || lpad(n::varchar, 10, '0') || ${day}, case
          when n % 20 < 11 then 'miniapp.opened'
          when n % 20 = 11 then 'push.sent' when n % 20 = 12 then 'push.opened'
          when n % 20 = 13 then 'content.opened'
          when n % 20 = 14 then 'article.impression'
          when n % 20 = 15 then 'app.session.started'
          when n % 20 = 16 then 'point.granted'
          when n % 20 = 17 then 'event.checked_in'
          when n % 20 = 18 then 'application.submitted'
          else 'qr.scanned' end, 1,
        ${`${day} 00:00:00`}::timestamp + to_seconds(n % 50_000),
        ${`${day} 01:00:00`}::timestamp, 'bench',
        '252018-ma-0' || (1 + n % 8), '2.4.0', 'ios', null,
        '1-' || md5((n % ${PEOPLE})::varchar), 'jpki', ['r1'],
        '252018-sd-0' || (1 + n % 9), '40-44', '1', true, 'normal', null,
        case n % 20
          when 11 then '{"topic":"waste"}' when 12 then '{"topic":"waste"}'
          when 13 then '{"topic":"weather"}'
          when 14 then '{"articleId":"a1","rank":1,"rankerVersion":"r1"}'
          when 16 then
            '{"ledger":"city","amount":100,"ruleId":"event-a","ref":"a"}'
          when 17 then '{"eventRef":"a","method":"qr","receptionMs":2000}'
          when 18 then '{"procedureId":"p","channel":"app","durationMs":90000}'
          when 19 then '{"kind":"miniapp","placementId":"hall-1","outcome":"ok"}'
          else '{}' end, null, 1
      from range(${events}) t(n)`.execute(tx);
    await sql`
      insert into arrival
      select ${day}, type, count(*), (select coalesce(max(revision), 0) + 1 from arrival)
      from event where occurred_at >= ${`${day} 00:00:00`}::timestamp
        and occurred_at < ${`${day} 15:00:00`}::timestamp
      group by type`.execute(tx);
  });
}
