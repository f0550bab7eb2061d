import { type RawBuilder, sql } from "@hiraku/kernel/store";
import { eventAttendance, events as eventRegister } from "@hiraku/opendata";
import type { CityData } from "../aggregate.ts";
import { cityMonthOf } from "../assets/arrival.ts";
import { filled, type Rows } from "../filled.ts";
import { withBeside } from "../beside.ts";
import { EVERY_MODE, member, MODE, numberIn, STEP } from "../keys.ts";
import { eventsFor, PURPOSES } from "../purpose.ts";

const entered = ["event.checked_in"];
const both = ["event.checked_in", "event.checked_out"];
const eventRef = member("eventRef");

/** Each entry with the first exit of the same person behind it, in minutes. */
function stays(events: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(
    select *, epoch(left_at - occurred_at) / 60 as minutes from (
      select *, lead(occurred_at) over (
          partition by subject, ${eventRef} order by occurred_at, type
        ) as left_at,
        lead(type) over (
          partition by subject, ${eventRef} order by occurred_at, type
        ) as next_type
      from ${events} where subject is not null
    ) where type = 'event.checked_in' and next_type = 'event.checked_out'
  )`;
}

/** Attendance of events, drills and facilities. */
export const publishEventAttendance = filled(
  eventAttendance,
  PURPOSES.events,
  {
    tallies: {
      attendance: { types: entered, keys: [eventRef], where: EVERY_MODE },
      modes: { types: entered, keys: [MODE], where: EVERY_MODE },
      applications: {
        types: ["event.viewed", "event.applied", "event.cancelled"],
        keys: [eventRef, STEP],
      },
      facilities: { types: ["facility.visited"], keys: [member("facilityId")] },
      volunteers: {
        types: ["volunteer.participated"],
        keys: [member("activityRef")],
        amount: sql`${numberIn("hours")} * 60`,
      },
    },
    spreads: {
      stays: {
        types: both,
        from: stays,
        keys: [eventRef],
        where: EVERY_MODE,
        value: sql`minutes`,
      },
      reception_times: {
        types: entered,
        keys: [eventRef, member("method")],
        where: EVERY_MODE,
        value: sql`${numberIn("receptionMs")} / 1000`,
      },
    },
    parts: [peaks, pointsEffect],
  },
);

/** Entries count one up, exits one down; a second entry without an exit is the same person. */
async function peaks(
  { warehouse }: CityData,
  through: string,
): Promise<{ peaks: Rows }> {
  const { rows } = await sql<Record<string, unknown>>`
    with moved as (
      select ${cityMonthOf(sql`occurred_at`)} as month, ${eventRef} as event,
        subject, occurred_at, type = 'event.checked_in' as inside,
        lag(type) over (partition by subject, ${eventRef}
          order by occurred_at, type) = type as again
      from ${eventsFor(PURPOSES.events)}
      where type in ('event.checked_in', 'event.checked_out')
        and subject is not null
    ), there as (
      select month, event, subject, sum(case when again then 0
          when inside then 1 else -1 end) over (
          partition by month, event order by occurred_at, subject
        ) as present
      from moved
    )
    select month, event as "eventRef", greatest(max(present), 0)::bigint as people,
      count(distinct subject)::bigint as attendees
    from there where month <= ${through}
    group by all order by all`.execute(warehouse);
  return { peaks: rows };
}

async function pointsEffect(
  { warehouse, entries }: CityData,
  through: string,
): Promise<{ points_effect: Rows }> {
  const register = (await entries(eventRegister)).map(({ id, points }) => ({
    id,
    points: points ?? 0,
  }));
  const { rows } = await sql<Record<string, unknown>>`
    with offer as (
      select unnest(from_json(${JSON.stringify(register)},
        '[{"id":"VARCHAR","points":"BIGINT"}]'), max_depth := 2)
    ), seen as (
      select ${cityMonthOf(sql`occurred_at`)} as month, subject,
        ${eventRef} as event
      from ${eventsFor(PURPOSES.events)}
      where type = 'event.checked_in' and mode = 'normal'
        and subject is not null
    ), granted as (
      select month, sum(held) as points, max(held, 2) as largest from (
        select ${cityMonthOf(sql`occurred_at`)} as month, subject,
          sum(${numberIn("amount")}) as held
        from event where type = 'point.granted'
          and ${member("ref")} in (select id from offer where points > 0)
        group by all
      ) group by all
    )
    select month, case when offer.points > 0 then 'yes' else 'no' end as offered,
      count(distinct subject)::bigint as people,
      count(distinct subject || ' ' || event)::bigint as attendances,
      count(distinct event)::bigint as events,
      coalesce(any_value(granted.points) filter (offer.points > 0), 0)::bigint
        as points,
      any_value(granted.largest[1]) filter (offer.points > 0) as first,
      any_value(granted.largest[2]) filter (offer.points > 0) as second
    from seen left join offer on offer.id = seen.event
    left join granted using (month)
    where month <= ${through}
    group by all order by all`.execute(warehouse);
  return { points_effect: rows.map(withBeside) };
}
