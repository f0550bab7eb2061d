import { type DialectAdapter, PostgresAdapter } from "kysely";
import { DuckdbAdapter } from "./_duckdb_adapter.ts";

/** Which database a store stands on, for the few statements that differ. */
export type Engine = "sqlite" | "duckdb" | "postgres";

/** The engine of a store or of a transaction on it. */
export function engineOf(
  db: { getExecutor(): { readonly adapter: DialectAdapter } },
): Engine {
  const { adapter } = db.getExecutor();
  if (adapter instanceof PostgresAdapter) return "postgres";
  return adapter instanceof DuckdbAdapter ? "duckdb" : "sqlite";
}
