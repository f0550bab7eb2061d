import { sql } from "@hiraku/kernel/store";
import { member } from "../keys.ts";
import type { Warehouse } from "../warehouse.ts";
import { type AbsenceSignal, absenceSignals, dayFactors } from "./signal.ts";

/** A judged day of one school. */
export interface SchoolSignal extends AbsenceSignal {
  readonly schoolId: string;
}

interface Row {
  school: string;
  day: string;
  absent: number;
  enrolled: number;
}

/**
 * The early warning of every school: illness absences against the school's own
 * past. A day of the week on which any school reported is a school day of all,
 * but of those closed then.
 */
export async function signalsOf(warehouse: Warehouse): Promise<SchoolSignal[]> {
  const { rows } = await sql<Row>`
    with ill as (
      select ${member("schoolId")} as school, ${member("forDate")} as day,
        count(*)::bigint as absent
      from event where type = 'absence.reported' and mode = 'normal'
        and ${member("kind")} = 'absent' and ${member("reasonCode")} = 'illness'
      group by all
    ), enrolled as (
      select school, sum(pupils)::bigint as enrolled from (
        select ${member("schoolId")} as school, ${member("grade")} as grade,
          arg_max((data->>'pupils')::bigint, occurred_at) as pupils
        from event where type = 'enrolment.reported' group by all
      ) group by school
    ), closed as (
      select ${member("schoolId")} as school,
        ${member("fromDate")} as first, ${member("throughDate")} as last
      from event where type = 'school.closed' and ${member("grade")} is null
    ), school_day as (
      select distinct day from ill where isodow(day::date) <= 5
    )
    select school, day, coalesce(absent, 0)::bigint as absent, enrolled
    from enrolled cross join school_day left join ill using (school, day)
    where not exists (
      select 1 from closed where closed.school = enrolled.school
        and day between first and last)
    order by school, day`.execute(warehouse);
  const days = [...Map.groupBy(rows, ({ day }) => day)].map(([day, of]) => ({
    day,
    rate: of.reduce((sum, one) => sum + one.absent, 0) /
      Math.max(1, of.reduce((sum, one) => sum + one.enrolled, 0)),
  })).sort((a, b) => a.day < b.day ? -1 : 1);
  const factor = dayFactors(days);
  return [...Map.groupBy(rows, ({ school }) => school)].flatMap((
    [schoolId, series],
  ) => absenceSignals(series, factor).map((one) => ({ schoolId, ...one })));
}
