import { Problem } from "../problem.ts";
import type { QueryResult } from "kysely";
import type {
  Sent,
  StoreWork,
  ThreadAnswer,
  ThreadTask,
} from "./_sqlite_thread.ts";
import type { SqliteOptions } from "./sqlite_options.ts";

/** The thread in which stores of this process write, as long as there are any. */
let shared: WritingThread | undefined;

class WritingThread {
  readonly #worker = new Worker(
    new URL("./_sqlite_thread.ts", import.meta.url),
    { type: "module" },
  );
  readonly #waiting = new Map<number, (answer: ThreadAnswer) => void>();
  #tasks = 0;
  #stores = 0;
  #open = 0;

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<ThreadAnswer>) => {
      const settled = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      settled?.(data);
    };
  }

  /** The number of a store that is about to be opened. */
  enter(): number {
    this.#open += 1;
    this.#stores += 1;
    return this.#stores;
  }

  leave(): void {
    this.#open -= 1;
    if (this.#open > 0) return;
    shared = undefined;
    this.#worker.terminate();
  }

  ask(task: Omit<ThreadTask, "id">): Promise<ThreadAnswer> {
    this.#tasks += 1;
    const id = this.#tasks;
    return new Promise((resolve) => {
      this.#worker.postMessage({ ...task, id });
      this.#waiting.set(id, resolve);
    });
  }
}

/** The writing end of one store, in the thread that all stores of the process share. */
export class SqliteWriter {
  readonly #path: string;
  readonly #options: SqliteOptions;
  #thread: WritingThread | undefined;
  #store = 0;

  constructor(path: string, options: SqliteOptions) {
    this.#path = path;
    this.#options = options;
  }

  async open(): Promise<void> {
    const thread = shared ??= new WritingThread();
    this.#thread = thread;
    this.#store = thread.enter();
    try {
      await this.#ask({ open: this.#path, options: this.#options });
    } catch (error) {
      this.#leave();
      throw error;
    }
  }

  /** Runs statements one after the other and answers what the last one does. */
  async run<R>(statements: readonly Sent[]): Promise<QueryResult<R>> {
    const { rows, changed } = await this.#ask({ run: statements });
    return changed === undefined
      ? { rows: rows as R[] }
      : { rows: rows as R[], numAffectedRows: changed };
  }

  async close(): Promise<void> {
    if (this.#thread === undefined) return;
    await this.#ask({ close: true });
    this.#leave();
  }

  #leave(): void {
    this.#thread?.leave();
    this.#thread = undefined;
  }

  async #ask(
    work: StoreWork,
  ): Promise<{ rows: readonly unknown[]; changed?: bigint }> {
    if (this.#thread === undefined) throw new Error("The store is closed");
    const answer = await this.#thread.ask({ store: this.#store, work });
    if ("rows" in answer) return answer;
    if ("failed" in answer) throw new Error(answer.failed);
    const { unavailable, retryAfter } = answer;
    throw new Problem(
      "Unavailable",
      unavailable,
      retryAfter === undefined ? {} : { retryAfter },
    );
  }
}
