import { addDays, cityDay, type Municipality } from "@hiraku/kernel";
import { type RawBuilder, sql } from "@hiraku/kernel/store";
import type { ExactTables, registrants } from "@hiraku/opendata";
import { ageGroupOf, districtOf, sexGroupOf } from "./groups.ts";
import type { Warehouse } from "./warehouse.ts";

type Tables = ExactTables<typeof registrants>;

/**
 * The exact rows of `registrants` up to the city day `through`: stocks at the
 * end of each Sunday and each month, breakdowns of card registrants at the end
 * of each month, and cumulative installs as the stores report them by Sunday.
 */
export async function registrantsTables(
  warehouse: Warehouse,
  municipality: Municipality,
  through: string,
): Promise<Tables> {
  const atMonthEnd = <Row>(groups: readonly RawBuilder<unknown>[]) =>
    sql<Row>`
      select strftime(day, '%Y-%m') as month, ${sql.join(groups)},
        count(*)::bigint as registrants
      from ${stock(days(through, MONTH_END))}
      where tier = 'jpki'
      group by all order by all`.execute(warehouse).then(({ rows }) => rows);
  return {
    registrants: (await sql<Tables["registrants"][number]>`
      select strftime(day, '%Y-%m-%d') as date, tier,
        count(*)::bigint as registrants
      from ${stock(days(through, sql`${SUNDAY} or ${MONTH_END}`))}
      group by all order by all`.execute(warehouse)).rows,
    by_district: await atMonthEnd<Tables["by_district"][number]>([
      sql`${districtOf(municipality)} as "districtCode"`,
    ]),
    by_age_sex: await atMonthEnd<Tables["by_age_sex"][number]>([
      sql`${ageGroupOf()} as "ageGroup"`,
      sql`${sexGroupOf()} as sex`,
    ]),
    installs: await installs(warehouse, through),
  };
}

/** A row for each account that stands at the end of each of `days`. */
function stock(days: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(
    select days.day, span.* from (${days}) days
    join account_span span
      on span.since < days.day + interval 15 hour
      and (span.until is null or span.until >= days.day + interval 15 hour)
  )`;
}

const FIRST = sql`(
  select least(min(day), (select min(since + interval 9 hour) from account_span))
  from store_report)`;

const SUNDAY = sql`dayofweek(day) = 0`;
const MONTH_END = sql`day = last_day(day)`;

/** City days since anything was registered or reported that fulfil `which`. */
function days(
  through: string,
  which: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`
    select day from (
      select unnest(generate_series(
        date_trunc('day', ${FIRST}), ${through}::timestamp, interval 1 day
      )) as day
    ) where ${which}`;
}

/** Only up to the last day each store has reported. A day reported twice counts as last reported. */
async function installs(
  warehouse: Warehouse,
  through: string,
): Promise<Tables["installs"]> {
  const { rows } = await sql<Tables["installs"][number]>`
    with report as (
      select * from store_report
      qualify row_number() over (
        partition by os, day order by received_at desc, event_id desc) = 1
    ), reach as (
      select os, max(day) as last from report group by os
    )
    select strftime(days.day, '%Y-%m-%d') as date, reach.os,
      coalesce(sum(report.installs), 0)::bigint as installs
    from (${days(through, SUNDAY)}) days
    join reach on days.day <= reach.last
    left join report on report.os = reach.os and report.day <= days.day
    group by all order by all`.execute(warehouse);
  return rows;
}

/** The last city day that is over at `now`. */
export function lastCompleteDay(now: Date): string {
  return addDays(cityDay(now), -1);
}
