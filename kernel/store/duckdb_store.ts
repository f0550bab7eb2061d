import { Kysely, sql } from "kysely";
import { basename, dirname, join } from "node:path";
import type { AppendedColumn } from "./append_columns.ts";
import { DuckdbAdapter, DuckdbQueryCompiler } from "./_duckdb_adapter.ts";
import { DuckdbDriver } from "./_duckdb_driver.ts";
import { DuckdbIntrospector } from "./_duckdb_introspector.ts";
import type { DuckdbOptions } from "./duckdb_options.ts";
import type { Store } from "./store.ts";

/**
 * Opens a DuckDB file (or `:memory:`), making its folder if need be. One
 * connection writes, so transactions queue; reads run beside it on others and
 * see what is committed. A read-only transaction
 * (`setAccessMode("read only")`) does not wait for the writer. In a
 * transaction use the handle Kysely hands in: the outer store waits for it.
 *
 * Throws `Problem` "Conflict" while another process has the file open, and an
 * `Error` when this process has. A last commit that a power cut left in part is
 * taken back. `destroy()` closes and frees the file.
 */
export async function openDuckdb<Tables>(
  path: string,
  options: DuckdbOptions,
): Promise<Store<Tables>> {
  const file = path === ":memory:" ? path : await settled(path);
  const driver = new DuckdbDriver(file, options);
  const store = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new DuckdbAdapter(),
      createDriver: () => driver,
      createIntrospector: (db) => new DuckdbIntrospector(db),
      createQueryCompiler: () => new DuckdbQueryCompiler(),
    },
  });
  // Kysely connects at the first statement; whoever opens wants to know now.
  await sql`SELECT 1`.execute(store);
  drivers.set(store, driver);
  return store;
}

const drivers = new WeakMap<object, DuckdbDriver>();

/**
 * Writes a DuckDB store to a new file that takes the old one's place, so that
 * nothing of what was deleted is left in it. Statements wait until it is done;
 * a crash leaves either file whole. Needs as much disk again as the file.
 */
export async function rewriteDuckdb<Tables>(
  store: Store<Tables>,
): Promise<void> {
  await driverOf(store).rewrite();
}

/** Writes what a DuckDB store holds now to a new durable file; the store is used on. */
export async function copyDuckdb<Tables>(
  store: Store<Tables>,
  path: string,
): Promise<void> {
  await driverOf(store).copyTo(await settled(path));
}

/**
 * Puts another DuckDB file, which nobody has open, in the place of a store's
 * own; the store is used on and shows it. Statements wait until it is done; a
 * crash leaves either file whole.
 */
export async function replaceDuckdb<Tables>(
  store: Store<Tables>,
  path: string,
): Promise<void> {
  await driverOf(store).replace(() => settled(path));
}

/**
 * Adds rows to a temporary table of a DuckDB store, every column of it in its
 * order. Outside any transaction.
 */
export async function appendColumns<Tables>(
  store: Store<Tables>,
  table: string,
  columns: readonly AppendedColumn[],
  rows: number,
): Promise<void> {
  await driverOf(store).append(table, columns, rows);
}

function driverOf(store: object): DuckdbDriver {
  const driver = drivers.get(store);
  if (driver === undefined) throw new Error("This is no DuckDB store");
  return driver;
}

async function settled(path: string): Promise<string> {
  await Deno.mkdir(dirname(path), { recursive: true });
  return join(await Deno.realPath(dirname(path)), basename(path));
}
