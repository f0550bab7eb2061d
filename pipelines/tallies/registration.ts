import { addMonths, startOfCityDay } from "@hiraku/kernel";
import { registration } from "@hiraku/opendata";
import { sql } from "@hiraku/kernel/store";
import type { CityData } from "../aggregate.ts";
import { filled, type Rows } from "../filled.ts";
import { ageGroupOf } from "../groups.ts";
import { member, numberIn, STEP, WHOEVER } from "../keys.ts";
import { PURPOSES } from "../purpose.ts";

const types = ["registration.step"];
/** Before the account there is no person, only an attempt. */
const who = sql`coalesce(subject, data->>'attemptId', event_id)`;
const done = sql`(data->>'outcome') = 'done'`;

/** From the terms of use to an account. */
export const publishRegistration = filled(registration, PURPOSES.registrants, {
  tallies: {
    steps: {
      types,
      who,
      keys: [member("route"), member("step"), member("outcome")],
    },
    completed: {
      types,
      who,
      keys: [member("route"), member("step")],
      where: sql`mode = 'normal' and ${done}`,
    },
    failures: {
      types,
      who,
      keys: [member("route"), member("errorClass")],
      where: sql`mode = 'normal' and (data->>'outcome') = 'failed'`,
    },
    registered: { types: ["account.registered"], keys: [member("method")] },
    channels: { types: ["account.registered"], keys: [member("channelId")] },
    changes: {
      types: [
        "account.upgraded",
        "account.reissued",
        "account.merged",
        "account.closed",
      ],
      keys: [STEP],
    },
    terms: { types: ["terms.agreed"], keys: [member("docVersion")] },
    devices: {
      types: ["app.session.started"],
      purpose: PURPOSES.usage,
      keys: [member("nfcCapable")],
      who: WHOEVER,
    },
  },
  spreads: {
    step_times: {
      types,
      who,
      keys: [member("route"), member("step")],
      where: done,
      value: sql`${numberIn("elapsedMs")} / 1000`,
    },
  },
  parts: [contacts],
});

/** As of the end of the last complete month. */
async function contacts(
  { warehouse }: CityData,
  through: string,
): Promise<{ contacts: Rows }> {
  const end = startOfCityDay(`${addMonths(through, 1)}-01`);
  const { rows } = await sql<Record<string, unknown>>`
    select ${through}::varchar as month,
      case when has_phone and has_email then 'both' when has_phone then 'phone'
        when has_email then 'email' else 'none' end as contact,
      ${ageGroupOf()} as "ageGroup", count(*)::bigint as people
    from attribute_history
    where valid_from < ${end} and (valid_to is null or valid_to >= ${end})
    group by all order by all`.execute(warehouse);
  return { contacts: rows };
}
