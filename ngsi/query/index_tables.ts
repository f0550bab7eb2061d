import { type Migration, sql } from "@hiraku/kernel/store";
import { byteOrder, clustered, type Db } from "../rows.ts";
import { EntityIndex } from "./indexed_entities.ts";

/** What queries find entities by; a path stands for a place in an entity and the kind of value there. */
export interface IndexTables {
  index_path: { id: number; path: string };
  /** Types, attributes that exist, and entities that are not indexed in full. */
  index_name: { path: number; entity: number };
  /** Numbers, truth values and times (milliseconds). */
  index_number: { path: number; value: number; entity: number };
  /** Texts and ids of other entities, cut to `LONGEST_TEXT`. */
  index_text: { path: number; value: string; entity: number };
  /** Geometries under the cells that hold them, with their bounds in degrees. */
  index_box: {
    path: number;
    cell: number;
    entity: number;
    west: number;
    south: number;
    east: number;
    north: number;
  };
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
    const end = clustered(db);
    const bytes = byteOrder(db);
    const statements = [
      sql`CREATE TABLE index_path (
        id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE)`,
      sql`CREATE TABLE index_name (
        path INTEGER NOT NULL, entity INTEGER NOT NULL,
        PRIMARY KEY (path, entity)) ${end}`,
      sql`CREATE TABLE index_number (
        path INTEGER NOT NULL, value DOUBLE PRECISION NOT NULL,
        entity INTEGER NOT NULL, PRIMARY KEY (path, value, entity)) ${end}`,
      sql`CREATE TABLE index_text (
        path INTEGER NOT NULL, value TEXT ${bytes} NOT NULL,
        entity INTEGER NOT NULL, PRIMARY KEY (path, value, entity)) ${end}`,
      sql`CREATE TABLE index_box (
        path INTEGER NOT NULL, cell BIGINT NOT NULL, entity INTEGER NOT NULL,
        west DOUBLE PRECISION NOT NULL, south DOUBLE PRECISION NOT NULL,
        east DOUBLE PRECISION NOT NULL, north DOUBLE PRECISION NOT NULL,
        PRIMARY KEY (path, cell, entity, west, south, east, north)) ${end}`,
      sql`CREATE TABLE inventory (
        hidden INTEGER NOT NULL, type TEXT NOT NULL, attribute TEXT NOT NULL,
        kind TEXT NOT NULL, total BIGINT NOT NULL,
        PRIMARY KEY (hidden, type, attribute, kind)) ${end}`,
    ];
    for (const statement of statements) await statement.execute(db);
    await indexAll(db);
    await sql`DROP TABLE entity_type`.execute(db);
  },
};

const AT_ONCE = 1000;

/** Indexes every entity, in a store that has no index yet. */
async function indexAll(db: Db): Promise<void> {
  const index = new EntityIndex();
  let last = 0;
  while (true) {
    const rows = await db.selectFrom("entity").select(["pk", "document"])
      .where("pk", ">", last).orderBy("pk").limit(AT_ONCE).execute();
    const changes = rows.map(({ pk, document }) => ({
      pk: Number(pk),
      before: undefined,
      after: { scopes: [], ...JSON.parse(document) },
    }));
    last = changes.at(-1)?.pk ?? last;
    if (changes.length === 0) return;
    await index.save(db, changes);
  }
}
