import { type Municipality, Problem } from "@hiraku/kernel";
import {
  finishRun,
  NO_ROWS,
  type RowCounts,
  startRun,
  suppressedSubjects,
} from "@hiraku/kernel/control";
import type { LiveKeyring } from "@hiraku/pipelines/events";
import { land, type Landing } from "./land.ts";
import { reason, type Recorder } from "./recorded.ts";
import { countsOfLoad, sum } from "./row_counts.ts";
import { sealedSegments } from "./segment.ts";
import { type ShelterState, shelterStates } from "./shelter_states.ts";
import type { Warehouse } from "./warehouse.ts";

export interface LandingRuns extends Recorder {
  readonly municipality: Municipality;
  readonly warehouse: Warehouse;
  readonly dir: string;
  readonly keyring: LiveKeyring;
  /** Called after a landing that touched shelters; tried again until it succeeds. */
  onShelters(
    code: string,
    states: readonly ShelterState[],
  ): Promise<void>;
  /** Called after each landing with the types of its events. */
  onLanded(types: ReadonlySet<string>): void;
}

export interface LandingLoop {
  /** Lands what is sealed now; rejects when it cannot. */
  land(): Promise<void>;
  /** Ends landing after the transaction under way; `land()` rejects from now on. */
  halt(): void;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

const HOUR_MS = 3_600_000;
const RETRY_MS = 2_000;

/**
 * Landing as it goes on all day. Landings of one hour share a run record, so
 * that runs stay few; calls queue, so that landings never overlap. Handing
 * shelters on never holds up landing.
 */
export function landingRuns(options: LandingRuns): LandingLoop {
  const { control, clock, log, municipality, warehouse, dir, keyring } =
    options;
  const { code } = municipality;
  let open: { id: string; hour: number; rows: RowCounts } | undefined;
  let sheltersDue = true;
  let sheltersNotBefore = 0;
  let queue: Promise<void> = Promise.resolve();
  let telling: Promise<void> | undefined;
  const halted = new AbortController();

  const record = async (): Promise<NonNullable<typeof open>> => {
    const hour = Math.floor(clock.now().getTime() / HOUR_MS);
    if (open?.hour !== hour) {
      const id = await startRun(control, clock, code, "land");
      open = { id, hour, rows: NO_ROWS };
    }
    return open;
  };

  const landOnce = async (): Promise<void> => {
    if ((await sealedSegments(dir)).length === 0) return;
    const run = await record();
    try {
      keyring.refresh();
      const suppressed = (await suppressedSubjects(control, code))
        .flatMap((one) => [one, keyring.lift(one)]);
      const landing = await land(warehouse, {
        dir,
        clock,
        log,
        run: run.id,
        suppressed,
        keyring,
        signal: halted.signal,
        onLoads: (loads) => {
          for (const row of loads) run.rows = sum(run.rows, countsOfLoad(row));
        },
      });
      await finishRun(control, clock, run.id, "succeeded", run.rows);
      if (touchesShelters(landing)) sheltersDue = true;
      options.onLanded(landing.types);
    } catch (error) {
      open = undefined;
      sheltersDue = true;
      await finishRun(
        control,
        clock,
        run.id,
        "failed",
        run.rows,
        reason(error),
      );
      throw error;
    }
  };

  const tellShelters = async (): Promise<void> => {
    const now = clock.now().getTime();
    if (!sheltersDue || now < sheltersNotBefore) return;
    sheltersDue = false;
    try {
      const states = await shelterStates(warehouse, municipality);
      if (states.length > 0) await options.onShelters(code, states);
    } catch (error) {
      sheltersDue = true;
      sheltersNotBefore = now + RETRY_MS;
      log.warn("Shelter figures could not be handed on", {
        municipality: code,
        detail: reason(error),
      });
    }
  };

  const turn = async (): Promise<void> => {
    try {
      await landOnce();
      if (halted.signal.aborted) {
        throw new Problem("Unavailable", "The work process is stopping");
      }
    } finally {
      telling ??= tellShelters().finally(() => telling = undefined);
    }
  };

  return {
    land: () => {
      const next = queue.then(turn);
      queue = next.catch(() => {});
      return next;
    },
    halt: () => halted.abort(),
    settled: async () => {
      await queue;
      await telling;
    },
  };
}

function touchesShelters({ types }: Landing): boolean {
  return [...types].some((type) => type.startsWith("shelter."));
}
