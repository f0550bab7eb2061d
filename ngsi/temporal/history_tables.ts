import { type Migration, type RawBuilder, sql } from "@hiraku/kernel/store";

/** What of the history waits in the broker's own store, kept with the change. */
export interface OutboxTables {
  /**
   * `rows` are lines, see `lineOfChange`; `seq` is never used twice.
   */
  history_outbox: { seq: number; rows: string };
}

export const OUTBOX_MIGRATION: Migration = {
  async up(db) {
    await sql`
      CREATE TABLE history_outbox (
        seq INTEGER PRIMARY KEY,
        rows TEXT NOT NULL
      )`.execute(db);
  },
};

/** Tables of one tenant's history, in DuckDB. */
export interface HistoryTables {
  /**
   * One row for each state of each attribute instance, and one for what happens
   * to the entity itself. `seq` orders rows as they were written.
   */
  instance: {
    seq: bigint;
    entity: string;
    /** Types of the entity at that time, a JSON array. */
    types: string;
    /** IRI, or one of `ENTITY` and `SCOPE`. */
    attribute: string;
    dataset: string;
    observed_at: Date | null;
    created_at: Date;
    modified_at: Date;
    deleted_at: Date | null;
    /** When the instance, and with it this row, is to be forgotten, CIM 009 4.22. */
    expires_at: Date | null;
    kind: string;
    number: number | null;
    text: string | null;
    content: string;
  };
  /** The last outbox row whose rows are here. */
  taken: { seq: bigint };
}

/** Stands for the entity itself where an attribute's IRI stands. */
export const ENTITY = "@entity";
/** Stands for the entity's scopes, CIM 009 4.5.6. */
export const SCOPE = "@scope";

export const HISTORY_MIGRATIONS: Readonly<Record<string, Migration>> = {
  "0001_instances": {
    async up(db) {
      const run = (statement: RawBuilder<unknown>) => statement.execute(db);
      await run(sql`
        CREATE TABLE instance (
          seq BIGINT NOT NULL,
          entity VARCHAR NOT NULL,
          types VARCHAR NOT NULL,
          attribute VARCHAR NOT NULL,
          dataset VARCHAR NOT NULL,
          observed_at TIMESTAMP,
          created_at TIMESTAMP NOT NULL,
          modified_at TIMESTAMP NOT NULL,
          deleted_at TIMESTAMP,
          expires_at TIMESTAMP,
          kind VARCHAR NOT NULL,
          number DOUBLE,
          text VARCHAR,
          content VARCHAR NOT NULL
        )`);
      await run(sql`CREATE TABLE taken (seq BIGINT NOT NULL)`);
      await run(sql`INSERT INTO taken VALUES (0)`);
    },
  },
};
