import { sql } from "@hiraku/kernel/store";
import { cityServices, staffTimes } from "@hiraku/opendata";
import type { CityData } from "../aggregate.ts";
import { cityMonthOf } from "../assets/arrival.ts";
import { filled, type Rows } from "../filled.ts";
import { districtOf } from "../groups.ts";
import { member, numberIn, STEP, WHOEVER } from "../keys.ts";
import { PURPOSES } from "../purpose.ts";

const applied = [
  "application.started",
  "application.submitted",
  "application.completed",
];
const submitted = ["application.submitted"];
const booked = [
  "booking.created",
  "booking.used",
  "booking.cancelled",
  "booking.missed",
];
const who = WHOEVER;
const procedure = member("procedureId");

/** Office hours are 8:30 to 17:15 on weekdays, as most city halls keep them. */
const time = sql`case
  when isodow(occurred_at + interval 9 hour) >= 6 then 'holiday'
  when strftime(occurred_at + interval 9 hour, '%H:%M') between '08:30' and '17:14'
    then 'office' else 'night' end`;

/** Procedures, bookings, payments and the work they save. */
export const publishCityServices = filled(cityServices, PURPOSES.services, {
  tallies: {
    applications: { types: applied, who, keys: [procedure, STEP] },
    application_channels: {
      types: submitted,
      who,
      keys: [procedure, member("channel")],
    },
    application_times: { types: submitted, who, keys: [procedure, time] },
    fees: {
      types: submitted,
      who,
      keys: [procedure, member("feeType")],
      where: sql`mode = 'normal' and ${member("feeType")} is not null`,
    },
    bookings: { types: booked, keys: [member("type"), STEP] },
    booking_items: {
      types: ["booking.created"],
      keys: [member("item")],
      where: sql`mode = 'normal' and ${member("type")} = 'bulky'`,
    },
    facility_hours: {
      types: ["booking.created"],
      keys: [
        member("facilityId"),
        sql`strftime(${member("slotStart")}::timestamptz::timestamp
          + interval 9 hour, '%H')`,
      ],
      where: sql`mode = 'normal' and ${member("type")} = 'facility'`,
    },
    rides: {
      types: ["mobility.booked"],
      keys: [member("mode"), member("originMesh"), member("destMesh")],
    },
    payments: { types: ["payment.linked"], keys: [member("operatorId")] },
  },
  spreads: {
    application_durations: {
      types: submitted,
      who,
      keys: [procedure],
      value: sql`${numberIn("durationMs")} / 60000`,
    },
    booking_lead_times: {
      types: ["booking.created"],
      keys: [member("type")],
      value: sql`epoch(${member("slotStart")}::timestamptz::timestamp
        - occurred_at) / 86400`,
    },
  },
  parts: [vouchers, contacts, timeSaved],
});

const month = cityMonthOf(sql`occurred_at`);
/** The month of the day that a report speaks of. */
const reported = sql`left(${member("date")}, 7)`;

async function vouchers(
  { warehouse, municipality }: CityData,
  through: string,
): Promise<{ vouchers: Rows }> {
  const { rows } = await sql<Record<string, unknown>>`
    select ${reported} as month, ${member("flow")} as flow,
      ${member("medium")} as medium,
      ${districtOf(municipality)} as "districtCode",
      coalesce(${member("shopCategory")}, 'unknown') as "shopCategory",
      sum((data->>'count')::bigint)::bigint as count,
      sum((data->>'amountYen')::bigint)::bigint as "amountYen"
    from (
      select * replace (${member("districtCode")} as district) from event
      where type = 'payment.reported'
    ) where ${reported} <= ${through}
    group by all order by all`.execute(warehouse);
  return { vouchers: rows };
}

async function contacts(
  { warehouse }: CityData,
  through: string,
): Promise<{ contacts: Rows }> {
  const { rows } = await sql<Record<string, unknown>>`
    select ${reported} as month, ${member("channel")} as channel,
      ${
    member("topic")
  } as topic, sum((data->>'count')::bigint)::bigint as count
    from event where type = 'contact.counted' and ${reported} <= ${through}
    group by all order by all`.execute(warehouse);
  return { contacts: rows };
}

/**
 * Cases are the applications submitted, or what the office reports of the
 * process; minutes are the office's own measurements where it reports them,
 * else those of the register.
 */
async function timeSaved(
  { warehouse, entries }: CityData,
  through: string,
): Promise<{ time_saved: Rows }> {
  const register = (await entries(staffTimes)).map(
    ({ id, casesOf, beforeMinutes, afterMinutes }) => ({
      id,
      casesOf,
      beforeMinutes,
      afterMinutes,
    }),
  );
  const { rows } = await sql<Record<string, unknown>>`
    with process as (
      select unnest(from_json(${JSON.stringify(register)},
        '[{"id":"VARCHAR","casesOf":"VARCHAR","beforeMinutes":"DOUBLE","afterMinutes":"DOUBLE"}]'
      ), max_depth := 2)
    ), reported as (
      select ${member("processId")} as id, ${member("month")} as month,
        ${member("phase")} as phase, sum((data->>'cases')::bigint) as cases,
        sum(${numberIn("minutes")}) / nullif(sum((data->>'cases')::bigint), 0)
          as minutes
      from event where type = 'stafftime.reported' group by all
    ), measured as (
      select id, avg(minutes) filter (phase = 'before') as before,
        avg(minutes) filter (phase = 'after') as after
      from reported group by id
    ), counted as (
      select process.id, ${month} as month, count(*) as cases
      from event join process on process."casesOf" = ${procedure}
      where type = 'application.submitted' and ${
    member("channel")
  } in ('app', 'web')
      group by all
      union all
      select id, month, cases from reported where phase = 'after'
    ), judged as (
      select month, id, sum(cases)::bigint as cases,
        coalesce(any_value(measured.before), any_value(process."beforeMinutes"))
          as before,
        coalesce(any_value(measured.after), any_value(process."afterMinutes"))
          as after
      from counted left join measured using (id) left join process using (id)
      group by all
    )
    select month, id as "processId", cases, before as "beforeMinutes",
      after as "afterMinutes",
      round(cases * (before - after) / 60, 2) as "savedHours"
    from judged
    where month <= ${through} and before is not null and after is not null
    order by all`.execute(warehouse);
  return { time_saved: rows };
}
