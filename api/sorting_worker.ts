import { describeError, Problem } from "@hiraku/kernel";
import { type LiveKeyring, openPseudonymiser } from "@hiraku/pipelines/events";
import { sortEvents } from "./event_sorting.ts";
import type { SortingAnswer, SortingTask } from "./sorting_pool.ts";

/** One thread of the sorting pool: answers every task in its order. */
const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<SortingTask>) => void;
  postMessage(answer: SortingAnswer, transfer?: Transferable[]): void;
};
const pseudonymisers = new Map<string, LiveKeyring>();

scope.onmessage = ({ data: { number, body, sender, keyPath } }) => {
  try {
    const pseudonymiser = pseudonymisers.get(keyPath) ??
      openPseudonymiser(keyPath);
    pseudonymisers.set(keyPath, pseudonymiser);
    pseudonymiser.refresh();
    const sorted = sortEvents(body, sender, pseudonymiser);
    scope.postMessage({ number, sorted }, [sorted.lines.buffer]);
  } catch (error) {
    const problem = error instanceof Problem
      ? { kind: error.kind, message: error.message }
      : undefined;
    const bug = describeError(error);
    scope.postMessage({ number, ...(problem ? { problem } : { bug }) });
  }
};
scope.postMessage({ ready: true });
