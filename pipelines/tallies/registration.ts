import { registration } from "@hiraku/opendata";
import { sql } from "@hiraku/kernel/store";
import { filled } from "../filled.ts";
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
});
