import { type Clock, describeError, type Log, Problem } from "@hiraku/kernel";
import {
  type Control,
  finishRun,
  NO_ROWS,
  type RowCounts,
  startRun,
} from "@hiraku/kernel/control";
import type { Alerts } from "./running/alert.ts";
import type { LineageSink } from "./running/lineage_sink.ts";

export interface Recorder {
  readonly control: Control;
  readonly clock: Clock;
  readonly log: Log;
  readonly alerts?: Alerts;
  readonly lineage?: LineageSink;
}

/** What a finished piece of work says about itself. */
export interface Outcome {
  readonly rows?: RowCounts;
  /** For the operator: counts and codes, never a person's values. */
  readonly detail?: string;
}

/**
 * Runs one piece of work under a run record. A failure is recorded, logged,
 * told and answered as `undefined`, so that it never stops anything else. One
 * that ends because the process stops is no failure, and nobody is told.
 */
export async function recorded<T extends Outcome>(
  { control, clock, log, alerts, lineage }: Recorder,
  municipality: string,
  pipeline: string,
  work: (run: string) => Promise<T>,
  { scheduledFor, assets = [] }: {
    readonly scheduledFor?: Date | undefined;
    /** What it reads. */
    readonly assets?: readonly string[];
  } = {},
): Promise<T | undefined> {
  const id = await startRun(
    control,
    clock,
    municipality,
    pipeline,
    scheduledFor,
  );
  const about = {
    runId: id,
    job: pipeline,
    municipality,
    inputs: assets.length === 0 ? ["event"] : assets,
    outputs: [pipeline],
  };
  lineage?.tell(about, "START");
  try {
    const outcome = await work(id);
    const { rows = NO_ROWS, detail } = outcome;
    await finishRun(control, clock, id, "succeeded", rows, detail);
    lineage?.tell(about, "COMPLETE", rows);
    alerts?.over(municipality, "run_failed", pipeline);
    return outcome;
  } catch (error) {
    const detail = reason(error);
    if (isStop(error)) {
      log.info("A run was stopped", { municipality, pipeline });
      await finishRun(control, clock, id, "crashed", NO_ROWS, detail);
      lineage?.tell(about, "ABORT");
      return undefined;
    }
    log.error("A run failed", { municipality, pipeline, detail });
    await finishRun(control, clock, id, "failed", NO_ROWS, detail);
    lineage?.tell(about, "FAIL");
    await alerts?.raise({
      municipality,
      kind: "run_failed",
      object: pipeline,
      detail,
    });
    return undefined;
  }
}

/** What may be said of a failure: a `Problem` in its words, a bug by its place. */
export function reason(error: unknown): string {
  if (isStop(error)) return "It was stopped with the process";
  if (error instanceof DOMException && error.name === "TimeoutError") {
    return "It took longer than its policy allows";
  }
  return error instanceof Problem ? error.message : describeError(error);
}

function isStop(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
