import { type Migration, type RawBuilder, sql } from "@hiraku/kernel/store";
import { byteOrder } from "../rows.ts";

/** What one tenant's broker store keeps of subscriptions; ids of notifications sort by time. */
export interface SubscriptionTables {
  /** `document` is a `KeptSubscription`, `counters` its `Counters`, both in JSON. */
  subscription: { id: string; document: string; counters: string };
  /** Notifications that their endpoints have not taken yet. */
  notification_outbox: { id: string; subscription: string; body: string };
  /** Notifications that were given up. */
  notification_dead_letter: {
    id: string;
    subscription: string;
    body: string;
    attempts: number;
    reason: string;
    died_at: string;
  };
  /** The newest notifications of subscriptions that are read as a stream. */
  notification_backlog: { subscription: string; id: string; body: string };
}

export const SUBSCRIPTION_MIGRATION: Migration = {
  async up(db) {
    const run = (statement: RawBuilder<unknown>) => statement.execute(db);
    await run(sql`
      CREATE TABLE subscription (
        id TEXT PRIMARY KEY,
        document TEXT NOT NULL,
        counters TEXT NOT NULL
      )`);
    await run(sql`
      CREATE TABLE notification_outbox (
        id TEXT ${byteOrder(db)} PRIMARY KEY,
        subscription TEXT NOT NULL,
        body TEXT NOT NULL
      )`);
    await run(sql`
      CREATE TABLE notification_dead_letter (
        id TEXT ${byteOrder(db)} PRIMARY KEY,
        subscription TEXT NOT NULL,
        body TEXT NOT NULL,
        attempts INTEGER NOT NULL,
        reason TEXT NOT NULL,
        died_at TEXT NOT NULL
      )`);
    await run(sql`
      CREATE TABLE notification_backlog (
        subscription TEXT NOT NULL,
        id TEXT ${byteOrder(db)} NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (subscription, id)
      )`);
  },
};
