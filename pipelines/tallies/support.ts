import { sql } from "@hiraku/kernel/store";
import { support } from "@hiraku/opendata";
import type { CityData } from "../aggregate.ts";
import { cityMonthOf } from "../assets/arrival.ts";
import { eventsFor } from "../purpose.ts";
import { filled, type Rows } from "../filled.ts";
import { districtOf } from "../groups.ts";
import { member, WHOEVER } from "../keys.ts";
import { PURPOSES } from "../purpose.ts";

const month = cityMonthOf(sql`occurred_at`);

/** Help, classes and voices. */
export const publishSupport = filled(support, PURPOSES.services, {
  tallies: {
    sessions: {
      types: ["support.session"],
      who: WHOEVER,
      keys: [member("topic"), member("outcome")],
      // Who comes without an account says an age band.
      from: (events) =>
        sql`(select * replace (
            coalesce(age_band, ${member("ageBand")}) as age_band)
          from ${events})`,
    },
    helped: {
      types: ["support.session"],
      keys: [sql`later`],
      version: 1,
      from: (events) =>
        sql`(select *, case when exists (
            select 1 from ${eventsFor(PURPOSES.usage)} u
            where u.type = 'miniapp.opened' and u.subject = e.subject
              and u.occurred_at > e.occurred_at
              and u.occurred_at < e.occurred_at + interval 30 day
          ) then 'used' else 'unused' end as later
          from (
            select * from ${events} where subject is not null
            qualify row_number() over (
              partition by subject order by occurred_at) = 1
          ) e)`,
    },
    feedback: {
      types: ["feedback.submitted"],
      who: WHOEVER,
      keys: [member("category")],
    },
    voices: {
      types: ["feedback.submitted"],
      who: WHOEVER,
      keys: [sql`topic`],
      from: (events) =>
        sql`(select *, unnest(from_json(data->'topics', '["VARCHAR"]')) as topic
          from ${events})`,
    },
  },
  parts: [classes, training, replies],
});

async function classes(
  { warehouse, municipality }: CityData,
  through: string,
): Promise<{ classes: Rows; classes_held: Rows }> {
  const held = sql`(
    select *, left(${member("date")}, 7) as month from (
      select * replace (${member("districtCode")} as district) from event
      where type = 'class.held'
    ) where left(${member("date")}, 7) <= ${through}
  )`;
  const byKind = await sql<Record<string, unknown>>`
    select month, ${member("kind")} as kind, ${
    member("organiser")
  } as organiser,
      sum((data->>'attendees')::bigint)::bigint as people,
      count(*)::bigint as count
    from ${held} group by all order by all`.execute(warehouse);
  const byDistrict = await sql<Record<string, unknown>>`
    select month, ${districtOf(municipality)} as "districtCode",
      count(*)::bigint as count
    from ${held} group by all order by all`.execute(warehouse);
  return { classes: byKind.rows, classes_held: byDistrict.rows };
}

async function training(
  { warehouse }: CityData,
  through: string,
): Promise<{ training: Rows }> {
  const people = (outcome: string) =>
    sql`coalesce(sum((data->>'people')::bigint)
      filter (${member("outcome")} = ${outcome}), 0)::bigint`;
  const { rows } = await sql<Record<string, unknown>>`
    select ${month} as month, ${member("exercise")} as exercise,
      ${people("started")} as started, ${people("completed")} as completed
    from event where type = 'sandbox.used' and month <= ${through}
    group by all order by all`.execute(warehouse);
  return { training: rows };
}

/** By the month in which the feedback came, whenever it was answered. */
async function replies(
  { warehouse }: CityData,
  through: string,
): Promise<{ replies: Rows }> {
  const { rows } = await sql<Record<string, unknown>>`
    with received as (
      select ${member("feedbackId")} as id, min(occurred_at) as since,
        any_value(${member("category")}) as category
      from event where type = 'feedback.submitted' group by all
    ), answered as (
      select ${member("feedbackId")} as id,
        min(occurred_at) filter (${member("status")} <> 'received') as until,
        bool_or(${member("changeMade")} = 'true') as changed
      from event where type = 'feedback.replied' group by all
    )
    select strftime(since + interval 9 hour, '%Y-%m') as month, category,
      count(*)::bigint as received, count(until)::bigint as answered,
      count(*) filter (changed)::bigint as changed,
      round(median(epoch(until - since) / 86400), 2) as days
    from received left join answered using (id)
    where strftime(since + interval 9 hour, '%Y-%m') <= ${through}
    group by all order by all`.execute(warehouse);
  return { replies: rows };
}
