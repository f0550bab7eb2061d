import { type RawBuilder, sql } from "@hiraku/kernel/store";
import { MONTHS_FOLLOWED, retention } from "@hiraku/opendata";
import { filled } from "../filled.ts";
import { PURPOSES } from "../purpose.ts";

/** What registered people opened, with the months since the city month of their account. */
function sinceRegistering(events: RawBuilder<unknown>): RawBuilder<unknown> {
  const local = (instant: RawBuilder<unknown>) =>
    sql`date_trunc('month', ${instant} + interval 9 hour)`;
  return sql`(
    select e.*, date_diff('month', ${local(sql`a.registered_at`)},
        ${local(sql`e.occurred_at`)}) as since
    from ${events} e join account a on a.subject = e.subject
  )`;
}

/** Whether those who registered go on using the app. */
export const publishRetention = filled(retention, PURPOSES.usage, {
  tallies: {
    cohorts: {
      types: ["miniapp.opened"],
      from: sinceRegistering,
      keys: [sql`since`],
      where: sql`mode = 'normal' and mini_app is not null
        and since between 0 and ${sql.lit(MONTHS_FOLLOWED)}`,
    },
  },
});
