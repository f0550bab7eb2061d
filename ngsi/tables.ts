import { type Migration, type RawBuilder, sql } from "@hiraku/kernel/store";
import {
  INDEX_MIGRATION,
  type IndexTables,
  SEGMENT_MIGRATION,
} from "./index/index_tables.ts";
import {
  CONTEXT_MIGRATION,
  type ContextTables,
} from "./context/context_tables.ts";
import { clustered } from "./rows.ts";
import {
  SUBSCRIPTION_MIGRATION,
  type SubscriptionTables,
} from "./subscription/subscription_tables.ts";
import {
  OUTBOX_MIGRATION,
  type OutboxTables,
} from "./temporal/history_tables.ts";

/** Tables of one tenant's broker store. */
export interface Tables
  extends ContextTables, IndexTables, OutboxTables, SubscriptionTables {
  /**
   * `pk` counts up in the order of creation; `document` is the entity as kept,
   * in JSON; `expires_at` is the instant after which nothing of it may be shown
   * before a sweep (of the entity or of one of its attributes), in UTC.
   */
  entity: {
    pk: number;
    id: string;
    document: string;
    expires_at: string | null;
  };
}

export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "0001_entities": {
    async up(db) {
      const run = (statement: RawBuilder<unknown>) => statement.execute(db);
      await run(sql`
        CREATE TABLE entity (id TEXT PRIMARY KEY, document TEXT NOT NULL)`);
      await run(sql`
        CREATE TABLE entity_type (
          type TEXT NOT NULL,
          id TEXT NOT NULL REFERENCES entity ON DELETE CASCADE,
          PRIMARY KEY (type, id)
        ) ${clustered(db)}`);
      await run(sql`CREATE INDEX entity_type_by_id ON entity_type (id)`);
    },
  },
  "0002_order_of_creation": {
    async up(db) {
      const run = (statement: RawBuilder<unknown>) => statement.execute(db);
      await run(sql`
        CREATE TABLE entity_2 (
          pk INTEGER PRIMARY KEY,
          id TEXT NOT NULL UNIQUE,
          document TEXT NOT NULL,
          expires_at TEXT
        )`);
      await run(sql`
        INSERT INTO entity_2 (pk, id, document)
        SELECT row_number() OVER (ORDER BY id), id, document FROM entity`);
      await run(sql`
        CREATE TABLE entity_type_2 (
          type TEXT NOT NULL,
          entity INTEGER NOT NULL,
          PRIMARY KEY (type, entity)
        ) ${clustered(db)}`);
      await run(sql`
        INSERT INTO entity_type_2
        SELECT t.type, e.pk FROM entity_type t JOIN entity_2 e ON e.id = t.id`);
      await run(sql`DROP TABLE entity_type`);
      await run(sql`DROP TABLE entity`);
      await run(sql`ALTER TABLE entity_2 RENAME TO entity`);
      await run(sql`ALTER TABLE entity_type_2 RENAME TO entity_type`);
      await run(sql`
        CREATE INDEX entity_by_expiry ON entity (expires_at)
        WHERE expires_at IS NOT NULL`);
    },
  },
  "0003_history": OUTBOX_MIGRATION,
  "0004_subscriptions": SUBSCRIPTION_MIGRATION,
  "0005_index": INDEX_MIGRATION,
  "0006_contexts": CONTEXT_MIGRATION,
  "0007_segments": SEGMENT_MIGRATION,
};
