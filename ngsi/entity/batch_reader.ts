import { type Clock, isoInstant, Problem } from "@hiraku/kernel";
import type { BatchAnswer, BatchTask } from "./batch_worker.ts";
import { entityIn } from "./document.ts";
import type { BatchRead } from "./read_batch.ts";
import { ReadyEntity } from "./ready_entity.ts";
import type { EntityDraft } from "./read_entity.ts";

/** What of a batch of entities could be read, and what could not. */
export interface ReadEntities {
  /** In their order. */
  readonly drafts: readonly EntityDraft[];
  readonly refused: readonly { readonly id: string; readonly why: Problem }[];
}

/** Reads batches of entities in a thread beside the one that serves. */
export class BatchReader {
  readonly #ownTerms: boolean;
  readonly #clock: Clock;
  readonly #waiting = new Map<number, {
    resolve(answer: BatchAnswer): void;
    reject(why: Problem): void;
  }>();
  #thread: Worker | undefined;
  #tasks = 0;

  /** `ownTerms` says which names entities without a context have. */
  constructor(ownTerms: boolean, clock: Clock) {
    this.#ownTerms = ownTerms;
    this.#clock = clock;
  }

  /**
   * The entities of a body in JSON that brings no context; the bytes are taken
   * away. They come back when they have to be read in another way, be it only
   * to say what is wrong with them.
   */
  async read(
    bytes: Uint8Array<ArrayBuffer>,
  ): Promise<ReadEntities | Uint8Array<ArrayBuffer>> {
    const at = isoInstant(this.#clock);
    const thread = this.#thread ??= this.#start();
    this.#tasks += 1;
    const id = this.#tasks;
    const task: BatchTask = { id, bytes, ownTerms: this.#ownTerms, at };
    const answer = await new Promise<BatchAnswer>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      thread.postMessage(task, [bytes.buffer]);
    });
    return "read" in answer ? entitiesOf(answer.read, at) : answer.unread;
  }

  close(): void {
    this.#thread?.terminate();
    this.#thread = undefined;
    const closed = new Problem("Unavailable", "The broker is closed");
    for (const { reject } of this.#waiting.values()) reject(closed);
    this.#waiting.clear();
  }

  #start(): Worker {
    const thread = new Worker(new URL("./batch_worker.ts", import.meta.url), {
      type: "module",
    });
    thread.onmessage = ({ data }: MessageEvent<BatchAnswer>) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      waiting?.resolve(data);
    };
    return thread;
  }
}

const NONE: readonly string[] = [];

function entitiesOf(read: BatchRead, createdAt: string): ReadEntities {
  const { ids, documents, ends, shapes, shape, rows, rowEnds } = read;
  const drafts = ids.map((id, i) => {
    const document = documents.slice(ends[i - 1] ?? 0, ends[i]);
    const alike = shapes[shape[i] ?? 0];
    if (alike === undefined || read.expiring.has(i)) return entityIn(document);
    const from = rowEnds[i - 1] ?? 0;
    const to = rowEnds[i] ?? from;
    return new ReadyEntity({
      id,
      shape: alike,
      scopes: read.scopes.get(i) ?? NONE,
      createdAt,
      document,
      rows: { batch: rows, from, to },
    }, entityIn);
  });
  const refused = read.refused.map(({ id, kind, message }) => ({
    id,
    why: new Problem(kind, message),
  }));
  return { drafts, refused };
}
