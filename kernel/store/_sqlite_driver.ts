import {
  CompiledQuery,
  type DatabaseConnection,
  DialectAdapterBase,
  type Driver,
  type TransactionSettings,
} from "kysely";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { SqliteConnection } from "./_sqlite_connection.ts";
import type { SqliteOptions } from "./sqlite_options.ts";

export class SqliteAdapter extends DialectAdapterBase {
  override get supportsMultipleConnections(): boolean {
    return false;
  }

  override get supportsTransactionalDdl(): boolean {
    return true;
  }

  override get supportsReturning(): boolean {
    return true;
  }

  override get supportsCreateIfNotExists(): boolean {
    return true;
  }

  // The migration's own transaction holds SQLite's write lock.
  override acquireMigrationLock(): Promise<void> {
    return Promise.resolve();
  }

  override releaseMigrationLock(): Promise<void> {
    return Promise.resolve();
  }
}

export class SqliteDriver implements Driver {
  readonly #path: string;
  readonly #options: SqliteOptions;
  #connection: SqliteConnection | undefined;

  constructor(path: string, options: SqliteOptions) {
    this.#path = path;
    this.#options = options;
  }

  async init(): Promise<void> {
    if (this.#path !== ":memory:") {
      await Deno.mkdir(dirname(this.#path), { recursive: true });
    }
    const database = new DatabaseSync(this.#path, {
      timeout: this.#options.busyTimeoutMs ?? 5000,
      enableForeignKeyConstraints: true,
    });
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    const { checkpointPages = 1_000, cacheKib = 2_000 } = this.#options;
    database.exec(`PRAGMA wal_autocheckpoint = ${Math.trunc(checkpointPages)}`);
    database.exec(`PRAGMA cache_size = ${-Math.trunc(cacheKib)}`);
    this.#connection = new SqliteConnection(database);
  }

  acquireConnection(): Promise<SqliteConnection> {
    if (this.#connection === undefined) throw new Error("The store is closed");
    return Promise.resolve(this.#connection);
  }

  async beginTransaction(
    connection: DatabaseConnection,
    settings: TransactionSettings,
  ): Promise<void> {
    const level = settings.isolationLevel;
    if (level !== undefined && level !== "serializable") {
      throw new Error(
        `SQLite knows isolation level 'serializable', not '${level}'`,
      );
    }
    // A deferred transaction that comes to write late fails instead of waiting.
    const begin = settings.accessMode === "read only"
      ? "BEGIN"
      : "BEGIN IMMEDIATE";
    await connection.executeQuery(CompiledQuery.raw(begin));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("COMMIT"));
  }

  async rollbackTransaction(connection: SqliteConnection): Promise<void> {
    // Some errors, such as a full disk, have rolled back already.
    if (!connection.inTransaction) return;
    await connection.executeQuery(CompiledQuery.raw("ROLLBACK"));
  }

  releaseConnection(): Promise<void> {
    return Promise.resolve();
  }

  destroy(): Promise<void> {
    this.#connection?.close();
    this.#connection = undefined;
    return Promise.resolve();
  }
}
