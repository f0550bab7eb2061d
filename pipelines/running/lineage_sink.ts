import {
  type Clock,
  type Config,
  describeError,
  type Log,
} from "@hiraku/kernel";
import type { RowCounts } from "@hiraku/kernel/control";
import { runEvent, type RunLineage, type RunState } from "./lineage.ts";

/** Where the states of runs go. */
export interface LineageSink {
  /** Never waits and never fails; what cannot be sent is logged. */
  tell(run: RunLineage, state: RunState, rows?: RowCounts): void;
  /** Resolves when everything told was sent or given up. */
  settled(): Promise<void>;
}

const TIMEOUT_MS = 10_000;

/** Sends OpenLineage events in their order to the configured address, if there is one. */
export function openLineageSink(
  { running: { openLineage } }: Pick<Config, "running">,
  clock: Clock,
  log: Log,
): LineageSink {
  let queue: Promise<void> = Promise.resolve();
  return {
    tell(run, state, rows) {
      if (openLineage === undefined) return;
      const body = JSON.stringify(runEvent(run, state, clock.now(), rows));
      queue = queue.then(async () => {
        const response = await fetch(openLineage, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body,
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        await response.body?.cancel();
        if (!response.ok) throw new Error(`Answered ${response.status}`);
      }).catch((error) =>
        log.warn("A lineage event could not be sent", {
          error: describeError(error),
        })
      );
    },
    settled: () => queue,
  };
}
