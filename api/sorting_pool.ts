import { Problem, type ProblemKind } from "@hiraku/kernel";
import type { EventBody } from "./event_body.ts";
import type { Sender, Sorted } from "./event_sorting.ts";

/** Threads that parse and admit large requests beside the one that serves HTTP. */
export interface SortingPool {
  /**
   * Hands a request to a thread with a place for it; `undefined` says "sort it
   * yourself". Takes the bytes of the body away. Rejects with `Unavailable`
   * when the thread died.
   */
  sort(
    body: EventBody,
    sender: Sender,
    keyPath: string,
  ): Promise<Sorted> | undefined;
  close(): void;
}

export interface SortingTask {
  readonly number: number;
  readonly body: EventBody;
  readonly sender: Sender;
  readonly keyPath: string;
}

export type SortingAnswer =
  | { readonly ready: true }
  | { readonly number: number; readonly sorted: Sorted }
  | {
    readonly number: number;
    readonly problem: { readonly kind: ProblemKind; readonly message: string };
  }
  | { readonly number: number; readonly bug: string };

/** One that is sorted, and one that waits so that the thread never does. */
const PLACES = 20;

/** A pool of `size` threads; each starts with the first request that needs it and is replaced when it dies. */
export function openSortingPool(
  size: number,
  module: URL = new URL("./sorting_worker.ts", import.meta.url),
): SortingPool {
  const threads = Array.from({ length: size }, () => openThread(module));
  return {
    sort(body, sender, keyPath) {
      let freest: Thread | undefined;
      for (const thread of threads) {
        thread.start();
        if (thread.free > (freest?.free ?? 0)) freest = thread;
      }
      return freest?.sort(body, sender, keyPath);
    },
    close() {
      for (const thread of threads) thread.end();
    },
  };
}

interface Thread {
  /** Places left; none until it has started. */
  readonly free: number;
  start(): void;
  sort(body: EventBody, sender: Sender, keyPath: string): Promise<Sorted>;
  end(): void;
}

function openThread(module: URL): Thread {
  interface Waiting {
    resolve: (sorted: Sorted) => void;
    reject: (error: Error) => void;
  }
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let ready = false;
  let last = 0;

  const answered = (answer: SortingAnswer): void => {
    if ("ready" in answer) {
      ready = true;
      return;
    }
    const one = waiting.get(answer.number);
    waiting.delete(answer.number);
    if ("sorted" in answer) one?.resolve(answer.sorted);
    else if ("problem" in answer) {
      one?.reject(new Problem(answer.problem.kind, answer.problem.message));
    } else one?.reject(new Error(`Sorting failed: ${answer.bug}`));
  };
  const end = (): void => {
    worker?.terminate();
    worker = undefined;
    ready = false;
    for (const { reject } of waiting.values()) {
      reject(
        new Problem("Unavailable", "Sorting was interrupted", {
          retryAfter: 1,
        }),
      );
    }
    waiting.clear();
  };
  return {
    get free() {
      return ready ? PLACES - waiting.size : 0;
    },
    start() {
      if (worker !== undefined) return;
      const started = new Worker(module, { type: "module" });
      started.onmessage = ({ data }) => answered(data);
      started.onerror = (event) => {
        event.preventDefault();
        if (worker === started) end();
      };
      worker = started;
    },
    sort(body, sender, keyPath) {
      const number = ++last;
      const task: SortingTask = { number, body, sender, keyPath };
      return new Promise((resolve, reject) => {
        waiting.set(number, { resolve, reject });
        worker?.postMessage(task, [body.bytes.buffer]);
      });
    },
    end,
  };
}
