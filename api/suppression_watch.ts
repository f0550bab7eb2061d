import type { Clock } from "@hiraku/kernel";
import { type Control, suppressedSubjects } from "@hiraku/kernel/control";
import {
  type Keyring,
  type Suppression,
  suppressionOf,
} from "@hiraku/pipelines/events";

/** What the edge knows of people whose events are not taken any more. */
export interface SuppressionWatch {
  current(): Promise<Suppression>;
}

/** What gets through in this time is stopped at landing. */
const LOOK_EVERY_MS = 1_000;

/** Follows the suppression list of a municipality in the control store. */
export async function watchSuppression(
  control: Control,
  clock: Clock,
  code: string,
  keyring: Keyring,
): Promise<SuppressionWatch> {
  const look = async () => {
    const listed = await suppressedSubjects(control, code);
    return suppressionOf(listed.map((one) => keyring.lift(one)));
  };
  let current = await look();
  let lookedAt = clock.now().getTime();
  let epoch = keyring.epoch;
  return {
    async current() {
      const now = clock.now().getTime();
      if (now - lookedAt >= LOOK_EVERY_MS || epoch !== keyring.epoch) {
        lookedAt = now;
        epoch = keyring.epoch;
        // A busy store is asked again; landing stops what gets through.
        current = await look().catch(() => current);
      }
      return current;
    },
  };
}
