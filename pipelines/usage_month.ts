import { sql } from "@hiraku/kernel/store";
import type { Asset } from "./assets/asset.ts";
import { PURPOSES } from "./purpose.ts";

/**
 * Users and clicks of each mini-app on ordinary days of a month. One district,
 * age band and sex a person and month, so that cells add up.
 */
export const usageMonth: Asset = {
  id: "usage_month",
  grain: "month",
  types: ["miniapp.opened"],
  purpose: PURPOSES.usage,
  version: 1,
  clear: async (tx, month) => {
    await tx.deleteFrom("usage_month").where("month", "=", month).execute();
  },
  fill: async (tx, events, month) => {
    const { numAffectedRows } = await sql`
      insert into usage_month
      with used as (
        select subject, mini_app, district, age_band, sex, occurred_at
        from ${events} where mode = 'normal' and mini_app is not null
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
    return Number(numAffectedRows ?? 0);
  },
};
