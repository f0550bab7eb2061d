import { addMonths, startOfCityDay } from "@hiraku/kernel";
import { type RawBuilder, sql } from "@hiraku/kernel/store";
import { type Purpose, PURPOSES } from "./purpose.ts";
import type { Warehouse } from "./warehouse.ts";

/** The events an aggregate of this purpose may read. */
export function eventsFor({ basis }: Purpose): RawBuilder<unknown> {
  return basis === "consent" ? sql`consented_event` : sql`event`;
}

/**
 * Brings `usage_month` up to date: every month that events arrived for since
 * the last time is counted anew, the others are left alone. Months whose
 * events have been removed keep their figures. Answers the months counted.
 */
export async function restateUsage(warehouse: Warehouse): Promise<string[]> {
  const touched = await warehouse.selectFrom("touched_month").select("month")
    .orderBy("month").execute();
  const { removed } = await warehouse.selectFrom("removed_before")
    .select(({ fn }) => fn.max("month").as("removed"))
    .executeTakeFirstOrThrow();
  const counted: string[] = [];
  for (const { month } of touched) {
    const whole = month >= (removed ?? "");
    await restateMonth(warehouse, month, whole);
    if (whole) counted.push(month);
  }
  return counted;
}

async function restateMonth(
  warehouse: Warehouse,
  month: string,
  whole: boolean,
): Promise<void> {
  await warehouse.transaction().execute(async (tx) => {
    await tx.deleteFrom("touched_month").where("month", "=", month).execute();
    if (!whole) return;
    await tx.deleteFrom("usage_month").where("month", "=", month).execute();
    // One district, age band and sex a person and month, so that cells add up.
    await sql`
      insert into usage_month
      with used as (
        select subject, mini_app, district, age_band, sex, occurred_at
        from ${opened(month)}
      ), person as (
        select subject, arg_max(district, occurred_at) as district,
          arg_max(age_band, occurred_at) as age_band,
          arg_max(sex, occurred_at) as sex
        from used where subject is not null group by subject
      )
      select ${month}, used.mini_app, coalesce(person.district, 'unknown'),
        coalesce(person.age_band, 'unknown'), coalesce(person.sex, 'unknown'),
        count(distinct used.subject), count(*)
      from used left join person using (subject)
      group by all`.execute(tx);
  });
}

/** The openings of mini-apps on ordinary days of one city month. */
export function opened(month: string): RawBuilder<unknown> {
  const from = startOfCityDay(`${month}-01`);
  const to = startOfCityDay(`${addMonths(month, 1)}-01`);
  return sql`(
    select * from ${eventsFor(PURPOSES.usage)}
    where type = 'miniapp.opened' and mode = 'normal' and mini_app is not null
      and occurred_at >= ${from} and occurred_at < ${to}
  )`;
}
