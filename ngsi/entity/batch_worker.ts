import { CORE_NAMES, defaultNames } from "../context/default_names.ts";
import { type BatchRead, readBatch } from "./read_batch.ts";

export interface BatchTask {
  readonly id: number;
  readonly bytes: Uint8Array;
  readonly ownTerms: boolean;
  readonly at: string;
}

export interface BatchAnswer {
  readonly id: number;
  readonly read: BatchRead | undefined;
}

/** The thread of a `BatchReader`. */
const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<BatchTask>) => void;
  postMessage(answer: BatchAnswer, transfer: Transferable[]): void;
};

const decoder = new TextDecoder();
const OWN_NAMES = defaultNames("");

scope.onmessage = ({ data: { id, bytes, ownTerms, at } }) => {
  const names = ownTerms ? OWN_NAMES : CORE_NAMES;
  let read: BatchRead | undefined;
  try {
    read = readBatch(decoder.decode(bytes), names, at);
  } catch {
    // Whatever is wrong with it is found again, and told, where it is answered.
  }
  const lists = read === undefined ? [] : [
    read.ends,
    read.shape,
    read.rowEnds,
    read.rows.bounds,
    read.rows.path,
    read.rows.value,
    read.rows.box,
  ];
  scope.postMessage({ id, read }, lists.map(({ buffer }) => buffer));
};
