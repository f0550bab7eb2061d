import type { Clock } from "@hiraku/kernel";
import { statusOf, type Subscription } from "./subscription.ts";

const LONGEST_WAIT_MS = 3_600_000;

/** Runs what subscriptions with a `timeInterval` ask for, CIM 009 5.8.1.4. */
export class Periodic {
  readonly #clock: Clock;
  readonly #run: (subscription: Subscription) => Promise<void>;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #running = new Set<Promise<void>>();

  constructor(
    clock: Clock,
    run: (subscription: Subscription) => Promise<void>,
  ) {
    this.#clock = clock;
    this.#run = run;
  }

  add(subscription: Subscription): void {
    const { kept, counters } = subscription;
    const { timeInterval } = kept.document;
    if (timeInterval === undefined) return;
    const last = Date.parse(counters.lastMade ?? kept.createdAt);
    this.#wait(subscription, last + timeInterval * 1000);
  }

  remove(id: string): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  /** Waits for what is running and starts nothing more. */
  async close(): Promise<void> {
    for (const id of [...this.#timers.keys()]) this.remove(id);
    await Promise.all(this.#running);
    for (const id of [...this.#timers.keys()]) this.remove(id);
  }

  #wait(subscription: Subscription, due: number): void {
    const { id } = subscription.kept;
    const left = due - this.#clock.now().getTime();
    const timer = setTimeout(
      () => {
        if (left > LONGEST_WAIT_MS) return this.#wait(subscription, due);
        const run = this.#once(subscription, due, timer);
        this.#running.add(run);
        void run.finally(() => this.#running.delete(run));
      },
      Math.min(Math.max(left, 0), LONGEST_WAIT_MS),
    );
    this.#timers.set(id, timer);
  }

  async #once(
    subscription: Subscription,
    due: number,
    timer: ReturnType<typeof setTimeout>,
  ): Promise<void> {
    const { kept } = subscription;
    const now = this.#clock.now();
    try {
      if (statusOf(kept, now.toISOString()) === "active") {
        await this.#run(subscription);
      }
    } catch {
      // The store failed; the next interval tries again.
    }
    if (this.#timers.get(kept.id) !== timer) return;
    const step = (kept.document.timeInterval ?? 1) * 1000;
    const missed = Math.floor(Math.max(0, now.getTime() - due) / step);
    this.#wait(subscription, due + (missed + 1) * step);
  }
}
