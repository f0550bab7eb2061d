import {
  type DuckDBConnection,
  type DuckDBMaterializedResult,
  type DuckDBResult,
  type JS,
  ResultReturnType,
  StatementType,
} from "@duckdb/node-api";
import type {
  AbortableOperationOptions,
  CompiledQuery,
  DatabaseConnection,
  QueryResult,
  TransactionSettings,
} from "kysely";
import { bound, decode } from "./_duckdb_value.ts";
import type { Pool } from "./_pool.ts";

/** The connections of one DuckDB instance: one writes, several read. */
export interface Wires {
  readonly writer: Pool<DuckDBConnection>;
  readonly readers: Pool<DuckDBConnection>;
}

interface Held {
  readonly pool: Pool<DuckDBConnection>;
  readonly connection: DuckDBConnection;
}

/**
 * What Kysely takes for a connection. Outside a transaction every statement
 * borrows the connection it needs; a transaction keeps one until its end.
 */
export class DuckdbSession implements DatabaseConnection {
  readonly #wires: Wires;
  #pinned: Held | undefined;
  // node-api crashed with two statements at once on one connection.
  #last: Promise<unknown> = Promise.resolve();

  constructor(wires: Wires) {
    this.#wires = wires;
  }

  async begin(settings: TransactionSettings): Promise<void> {
    const level = settings.isolationLevel;
    if (level !== undefined && level !== "snapshot") {
      throw new Error(
        `DuckDB knows isolation level 'snapshot', not '${level}'`,
      );
    }
    const reads = settings.accessMode === "read only";
    this.#pinned = await borrow(
      reads ? this.#wires.readers : this.#wires.writer,
    );
    await this.#pinned.connection.run(
      reads ? "BEGIN TRANSACTION READ ONLY" : "BEGIN TRANSACTION",
    );
  }

  async commit(): Promise<void> {
    await this.#pinned?.connection.run("COMMIT");
    this.release();
  }

  async rollback(): Promise<void> {
    await this.#last;
    try {
      await this.#pinned?.connection.run("ROLLBACK");
    } catch (error) {
      // A COMMIT that failed has rolled back already.
      if (!isAbout(error, "no transaction is active")) throw error;
    } finally {
      this.release();
    }
  }

  release(): void {
    if (this.#pinned === undefined) return;
    this.#pinned.pool.release(this.#pinned.connection);
    this.#pinned = undefined;
  }

  executeQuery<R>(
    query: CompiledQuery,
    options?: AbortableOperationOptions,
  ): Promise<QueryResult<R>> {
    return this.#inTurn(() =>
      this.#withConnection(query, async (connection) => {
        const result = await abortable(
          connection,
          options?.signal,
          () => run(connection, query),
        );
        return result === undefined ? { rows: [] } : await outcome<R>(result);
      })
    );
  }

  async *streamQuery<R>(
    query: CompiledQuery,
    _chunkSize: number,
    options?: AbortableOperationOptions,
  ): AsyncIterableIterator<QueryResult<R>> {
    // A later statement on the same connection would end a streamed result.
    if (this.#pinned !== undefined || !reads(query)) {
      yield await this.executeQuery<R>(query, options);
      return;
    }
    const held = await borrow(this.#wires.readers);
    const { connection } = held;
    const { values, types } = bound(query.parameters);
    const next = <T>(step: () => Promise<T>) =>
      abortable(connection, options?.signal, step);
    try {
      const result = await next(() =>
        connection.stream(query.sql, values, types)
      );
      const chunks = result?.yieldConvertedRowObjects<JS>(decode);
      while (chunks !== undefined) {
        const chunk = await next(() => chunks.next());
        if (chunk === undefined || chunk.done) return;
        yield { rows: chunk.value as R[] };
      }
    } finally {
      held.pool.release(connection);
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => {});
    return turn;
  }

  async #withConnection<T>(
    query: CompiledQuery,
    use: (connection: DuckDBConnection) => Promise<T>,
  ): Promise<T> {
    if (this.#pinned !== undefined) return await use(this.#pinned.connection);
    const reader = reads(query) || await isWithSelect(this.#wires, query);
    const held = await borrow(
      reader ? this.#wires.readers : this.#wires.writer,
    );
    try {
      return await use(held.connection);
    } finally {
      held.pool.release(held.connection);
    }
  }
}

async function borrow(pool: Pool<DuckDBConnection>): Promise<Held> {
  return { pool, connection: await pool.acquire() };
}

function reads({ query, sql }: CompiledQuery): boolean {
  if (query.kind === "SelectQueryNode") return true;
  return query.kind === "RawNode" && /^\s*(select|from|values)\b/i.test(sql);
}

/** A raw `WITH` may end in INSERT, UPDATE or DELETE; only the parser knows. */
async function isWithSelect(
  { readers }: Wires,
  { query, sql }: CompiledQuery,
): Promise<boolean> {
  if (query.kind !== "RawNode" || !/^\s*with\b/i.test(sql)) return false;
  const connection = await readers.acquire();
  try {
    const prepared = await connection.prepare(sql);
    const type = prepared.statementType;
    prepared.destroySync();
    return type === StatementType.SELECT;
  } finally {
    readers.release(connection);
  }
}

function run(
  connection: DuckDBConnection,
  { sql, parameters }: CompiledQuery,
): Promise<DuckDBMaterializedResult> {
  if (parameters.length === 0) return connection.run(sql);
  const { values, types } = bound(parameters);
  return connection.run(sql, values, types);
}

async function outcome<R>(result: DuckDBResult): Promise<QueryResult<R>> {
  if (result.returnType === ResultReturnType.QUERY_RESULT) {
    return { rows: await result.convertRowObjects<JS>(decode) as R[] };
  }
  return { rows: [], numAffectedRows: BigInt(result.rowsChanged) };
}

const INTERRUPT_AGAIN_MS = 20;

/** Runs a step and interrupts it on abort, then with no result: nobody waits for it any more. */
async function abortable<T>(
  connection: DuckDBConnection,
  signal: AbortSignal | undefined,
  step: () => Promise<T>,
): Promise<T | undefined> {
  if (signal === undefined) return await step();
  if (signal.aborted) return undefined;
  let again: ReturnType<typeof setInterval> | undefined;
  // An interrupt that comes while the statement is being prepared is lost.
  const stop = () => {
    connection.interrupt();
    again = setInterval(() => connection.interrupt(), INTERRUPT_AGAIN_MS);
  };
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await step();
  } catch (error) {
    if (signal.aborted && isAbout(error, "INTERRUPT")) return undefined;
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
    clearInterval(again);
  }
}

function isAbout(error: unknown, words: string): boolean {
  return error instanceof Error && error.message.includes(words);
}
