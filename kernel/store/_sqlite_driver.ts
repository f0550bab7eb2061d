import {
  CompiledQuery,
  type DatabaseConnection,
  DialectAdapterBase,
  type Driver,
  type TransactionSettings,
} from "kysely";
import { SqliteConnection } from "./_sqlite_connection.ts";
import { openDatabase } from "./_sqlite_database.ts";
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

  // deno-lint-ignore require-await -- a throw must become a rejection
  async init(): Promise<void> {
    this.#connection = new SqliteConnection(
      openDatabase(this.#path, this.#options),
    );
  }

  acquireConnection(): Promise<SqliteConnection> {
    if (this.#connection === undefined) throw new Error("The store is closed");
    return Promise.resolve(this.#connection);
  }

  async beginTransaction(
    connection: DatabaseConnection,
    settings: TransactionSettings,
  ): Promise<void> {
    requireSerializable(settings);
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

export function requireSerializable(
  { isolationLevel: level }: TransactionSettings,
): void {
  if (level !== undefined && level !== "serializable") {
    throw new Error(
      `SQLite knows isolation level 'serializable', not '${level}'`,
    );
  }
}
