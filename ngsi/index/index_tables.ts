import { type Migration, sql } from "@hiraku/kernel/store";
import { entityIn } from "../entity/document.ts";
import { bytes, clustered, type Db } from "../rows.ts";
import { addInventory, noChange, saveInventory } from "./inventory.ts";

/** What queries find entities by; a path stands for a place in an entity and the kind of value there. */
export interface IndexTables {
  index_path: { id: number; path: string };
  /** Segments of the index: the entities they have rows of, and those they say are gone. */
  index_segment: { id: number; entities: Uint8Array; gone: Uint8Array };
  /** The rows that a segment has for a path, as a `Column` in bytes. */
  index_column: {
    segment: number;
    path: number;
    entities: Uint8Array;
    keys: Uint8Array;
    more: Uint8Array;
  };
  /** Entities, a JSON array of their numbers, the rows of which are in no segment yet. */
  index_log: { seq: number; entities: string };
  /**
   * How many entities of a type there are (`attribute` and `kind` empty), how
   * many have an attribute of a kind, and how many instances an attribute has
   * (`type` and `kind` empty); apart for entities of operational types.
   */
  inventory: {
    hidden: number;
    type: string;
    attribute: string;
    kind: string;
    total: number;
  };
}

export const INDEX_MIGRATION: Migration = {
  async up(db) {
    await sql`CREATE TABLE index_path (
      id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE)`.execute(db);
    await sql`CREATE TABLE inventory (
      hidden INTEGER NOT NULL, type TEXT NOT NULL, attribute TEXT NOT NULL,
      kind TEXT NOT NULL, total BIGINT NOT NULL,
      PRIMARY KEY (hidden, type, attribute, kind)) ${clustered(db)}`
      .execute(db);
    await overAll(db, async (rows) => {
      const inventory = noChange();
      for (const { document } of rows) {
        addInventory(inventory, undefined, entityIn(document));
      }
      await saveInventory(db, inventory);
    });
    await sql`DROP TABLE entity_type`.execute(db);
  },
};

/** Segments of columns in place of a row for every value. */
export const SEGMENT_MIGRATION: Migration = {
  async up(db) {
    for (const table of ["name", "number", "text", "box"]) {
      await sql`DROP TABLE IF EXISTS ${sql.table(`index_${table}`)}`
        .execute(db);
    }
    await sql`CREATE TABLE index_segment (
      id INTEGER PRIMARY KEY, entities ${bytes(db)} NOT NULL,
      gone ${bytes(db)} NOT NULL)`.execute(db);
    await sql`CREATE TABLE index_column (
      segment INTEGER NOT NULL, path INTEGER NOT NULL,
      entities ${bytes(db)} NOT NULL, keys ${bytes(db)} NOT NULL,
      more ${bytes(db)} NOT NULL, PRIMARY KEY (segment, path))`.execute(db);
    await sql`CREATE TABLE index_log (
      seq BIGINT PRIMARY KEY, entities TEXT NOT NULL)`.execute(db);
    let seq = 0;
    await overAll(db, async (rows) => {
      const entities = JSON.stringify(rows.map(({ pk }) => Number(pk)));
      await sql`INSERT INTO index_log VALUES (${seq += 1}, ${entities})`
        .execute(db);
    });
  },
};

const AT_ONCE = 1000;

/** Goes over the entities that there are. */
async function overAll(
  db: Db,
  each: (rows: readonly { pk: number; document: string }[]) => Promise<void>,
): Promise<void> {
  let last = 0;
  while (true) {
    const rows = await db.selectFrom("entity").select(["pk", "document"])
      .where("pk", ">", last).orderBy("pk").limit(AT_ONCE).execute();
    if (rows.length === 0) return;
    await each(rows);
    last = Number(rows.at(-1)?.pk);
  }
}
