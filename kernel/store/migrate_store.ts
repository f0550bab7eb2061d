import { sql } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { engineOf } from "./engine.ts";
import type { Store } from "./store.ts";

export type { Migration };

/**
 * Brings a store to the newest of `migrations`, which run in the order of their
 * names. All that are pending run in one transaction: when one throws, none of
 * them has happened and its error is thrown. Two processes may do this at once.
 */
export async function migrateStore<Tables>(
  store: Store<Tables>,
  migrations: Readonly<Record<string, Migration>>,
): Promise<void> {
  const migrator = new Migrator({
    db: store,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
    ...await schemaOf(store),
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
  const changed = results !== undefined && results.length > 0;
  // A write-ahead log that holds DDL may fail to replay (duckdb#22044).
  if (changed && engineOf(store) === "duckdb") {
    await sql`CHECKPOINT`.execute(store);
  }
}

/** PostgreSQL's migrator must be told where its own tables are. */
async function schemaOf<Tables>(
  store: Store<Tables>,
): Promise<{ migrationTableSchema?: string }> {
  if (engineOf(store) !== "postgres") return {};
  const { rows: [row] } = await sql<{ schema: string }>`
    SELECT current_schema() AS schema`.execute(store);
  return row === undefined ? {} : { migrationTableSchema: row.schema };
}
