import { CORE_NAMES, defaultNames } from "../context/default_names.ts";
import { type BatchRead, readBatch } from "./read_batch.ts";

export interface BatchTask {
  readonly id: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ownTerms: boolean;
  readonly at: string;
}

export type BatchAnswer =
  & { readonly id: number }
  & (
    | { readonly read: BatchRead }
    | { readonly unread: Uint8Array<ArrayBuffer> }
  );

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
  if (read === undefined) {
    return scope.postMessage({ id, unread: bytes }, [bytes.buffer]);
  }
  const { ends, shape, rowEnds, rows: { bounds, path, value, box } } = read;
  const lists = [ends, shape, rowEnds, bounds, path, value, box];
  scope.postMessage({ id, read }, lists.map(({ buffer }) => buffer));
};
