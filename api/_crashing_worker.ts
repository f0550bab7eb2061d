import type { Sorted } from "./event_sorting.ts";
import type { SortingAnswer, SortingTask } from "./sorting_pool.ts";

/** Stands for the sorting thread: dies of a sender named `crash`, never answers one named `wait`. */
const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<SortingTask>) => void;
  postMessage(answer: SortingAnswer): void;
};
const nothing: Sorted = {
  lines: new Uint8Array(),
  receipt: { accepted: 0, quarantined: 0, refused: [], duplicateInRequest: 0 },
  counts: [],
};

scope.onmessage = ({ data: { number, sender } }) => {
  if (sender.keyId === "crash") throw new Error("crashed");
  if (sender.keyId !== "wait") scope.postMessage({ number, sorted: nothing });
};
scope.postMessage({ ready: true });
