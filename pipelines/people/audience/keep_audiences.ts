import {
  type Audience,
  forgetChanges,
  listAudiences,
  setMembers,
} from "@hiraku/kernel/control";
import { sql } from "@hiraku/kernel/store";
import type { Keyring } from "@hiraku/pipelines/events";
import type { CityWork } from "../../city_work.ts";
import { reason, type Recorder } from "../../recorded.ts";
import { leastSize, subjectsOf } from "./audience_people.ts";

/** Keeps the members of audiences as they are now, for those who may read them. */
export interface AudienceKeeper {
  /** Looks whether anything landed or was asked for, and brings members up to date. */
  step(): Promise<void>;
}

/** Rules that look back over days change without any event. */
const ANEW_EVERY_MS = 10 * 60_000;

export function audienceKeeper(
  recorder: Recorder,
  city: CityWork,
): AudienceKeeper {
  const { control, clock, log } = recorder;
  const { warehouse, municipality, keyring } = city;
  const done = new Map<string, string>();
  const pseudonyms = new Map<string, string>();

  const keep = async (audience: Audience): Promise<void> => {
    const now = clock.now();
    const subjects = await subjectsOf(warehouse, audience, now);
    const least = leastSize(municipality, audience.rule);
    const enough = least !== undefined && subjects.length >= least;
    const told = enough || audience.overrideReason !== null;
    const members = told ? membersOf(audience, subjects) : new Set<string>();
    await setMembers(
      control,
      clock,
      audience.id,
      members,
      told ? null : "below_threshold",
    );
  };

  const membersOf = (
    { recipient }: Audience,
    subjects: readonly string[],
  ): Set<string> =>
    new Set(subjects.map((subject) => known(keyring, recipient, subject)));

  const known = (
    keys: Keyring,
    recipient: string,
    subject: string,
  ): string => {
    const at = `${recipient} ${subject}`;
    let made = pseudonyms.get(at);
    if (made === undefined) {
      made = keys.pairwise(recipient, subject);
      pseudonyms.set(at, made);
    }
    return made;
  };

  return {
    async step() {
      const audiences = await listAudiences(control, municipality.code);
      await forgetChanges(control, clock);
      if (audiences.length === 0) return;
      keyring.refresh();
      const { rows: [row] } = await sql<{ state: string }>`
        select coalesce((select max(load) from load), 0) || ' ' ||
          (select count(*) from erasure_log) as state`.execute(warehouse);
      const period = Math.floor(clock.now().getTime() / ANEW_EVERY_MS);
      const state = `${row?.state} ${keyring.epoch} ${period}`;
      for (const audience of audiences) {
        if (done.get(audience.id) === state) continue;
        try {
          await keep(audience);
          done.set(audience.id, state);
        } catch (error) {
          log.warn("An audience could not be kept", {
            municipality: municipality.code,
            audience: audience.id,
            detail: reason(error),
          });
        }
      }
    },
  };
}
