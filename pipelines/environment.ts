import { sql } from "@hiraku/kernel/store";
import { collections, environment, gauges } from "@hiraku/opendata";
import type { CityData } from "./aggregate.ts";
import { filled, type Rows } from "./filled.ts";
import { PURPOSES } from "./purpose.ts";

/** The history of gauges and cameras, and the calendar of collections. */
export const publishEnvironment = filled(environment, PURPOSES.devices, {
  parts: [levels, cameras, calendar],
});

/** A level stands until the next reading, for an hour at most. */
async function levels(
  { warehouse, entries }: CityData,
  through: string,
): Promise<{ levels: Rows }> {
  const known = (await entries(gauges)).map(({ id, alertLevel }) => ({
    id,
    alertLevel,
  }));
  const { rows } = await sql<Record<string, unknown>>`
    with gauge as (
      select unnest(from_json(${JSON.stringify(known)},
        '[{"id":"VARCHAR","alertLevel":"DOUBLE"}]'), max_depth := 2)
    ), stood as (
      select *, least(1, coalesce(epoch(lead(observed_at) over (
          partition by station order by observed_at) - observed_at) / 3600, 0))
        as hours
      from reading where quantity = 'level'
    )
    select strftime(observed_at + interval 9 hour, '%Y-%m-%d') as date, station,
      max(value) as highest, count(*)::bigint as readings,
      round(coalesce(sum(hours) filter (value >= "alertLevel"), 0), 2)
        as "hoursAbove"
    from stood left join gauge on gauge.id = station
    where strftime(observed_at + interval 9 hour, '%Y-%m') <= ${through}
    group by all order by all`.execute(warehouse);
  return { levels: rows };
}

async function cameras(
  { warehouse }: CityData,
  through: string,
): Promise<{ cameras: Rows }> {
  const { rows } = await sql<Record<string, unknown>>`
    select strftime(observed_at + interval 9 hour, '%Y-%m') as month,
      station as "cameraId", count(*)::bigint as looks,
      round(avg(value), 4) as availability
    from reading where quantity = 'camera' and month <= ${through}
    group by all order by all`.execute(warehouse);
  return { cameras: rows };
}

async function calendar(
  { entries }: CityData,
  through: string,
): Promise<{ collections: Rows }> {
  const all = await entries(collections);
  return {
    collections: all.map(({ area, districtCode, waste, days }) => ({
      month: through,
      area,
      districtCode: districtCode ?? "unknown",
      waste,
      days: days.join(";"),
      // `wed#2` is once a month, `mon` every week.
      perWeek: days.reduce(
        (sum, one) => sum + (one.includes("#") ? 0.23 : 1),
        0,
      ),
    })),
  };
}
