import { sql } from "@hiraku/kernel/store";
import { schoolAbsence } from "@hiraku/opendata";
import type { CityData } from "../aggregate.ts";
import { cityMonthOf } from "../assets/arrival.ts";
import { filled, type Rows } from "../filled.ts";
import { HOUR, member } from "../keys.ts";
import { PURPOSES } from "../purpose.ts";
import { signalsOf } from "./school_signals.ts";
import { SIGNAL } from "./signal.ts";

/** Absences in numbers, and the early warning's own quality. */
export const publishSchoolAbsence = filled(schoolAbsence, PURPOSES.school, {
  parts: [absences, watchZones, warning],
});

/** Absences of pupils on the day they are for; a pupil late or leaving early was there. */
export const ABSENT = sql`(
  select ${member("forDate")} as day, ${member("schoolId")} as school,
    ${member("grade")} as grade, ${member("reasonCode")} as reason, occurred_at
  from event where type = 'absence.reported' and mode = 'normal'
    and ${member("kind")} = 'absent'
)`;

const month = sql`left(day, 7)`;

async function absences(
  { warehouse }: CityData,
  through: string,
): Promise<Record<"days" | "grades" | "schools" | "hours", Rows>> {
  const rows = async (query: ReturnType<typeof sql>): Promise<Rows> =>
    (await (query as ReturnType<typeof sql<Record<string, unknown>>>)
      .execute(warehouse)).rows;
  return {
    days: await rows(sql`
      select day as date, reason as "reasonCode", count(*)::bigint as people
      from ${ABSENT} where ${month} <= ${through} group by all order by all`),
    grades: await rows(sql`
      with enrolled as (
        select grade, sum(pupils) as pupils from (
          select ${member("grade")} as grade, ${member("schoolId")} as school,
            arg_max((data->>'pupils')::bigint, occurred_at) as pupils
          from event where type = 'enrolment.reported' group by all
        ) group by grade
      ), school_days as (
        select ${month} as month, count(distinct day) as days from ${ABSENT}
        group by all
      )
      select ${month} as month, grade, count(*)::bigint as people,
        round(count(*) * 1000 / any_value(pupils) / any_value(days), 2)
          as "perThousand"
      from ${ABSENT} left join enrolled using (grade)
      join school_days on school_days.month = ${month}
      where ${month} <= ${through} group by all order by all`),
    schools: await rows(sql`
      select ${month} as month, school as "schoolId", reason as "reasonCode",
        count(*)::bigint as people
      from ${ABSENT} where ${month} <= ${through} group by all order by all`),
    hours: await rows(sql`
      select ${cityMonthOf(sql`occurred_at`)} as month, ${HOUR} as hour,
        count(*)::bigint as people
      from ${ABSENT} where ${cityMonthOf(sql`occurred_at`)} <= ${through}
      group by all order by all`),
  };
}

async function watchZones(
  { warehouse }: CityData,
  through: string,
): Promise<{ watch_zones: Rows }> {
  const { rows } = await sql<Record<string, unknown>>`
    select left(${member("date")}, 7) as month,
      ${member("districtCode")} as "districtCode",
      sum((data->>'entered')::bigint)::bigint as people,
      sum((data->>'left')::bigint)::bigint as left
    from event
    where type = 'zone.crossed' and left(${member("date")}, 7) <= ${through}
    group by all order by all`.execute(warehouse);
  return { watch_zones: rows };
}

async function warning(
  { warehouse }: CityData,
  through: string,
): Promise<{ warning: Rows }> {
  const months = new Map<string, { days: number; signals: number }>();
  for (const { day, alarm } of await signalsOf(warehouse)) {
    const key = day.slice(0, 7);
    if (key > through) continue;
    const sum = months.get(key) ?? { days: 0, signals: 0 };
    sum.days += 1;
    if (alarm) sum.signals += 1;
    months.set(key, sum);
  }
  return {
    warning: [...months].map(([month, { days, signals }]) => ({
      month,
      schoolDays: days,
      signals,
      falseAlarmRate: SIGNAL.falseAlarmRate,
    })),
  };
}
