import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { SqliteOptions } from "./sqlite_options.ts";

/** Opens a file, or memory, whose commits are fsynced. */
export function openDatabase(
  path: string,
  { busyTimeoutMs = 5000, checkpointPages = 1_000, cacheKib = 2_000 }:
    SqliteOptions,
): DatabaseSync {
  if (path !== ":memory:") Deno.mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path, {
    timeout: busyTimeoutMs,
    enableForeignKeyConstraints: true,
  });
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  database.exec(`PRAGMA wal_autocheckpoint = ${Math.trunc(checkpointPages)}`);
  database.exec(`PRAGMA cache_size = ${-Math.trunc(cacheKib)}`);
  return database;
}
