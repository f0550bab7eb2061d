import { dirname } from "node:path";
import { migrateStore, openDuckdb, type Store } from "@hiraku/kernel/store";
import { MIGRATIONS } from "./migrations.ts";
import type { WarehouseTables } from "./tables.ts";

/** One municipality's events, facts, quarantine and load ledger. */
export type Warehouse = Store<WarehouseTables>;

export interface WarehouseOptions {
  /** Such as `320MB`. */
  readonly memoryLimit?: string;
  readonly threads?: number;
}

/**
 * Opens `warehouse.duckdb` and brings its tables up to date. SQL in it reaches
 * files of the municipality's own folder only and can change no setting.
 * Throws `Problem` "Conflict" while another process has it open.
 */
export async function openWarehouse(
  path: string,
  { memoryLimit = "320MB", threads = 2 }: WarehouseOptions = {},
): Promise<Warehouse> {
  await Deno.mkdir(dirname(path), { recursive: true });
  const city = await Deno.realPath(dirname(path));
  const tempDirectory = `${city}/tmp`;
  await Deno.mkdir(tempDirectory, { recursive: true });
  const store = await openDuckdb<WarehouseTables>(path, {
    memoryLimit,
    threads,
    tempDirectory,
    allowedDirectories: [city],
  });
  await migrateStore(store, MIGRATIONS);
  return store;
}
