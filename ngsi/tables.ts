import { type Migration, type RawBuilder, sql } from "@hiraku/kernel/store";

/** Tables of one tenant's broker store. */
export interface Tables {
  /** `document` is the entity as kept, in JSON. */
  entity: { id: string; document: string };
  entity_type: { type: string; id: string };
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
        ) WITHOUT ROWID`);
      await run(sql`CREATE INDEX entity_type_by_id ON entity_type (id)`);
    },
  },
};
