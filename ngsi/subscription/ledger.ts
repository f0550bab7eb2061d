import { boundary } from "@hiraku/kernel";
import { sql, type Transaction } from "@hiraku/kernel/store";
import { jsonRows, textsIn } from "../rows.ts";
import { statement } from "../statement.ts";
import type { Tables } from "../tables.ts";
import type { Subscription } from "./subscription.ts";

/** What a transaction writes of a ledger. */
export interface Page {
  /** Puts it back, when the transaction came to nothing. */
  undo(): void;
}

const deleteTaken = statement((db) =>
  sql`DELETE FROM notification_outbox WHERE id IN ${textsIn(db)}`
);
const updateCounters = statement((db) =>
  sql`
  UPDATE subscription SET counters = item.value ->> 1 FROM ${jsonRows(db)}
  WHERE subscription.id = item.value ->> 0`
);

const LONG = 2_000;

/**
 * What became of notifications and is not on disk yet. Losing it costs a
 * repeat of what was delivered, nothing else, so it waits for company.
 */
export class Ledger {
  #taken = new Set<string>();
  #counted = new Set<Subscription>();

  get isEmpty(): boolean {
    return this.#taken.size + this.#counted.size === 0;
  }

  /** Whether more should not be lost in a crash. */
  get isLong(): boolean {
    return this.#taken.size + this.#counted.size >= LONG;
  }

  /** The notification need not be kept any longer. */
  taken(id: string): void {
    this.#taken.add(id);
  }

  /** The counters of a subscription are others now. */
  counted(subscription: Subscription): void {
    this.#counted.add(subscription);
  }

  async write(trx: Transaction<Tables>): Promise<Page> {
    const taken = this.#taken;
    const counted = this.#counted;
    this.#taken = new Set();
    this.#counted = new Set();
    const undo = () => {
      for (const id of taken) this.#taken.add(id);
      for (const one of counted) this.#counted.add(one);
    };
    try {
      if (taken.size > 0) {
        await deleteTaken(trx, [JSON.stringify([...taken])]);
      }
      if (counted.size > 0) {
        const rows = [...counted].map(({ kept, counters }) => [
          kept.id,
          JSON.stringify(counters),
        ]);
        await updateCounters(trx, [JSON.stringify(rows)]);
      }
      boundary("notification.settle");
    } catch (error) {
      undo();
      throw error;
    }
    return { undo };
  }
}
