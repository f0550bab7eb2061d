import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { boundary, Problem } from "@hiraku/kernel";
import type { Driver, TransactionSettings } from "kysely";
import { DuckdbSession, type Wires } from "./_duckdb_session.ts";
import { Pool } from "./_pool.ts";
import { type AppendedColumn, appendTo } from "./append_columns.ts";
import { cutTornEnd } from "./_torn_log.ts";
import { copyDatabase, putInPlace } from "./_rewritten.ts";
import type { DuckdbOptions } from "./duckdb_options.ts";

const READERS = 4;

/** Files open in this process: a second instance on one file silently loses data. */
const open = new Set<string>();

export class DuckdbDriver implements Driver {
  readonly #path: string;
  readonly #options: DuckdbOptions;
  #instance: DuckDBInstance | undefined;
  #connections: DuckDBConnection[] = [];
  #wires: Wires = {
    writer: new Pool<DuckDBConnection>([]),
    readers: new Pool<DuckDBConnection>([]),
  };

  constructor(path: string, options: DuckdbOptions) {
    this.#path = path;
    this.#options = options;
  }

  async init(): Promise<void> {
    if (open.has(this.#path)) {
      throw new Error("This process has the DuckDB file open already");
    }
    if (this.#path !== ":memory:") open.add(this.#path);
    try {
      this.#instance = await this.#create();
      await this.#connect(this.#instance);
    } catch (error) {
      this.#close();
      const held = error instanceof Error && error.message.includes("lock on");
      if (!held) throw error;
      throw new Problem("Conflict", "Another process has the store open", {
        cause: error,
      });
    }
  }

  async #create(): Promise<DuckDBInstance> {
    const options = settings(this.#options);
    try {
      return await DuckDBInstance.create(this.#path, options);
    } catch (error) {
      if (!await cutTornEnd(this.#path, error)) throw error;
      return await DuckDBInstance.create(this.#path, options);
    }
  }

  async #connect(instance: DuckDBInstance): Promise<void> {
    const [writer, ...readers] = await this.#open(instance);
    this.#wires = {
      writer: new Pool(writer === undefined ? [] : [writer]),
      readers: new Pool(readers),
    };
  }

  async #open(instance: DuckDBInstance): Promise<DuckDBConnection[]> {
    const writer = await instance.connect();
    this.#connections = [writer];
    await writer.run("SET GLOBAL TimeZone = 'UTC'");
    const { allowedDirectories } = this.#options;
    if (allowedDirectories !== undefined) {
      await writer.run("SET GLOBAL allowed_directories = $1", [
        JSON.stringify(allowedDirectories),
      ]);
      await writer.run("SET GLOBAL enable_external_access = false");
      await writer.run("SET GLOBAL lock_configuration = true");
    }
    for (let i = 0; i < READERS; i++) {
      this.#connections.push(await instance.connect());
    }
    return this.#connections;
  }

  /** Writes what is committed to a new file, while others read and write on. */
  async copyTo(path: string): Promise<void> {
    const reader = await this.#wires.readers.acquire();
    try {
      await copyDatabase(reader, path);
    } finally {
      this.#wires.readers.release(reader);
    }
  }

  /**
   * Puts the file that `make` leaves at a path in this one's place. Statements
   * wait meanwhile; a crash leaves either file whole.
   */
  async replace(
    make: (writer: DuckDBConnection) => Promise<string>,
  ): Promise<void> {
    const writer = await this.#wires.writer.acquire();
    const readers: DuckDBConnection[] = [];
    for (let i = 0; i < READERS; i++) {
      readers.push(await this.#wires.readers.acquire());
    }
    let connections = [writer, ...readers];
    try {
      const made = await make(writer);
      for (const connection of connections) connection.closeSync();
      this.#instance?.closeSync();
      try {
        await putInPlace(made, this.#path);
      } finally {
        this.#instance = await this.#create();
        connections = await this.#open(this.#instance);
      }
    } finally {
      const [first, ...rest] = connections;
      if (first !== undefined) this.#wires.writer.release(first);
      for (const one of rest) this.#wires.readers.release(one);
    }
  }

  /** Adds rows to a temporary table of the connection that writes. */
  async append(
    table: string,
    columns: readonly AppendedColumn[],
    rows: number,
  ): Promise<void> {
    const writer = await this.#wires.writer.acquire();
    try {
      await appendTo(writer, table, columns, rows);
    } finally {
      this.#wires.writer.release(writer);
    }
  }

  /** Writes the file anew, so that what was deleted is nowhere in it. */
  rewrite(): Promise<void> {
    return this.replace(async (writer) => {
      const copy = `${this.#path}.rewritten`;
      await copyDatabase(writer, copy);
      boundary("rewrite.copied");
      return copy;
    });
  }

  acquireConnection(): Promise<DuckdbSession> {
    return Promise.resolve(new DuckdbSession(this.#wires));
  }

  beginTransaction(
    session: DuckdbSession,
    settings: TransactionSettings,
  ): Promise<void> {
    return session.begin(settings);
  }

  commitTransaction(session: DuckdbSession): Promise<void> {
    return session.commit();
  }

  rollbackTransaction(session: DuckdbSession): Promise<void> {
    return session.rollback();
  }

  releaseConnection(session: DuckdbSession): Promise<void> {
    session.release();
    return Promise.resolve();
  }

  /** Ends reads at once and waits for the write that is under way. */
  async destroy(): Promise<void> {
    await this.#wires.writer.acquire();
    for (const connection of this.#connections) connection.interrupt();
    for (let i = 0; i < READERS; i++) await this.#wires.readers.acquire();
    this.#close();
  }

  #close(): void {
    for (const connection of this.#connections) connection.closeSync();
    this.#instance?.closeSync();
    this.#connections = [];
    this.#instance = undefined;
    open.delete(this.#path);
  }
}

function settings(options: DuckdbOptions): Record<string, string> {
  return {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    ...setting("memory_limit", options.memoryLimit),
    ...setting("threads", options.threads),
    ...setting("temp_directory", options.tempDirectory),
  };
}

function setting(
  name: string,
  value: string | number | undefined,
): Record<string, string> {
  return value === undefined ? {} : { [name]: String(value) };
}
