import { credentials } from "@hiraku/opendata";
import { filled } from "../filled.ts";
import { EVERY_MODE, member, MODE, STEP, WHOEVER } from "../keys.ts";
import { PURPOSES } from "../purpose.ts";

/** Credentials issued, shown and scanned. */
export const publishCredentials = filled(credentials, PURPOSES.services, {
  tallies: {
    issued: {
      types: ["credential.issued", "credential.revoked"],
      keys: [member("kind"), STEP],
    },
    presented: {
      types: ["credential.presented"],
      keys: [member("context"), MODE],
      where: EVERY_MODE,
    },
    scanned: {
      types: ["credential.scanned"],
      keys: [member("context"), member("staffRole"), member("outcome")],
      who: WHOEVER,
    },
    added: { types: ["credential.added"], keys: [member("type")] },
    cards: { types: ["card.presented"], keys: [member("type")] },
  },
});
