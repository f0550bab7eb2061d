import type {
  CompiledQuery,
  DatabaseConnection,
  Driver,
  QueryResult,
  TransactionSettings,
} from "kysely";
import { SqliteConnection } from "./_sqlite_connection.ts";
import { openDatabase } from "./_sqlite_database.ts";
import { requireSerializable, SqliteAdapter } from "./_sqlite_driver.ts";
import type { Sent } from "./_sqlite_thread.ts";
import { SqliteWriter } from "./_sqlite_writer.ts";
import type { SqliteOptions } from "./sqlite_options.ts";

/** Reads go on beside a transaction. */
export class ThreadedSqliteAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

/** Reads in the thread that asks, writes in another. */
export class ThreadedSqliteDriver implements Driver {
  readonly #path: string;
  readonly #options: SqliteOptions;
  readonly #ends: Ends;
  #reader: SqliteConnection | undefined;

  constructor(path: string, options: SqliteOptions) {
    this.#path = path;
    this.#options = options;
    this.#ends = { writer: new SqliteWriter(path, options), lock: undefined };
  }

  async init(): Promise<void> {
    await this.#ends.writer.open();
    this.#reader = new SqliteConnection(
      openDatabase(this.#path, this.#options),
    );
  }

  acquireConnection(): Promise<ThreadedConnection> {
    if (this.#reader === undefined) throw new Error("The store is closed");
    return Promise.resolve(new ThreadedConnection(this.#reader, this.#ends));
  }

  async beginTransaction(
    connection: ThreadedConnection,
    settings: TransactionSettings,
  ): Promise<void> {
    requireSerializable(settings);
    await connection.begin();
  }

  commitTransaction(connection: ThreadedConnection): Promise<void> {
    return connection.commit();
  }

  rollbackTransaction(connection: ThreadedConnection): Promise<void> {
    return connection.rollback();
  }

  releaseConnection(): Promise<void> {
    return Promise.resolve();
  }

  async destroy(): Promise<void> {
    this.#reader?.close();
    this.#reader = undefined;
    await this.#ends.writer.close();
  }
}

/** What all connections of a store share; `lock` is there while somebody writes. */
interface Ends {
  readonly writer: SqliteWriter;
  lock: Promise<void> | undefined;
}

const BEGIN: Sent = { sql: "BEGIN IMMEDIATE", parameters: [] };
const COMMIT: Sent = { sql: "COMMIT", parameters: [] };
const ROLLBACK: Sent = { sql: "ROLLBACK", parameters: [] };

/**
 * Statements of a transaction that answer no rows wait until one is to answer
 * some, or for the commit: most transactions cross to the other thread once.
 */
class ThreadedConnection implements DatabaseConnection {
  readonly #reader: SqliteConnection;
  readonly #ends: Ends;
  /** What waits, while in a transaction. */
  #waiting: Sent[] | undefined;
  #begun = false;
  #unlock = () => {};

  constructor(reader: SqliteConnection, ends: Ends) {
    this.#reader = reader;
    this.#ends = ends;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const reads = isRead(query.sql);
    const waiting = this.#waiting;
    const untouched = !this.#begun && (waiting?.length ?? 0) === 0;
    // Nobody else writes meanwhile, so there is nothing of its own to miss yet.
    if (reads && untouched) return await this.#reader.executeQuery(query);
    const sent = { sql: query.sql, parameters: query.parameters };
    if (waiting === undefined) {
      await this.#lock();
      try {
        return await this.#ends.writer.run([sent]);
      } finally {
        this.#unlock();
      }
    }
    waiting.push(sent);
    return answersNothing(query.sql) ? { rows: [] } : await this.#cross();
  }

  async *streamQuery<R>(
    query: CompiledQuery,
    chunkSize: number,
  ): AsyncIterableIterator<QueryResult<R>> {
    if (isRead(query.sql) && this.#waiting === undefined) {
      yield* this.#reader.streamQuery<R>(query, chunkSize);
    } else yield await this.executeQuery<R>(query);
  }

  async begin(): Promise<void> {
    await this.#lock();
    this.#waiting = [];
  }

  async commit(): Promise<void> {
    const nothing = !this.#begun && this.#waiting?.length === 0;
    if (!nothing) {
      this.#waiting?.push(COMMIT);
      await this.#cross();
    }
    this.#end();
  }

  async rollback(): Promise<void> {
    try {
      // The other thread rolls back by itself whatever has failed there.
      if (this.#begun) await this.#ends.writer.run([ROLLBACK]);
    } finally {
      this.#end();
    }
  }

  async #cross<R>(): Promise<QueryResult<R>> {
    const waiting = this.#waiting ?? [];
    const statements = this.#begun ? waiting : [BEGIN, ...waiting];
    this.#waiting = [];
    this.#begun = true;
    try {
      return await this.#ends.writer.run<R>(statements);
    } catch (error) {
      this.#begun = false;
      throw error;
    }
  }

  #end(): void {
    this.#waiting = undefined;
    this.#begun = false;
    this.#unlock();
  }

  async #lock(): Promise<void> {
    while (this.#ends.lock !== undefined) await this.#ends.lock;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#ends.lock = promise;
    this.#unlock = () => {
      this.#unlock = () => {};
      this.#ends.lock = undefined;
      resolve();
    };
  }
}

const READ = /^\s*(SELECT|EXPLAIN)\b/i;
const WRITE = /^\s*(INSERT|UPDATE|DELETE|REPLACE)\b(?![\s\S]*\bRETURNING\b)/i;

const isRead = known((sql) => READ.test(sql));
const answersNothing = known((sql) => WRITE.test(sql));

const MOST_KNOWN = 2_000;

/** The same statements come again and again, and some are long. */
function known(test: (sql: string) => boolean): (sql: string) => boolean {
  const answers = new Map<string, boolean>();
  return (sql) => {
    let answer = answers.get(sql);
    if (answer === undefined) {
      answer = test(sql);
      if (answers.size >= MOST_KNOWN) answers.clear();
      answers.set(sql, answer);
    }
    return answer;
  };
}
