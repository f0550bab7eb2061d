import { type Migration, sql } from "@hiraku/kernel/store";
import { entityIn } from "../entity/document.ts";
import { bytes, clustered } from "../rows.ts";
import type { Db } from "../db.ts";
import { addInventory, noChange, saveInventory } from "./inventory.ts";

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
