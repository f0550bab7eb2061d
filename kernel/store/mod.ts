export {
  type ColumnType,
  type ExpressionBuilder,
  type Generated,
  type Insertable,
  type RawBuilder,
  type Selectable,
  sql,
  type Transaction,
  type Updateable,
} from "kysely";
export { migrateStore, type Migration } from "./migrate_store.ts";
export { type Engine, engineOf } from "./engine.ts";
export type { DuckdbOptions } from "./duckdb_options.ts";
export type { AppendedColumn } from "./append_columns.ts";
export {
  appendColumns,
  copyDuckdb,
  openDuckdb,
  replaceDuckdb,
  rewriteDuckdb,
} from "./duckdb_store.ts";
export { openPostgres, type PostgresOptions } from "./postgres_store.ts";
export type { SqliteOptions } from "./sqlite_options.ts";
export { openSqlite } from "./sqlite_store.ts";
export type { Store } from "./store.ts";
