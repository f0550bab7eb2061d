import { cityMonth, type Municipality, startOfCityDay } from "@hiraku/kernel";
import { sql } from "@hiraku/kernel/store";
import type { ExactTables, miniappRanking } from "@hiraku/opendata";
import { isLive } from "./groups.ts";
import { eventsWithin } from "./assets/events_within.ts";
import { PURPOSES } from "./purpose.ts";
import type { Warehouse } from "./warehouse.ts";

type Tables = ExactTables<typeof miniappRanking>;

/**
 * The running month so far: for each mini-app and full hour since its first
 * use, users and clicks from the first of the month up to that hour. Which
 * hour is shown is the release rule's choice.
 */
export async function rankingSeries(
  warehouse: Warehouse,
  municipality: Municipality,
  now: Date,
): Promise<Tables> {
  const month = cityMonth(now);
  const { rows } = await sql<Tables["miniapp_ranking"][number]>`
    with used as (
      select mini_app, subject,
        date_trunc('hour', occurred_at) + interval 1 hour as counted
      from (
        select *, ${month} as month
        from ${eventsWithin(PURPOSES.usage, month, ["miniapp.opened"])}
      )
      where mode = 'normal' and ${isLive(municipality)}
    ), clicked as (
      select mini_app, counted, count(*) as clicks from used group by all
    ), arrived as (
      select mini_app, counted, count(*) as users from (
        select mini_app, subject, min(counted) as counted from used
        where subject is not null group by all
      ) group by all
    ), hours as (
      select unnest(generate_series(
        ${startOfCityDay(`${month}-01`)}::timestamp + interval 1 hour,
        date_trunc('hour', ${now}::timestamp), interval 1 hour)) as counted
    ), grid as (
      select first.mini_app, hours.counted from hours join (
        select mini_app, min(counted) as since from used group by mini_app
      ) first on hours.counted >= first.since
    )
    select ${month} as month, grid.mini_app as "miniAppId",
      strftime(grid.counted, '%Y-%m-%dT%H:%M:%SZ') as "steppedAt",
      coalesce(sum(users) over so_far, 0)::bigint as users,
      coalesce(sum(clicks) over so_far, 0)::bigint as clicks
    from grid
    left join clicked using (mini_app, counted)
    left join arrived using (mini_app, counted)
    window so_far as (partition by grid.mini_app order by grid.counted)
    order by "miniAppId", "steppedAt"`.execute(warehouse);
  return { miniapp_ranking: rows };
}
