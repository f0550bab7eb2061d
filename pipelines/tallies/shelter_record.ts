import { type RawBuilder, sql } from "@hiraku/kernel/store";
import { shelterRecord } from "@hiraku/opendata";
import type { CityData } from "../aggregate.ts";
import { cityMonthOf } from "../assets/arrival.ts";
import { filled, type Rows } from "../filled.ts";
import { EVERY_MODE, member, MODE, numberIn, STEP, WHOEVER } from "../keys.ts";
import { PURPOSES } from "../purpose.ts";

const received = ["shelter.checked_in", "shelter.form.entered"];
const shelterId = member("shelterId");

/**
 * One row a person received: who checked in and each companion with an age
 * band and sex of its own; the people of a paper form likewise.
 */
function evacuees(events: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(
    select * replace (
        coalesce((person->>'ageBand'), age_band) as age_band,
        coalesce((person->>'sex'), sex) as sex
      ), coalesce(subject, event_id) || '-' || n as evacuee
    from (
      select *, null::json as person, 0 as n from ${events}
      where type = 'shelter.checked_in'
      union all
      select * exclude (n), json_extract(data, '$.companions[' || (n - 1) || ']') as person, n from (
        select *, unnest(generate_series(1,
          coalesce(json_array_length((data->'companions')), 0)::bigint)) as n
        from ${events} where type = 'shelter.checked_in'
      )
      union all
      select * exclude (n), json_extract(data, '$.people[' || (n - 1) || ']') as person, n from (
        select *, unnest(generate_series(1,
          coalesce(json_array_length((data->'people')), 0)::bigint)) as n
        from ${events} where type = 'shelter.form.entered'
      )
    )
  )`;
}

/** Receptions, needs and searches. */
export const publishShelterRecord = filled(shelterRecord, PURPOSES.shelters, {
  tallies: {
    evacuees: {
      types: received,
      from: evacuees,
      who: sql`evacuee`,
      household: WHOEVER,
      keys: [MODE],
      where: EVERY_MODE,
    },
    shelters: {
      types: received,
      from: evacuees,
      who: sql`evacuee`,
      household: WHOEVER,
      keys: [shelterId, MODE],
      where: EVERY_MODE,
    },
    parties: {
      types: ["shelter.checked_in"],
      keys: [MODE],
      where: EVERY_MODE,
    },
    searches: {
      types: ["shelter.searched"],
      keys: [member("hazard"), member("mesh500")],
      where: EVERY_MODE,
      who: WHOEVER,
    },
    chosen: {
      types: ["shelter.searched"],
      keys: [member("chosen")],
      where: sql`${member("chosen")} is not null`,
      who: WHOEVER,
    },
    lookups: {
      types: ["safety.looked_up", "family.link.granted", "family.link.revoked"],
      keys: [sql`coalesce(${member("result")}, ${STEP})`],
      where: EVERY_MODE,
    },
  },
  spreads: {
    reception_times: {
      types: received,
      keys: [sql`coalesce(${member("method")}, 'paper')`, MODE],
      where: EVERY_MODE,
      who: WHOEVER,
      value: sql`${numberIn("receptionMs")} / 1000`,
    },
  },
  parts: [openings, needs],
});

/** Opened again while it is open is the same opening; one not closed yet has no hours. */
async function openings(
  { warehouse }: CityData,
  through: string,
): Promise<{ openings: Rows }> {
  const { rows } = await sql<Record<string, unknown>>`
    with said as (
      select ${shelterId} as shelter, type, mode, occurred_at as since
      from event where type in ('shelter.opened', 'shelter.closed')
    ), life as (
      select *, lag(type) over (partition by shelter order by since) as before,
        min(since) filter (type = 'shelter.closed') over (
          partition by shelter order by since
          rows between 1 following and unbounded following) as until
      from said
    )
    select strftime(since + interval 9 hour, '%Y-%m-%d') as date,
      shelter as "shelterId", mode, count(*)::bigint as openings,
      round(sum(epoch(until - since)) / 3600, 2) as hours
    from life where type = 'shelter.opened'
      and before is distinct from 'shelter.opened'
      and strftime(since + interval 9 hour, '%Y-%m') <= ${through}
    group by all order by all`.execute(warehouse);
  return { openings: rows };
}

/** A need is provided by the reports of the same request, or of the same item where it has no number. */
async function needs(
  { warehouse }: CityData,
  through: string,
): Promise<{ needs: Rows }> {
  const { rows } = await sql<Record<string, unknown>>`
    with said as (
      select ${cityMonthOf(sql`occurred_at`)} as month, ${shelterId} as shelter,
        ${member("item")} as item, mode, type, occurred_at,
        (data->>'qty')::bigint as qty,
        coalesce(${member("needId")}, ${shelterId} || ${member("item")}) as need
      from event
      where type in ('shelter.need.reported', 'shelter.need.fulfilled')
    ), need as (
      select need, min(occurred_at) filter (type = 'shelter.need.reported') as since,
        max(occurred_at) filter (type = 'shelter.need.fulfilled') as until
      from said group by need
    )
    select month, shelter as "shelterId", item, mode,
      coalesce(sum(qty) filter (type = 'shelter.need.reported'), 0)::bigint
        as reported,
      coalesce(sum(qty) filter (type = 'shelter.need.fulfilled'), 0)::bigint
        as fulfilled,
      round(median(epoch(until - since) / 3600)
        filter (type = 'shelter.need.fulfilled'), 2) as hours
    from said join need using (need) where month <= ${through}
    group by all order by all`.execute(warehouse);
  return { needs: rows };
}
