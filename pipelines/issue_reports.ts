import { type RawBuilder, sql } from "@hiraku/kernel/store";
import { issueReports } from "@hiraku/opendata";
import type { CityData } from "./aggregate.ts";
import { filled, type Rows } from "./filled.ts";
import { member } from "./keys.ts";
import { PURPOSES } from "./purpose.ts";

/** Reports with how they stand; what was never moderated is not among them. */
export const publishIssueReports = filled(issueReports, PURPOSES.services, {
  parts: [reports, backlog],
});

/** One row a report: who sent it is left behind here. */
export function issues(): RawBuilder<unknown> {
  const updated = sql`filter (type = 'issue.updated')`;
  return sql`(
    select ${member("issueId")} as issue,
      arg_min(${member("serviceCode")}, occurred_at)
        filter (${member("serviceCode")} is not null) as service,
      coalesce(min(occurred_at) filter (type = 'issue.reported'),
        min(occurred_at)) as since,
      max(occurred_at) filter (${member("status")} = 'closed') as until,
      coalesce(arg_max(${member("status")}, occurred_at) ${updated}, 'open')
        as status,
      coalesce(bool_or(${member("moderated")} = 'true'), false) as moderated,
      arg_max(try_cast(json_extract_string(data, '$.location[0]') as double), occurred_at)
        filter ((data->'location') is not null) as longitude,
      arg_max(try_cast(json_extract_string(data, '$.location[1]') as double), occurred_at)
        filter ((data->'location') is not null) as latitude
    from event where type in ('issue.reported', 'issue.updated')
    group by ${member("issueId")}
  )`;
}

const dayOf = (column: string) =>
  sql`strftime(${sql.ref(column)} + interval 9 hour, '%Y-%m-%d')`;

/** Each month lists what was open in it, as it stood at its end. */
async function reports(
  { warehouse }: CityData,
  through: string,
): Promise<{ issue_reports: Rows }> {
  const { rows } = await sql<Record<string, unknown>>`
    with issue as (
      select *, left(${dayOf("since")}, 7) as since_month,
        left(${dayOf("until")}, 7) as until_month
      from ${issues()} where moderated
    ), months as (
      select distinct since_month as month from issue
      union select until_month from issue where until_month is not null
    )
    select month, issue as "issueId",
      coalesce(service, 'other') as "serviceCode",
      case when until_month = month then 'closed' else 'open' end as state,
      ${dayOf("since")} as "reportedOn",
      coalesce(case when until_month = month then ${dayOf("until")} end, '')
        as "closedOn", longitude, latitude
    from months join issue on since_month <= month
      and coalesce(until_month >= month, true)
    where month <= ${through}
    order by all`.execute(warehouse);
  return { issue_reports: rows };
}

async function backlog(
  { warehouse }: CityData,
  through: string,
): Promise<{ backlog: Rows }> {
  const { rows } = await sql<Record<string, unknown>>`
    with issue as (
      select coalesce(service, 'other') as service,
        left(${dayOf("since")}, 7) as since_month,
        left(${dayOf("until")}, 7) as until_month,
        epoch(until - since) / 86400 as days, status
      from ${issues()}
    ), months as (
      select distinct since_month as month from issue
      union select until_month from issue where until_month is not null
    )
    select month, service as "serviceCode",
      count(*) filter (since_month = month)::bigint as reported,
      count(*) filter (until_month = month)::bigint as closed,
      count(*) filter (until_month is null or until_month > month)::bigint as open,
      round(median(days) filter (until_month = month), 2) as days
    from months join issue on since_month <= month
    where month <= ${through}
    group by all order by all`.execute(warehouse);
  return { backlog: rows };
}
