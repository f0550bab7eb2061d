import { type Clock, describeError, type Log, Problem } from "@hiraku/kernel";
import {
  type Control,
  finishRun,
  NO_ROWS,
  type RowCounts,
  startRun,
} from "@hiraku/kernel/control";

export interface Recorder {
  readonly control: Control;
  readonly clock: Clock;
  readonly log: Log;
}

/** What a finished piece of work says about itself. */
export interface Outcome {
  readonly rows?: RowCounts;
  /** For the operator: counts and codes, never a person's values. */
  readonly detail?: string;
}

/**
 * Runs one piece of work under a run record. A failure is recorded, logged and
 * answered as `undefined`, so that it never stops anything else.
 */
export async function recorded<T extends Outcome>(
  { control, clock, log }: Recorder,
  municipality: string,
  pipeline: string,
  work: (run: string) => Promise<T>,
  scheduledFor?: Date,
): Promise<T | undefined> {
  const id = await startRun(
    control,
    clock,
    municipality,
    pipeline,
    scheduledFor,
  );
  try {
    const outcome = await work(id);
    const { rows = NO_ROWS, detail } = outcome;
    await finishRun(control, clock, id, "succeeded", rows, detail);
    return outcome;
  } catch (error) {
    const detail = reason(error);
    log.error("A run failed", { municipality, pipeline, detail });
    await finishRun(control, clock, id, "failed", NO_ROWS, detail);
    return undefined;
  }
}

/** What may be said of a failure: a `Problem` in its words, a bug by its place. */
export function reason(error: unknown): string {
  return error instanceof Problem ? error.message : describeError(error);
}
