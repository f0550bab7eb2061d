import type { Store } from "@hiraku/kernel/store";
import type { Tables } from "../tables.ts";
import {
  backlogAfter,
  LONGEST_BACKLOG,
  type StreamEvent,
  trimBacklog,
} from "./backlog.ts";

interface Reader {
  readonly queue: StreamEvent[];
  wake: () => void;
  ended: boolean;
}

const MOST_BEHIND = 1000;

/** Readers of notifications as they are made. */
export class NotificationStreams {
  readonly #db: Store<Tables>;
  readonly #readers = new Map<string, Set<Reader>>();
  /** How many events the backlogs got since they were last trimmed. */
  readonly #grown = new Map<string, number>();

  constructor(db: Store<Tables>) {
    this.#db = db;
  }

  /** Hands a notification that is on disk to those who read. */
  publish(subscription: string, event: StreamEvent): void {
    for (const reader of this.#readers.get(subscription) ?? []) {
      reader.queue.push(event);
      // Whoever is too slow comes again with the last event it had.
      if (reader.queue.length > MOST_BEHIND) reader.ended = true;
      reader.wake();
    }
    const grown = (this.#grown.get(subscription) ?? 0) + 1;
    this.#grown.set(subscription, grown);
    if (grown < LONGEST_BACKLOG / 2) return;
    this.#grown.delete(subscription);
    // Failing leaves a backlog longer than it need be until the next time.
    trimBacklog(this.#db, subscription).catch(() => {});
  }

  /**
   * Events of a subscription from now on, after those of the backlog that
   * follow `after`. Ends with `signal`, with the subscription, and when the
   * reader stays too far behind.
   */
  async *read(
    subscription: string,
    after: string | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<StreamEvent, void> {
    const reader: Reader = { queue: [], wake() {}, ended: signal.aborted };
    const end = () => {
      reader.ended = true;
      reader.wake();
    };
    signal.addEventListener("abort", end);
    this.#add(subscription, reader);
    try {
      let last = after ?? "";
      if (after !== undefined) {
        for (const event of await backlogAfter(this.#db, subscription, after)) {
          if (reader.ended) return;
          last = event.id;
          yield event;
        }
      }
      while (true) {
        const event = reader.queue.shift();
        if (event === undefined) {
          if (reader.ended) return;
          await new Promise<void>((resolve) => reader.wake = resolve);
        } else if (event.id > last) yield event;
      }
    } finally {
      signal.removeEventListener("abort", end);
      this.#remove(subscription, reader);
    }
  }

  /** Ends the streams of one subscription, or of all. */
  end(subscription?: string): void {
    for (const [id, readers] of this.#readers) {
      if (subscription !== undefined && id !== subscription) continue;
      for (const reader of readers) {
        reader.ended = true;
        reader.wake();
      }
    }
  }

  #add(subscription: string, reader: Reader): void {
    const readers = this.#readers.get(subscription) ?? new Set();
    readers.add(reader);
    this.#readers.set(subscription, readers);
  }

  #remove(subscription: string, reader: Reader): void {
    const readers = this.#readers.get(subscription);
    readers?.delete(reader);
    if (readers?.size === 0) this.#readers.delete(subscription);
  }
}
