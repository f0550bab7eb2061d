import { type Migration, type RawBuilder, sql } from "@hiraku/kernel/store";
import { CONTEXT_MIGRATION } from "./context/context_tables.ts";
import {
  INDEX_MIGRATION,
  SEGMENT_MIGRATION,
} from "./index/index_migrations.ts";
import { clustered } from "./rows.ts";
import { SUBSCRIPTION_MIGRATION } from "./subscription/subscription_tables.ts";
import { OUTBOX_MIGRATION } from "./temporal/history_tables.ts";

/** What brings a tenant's broker store up to date, in this order. */
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
