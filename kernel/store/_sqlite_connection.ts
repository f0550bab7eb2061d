import { Problem } from "../problem.ts";
import type { CompiledQuery, DatabaseConnection, QueryResult } from "kysely";
import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";

type Statement = Pick<CompiledQuery, "sql" | "parameters">;
type Row = Record<string, unknown>;
type Decode = (value: unknown) => unknown;

interface Prepared {
  readonly statement: StatementSync;
  readonly returnsRows: boolean;
  /** Columns whose declared type is richer than what SQLite stores. */
  readonly decoders: readonly (readonly [name: string, decode: Decode])[];
}

const KEPT_STATEMENTS = 500;

export class SqliteConnection implements DatabaseConnection {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, Prepared>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  get inTransaction(): boolean {
    return this.#database.isTransaction;
  }

  // deno-lint-ignore require-await -- a throw must become a rejection
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.run(query);
  }

  run<R>(query: Statement): QueryResult<R> {
    try {
      return this.#run(query);
    } catch (error) {
      throw expected(error);
    }
  }

  #run<R>(query: Statement): QueryResult<R> {
    const prepared = this.#statement(query.sql);
    const values = query.parameters.map(encode);
    if (prepared.returnsRows) {
      const rows = prepared.statement.all(...values);
      return { rows: decoded<R>(rows, prepared) };
    }
    const { changes, lastInsertRowid } = prepared.statement.run(...values);
    if (/^\s*(create|alter|drop)\b/i.test(query.sql)) this.#prepared.clear();
    return {
      rows: [],
      numAffectedRows: BigInt(changes),
      insertId: BigInt(lastInsertRowid),
    };
  }

  async *streamQuery<R>(
    query: CompiledQuery,
    chunkSize: number,
  ): AsyncIterableIterator<QueryResult<R>> {
    // Its own statement: running a kept one again would rewind this cursor.
    const prepared = prepare(this.#database, query.sql);
    const values = query.parameters.map(encode);
    let chunk: Row[] = [];
    for (const row of prepared.statement.iterate(...values)) {
      chunk.push(row);
      if (chunk.length < Math.max(1, chunkSize)) continue;
      yield { rows: decoded<R>(chunk, prepared) };
      chunk = [];
    }
    if (chunk.length > 0) yield { rows: decoded<R>(chunk, prepared) };
  }

  close(): void {
    this.#prepared.clear();
    this.#database.close();
  }

  #statement(sql: string): Prepared {
    const known = this.#prepared.get(sql);
    if (known !== undefined) {
      this.#prepared.delete(sql);
      this.#prepared.set(sql, known);
      return known;
    }
    const made = prepare(this.#database, sql);
    this.#prepared.set(sql, made);
    const [oldest] = this.#prepared.keys();
    if (this.#prepared.size > KEPT_STATEMENTS && oldest !== undefined) {
      this.#prepared.delete(oldest);
    }
    return made;
  }
}

const BUSY = 5;
const INPUT_OUTPUT = 10;
const FULL = 13;
const TRY_AGAIN_AFTER_SECONDS = 5;

/** A busy file, a failing or a full disk is nobody's mistake. */
function expected(error: unknown): unknown {
  const code = error instanceof Error && "errcode" in error
    ? Number(error.errcode) & 0xff
    : 0;
  if (![BUSY, INPUT_OUTPUT, FULL].includes(code)) return error;
  return new Problem("Unavailable", "The store cannot be written right now", {
    cause: error,
    retryAfter: TRY_AGAIN_AFTER_SECONDS,
  });
}

function prepare(database: DatabaseSync, sql: string): Prepared {
  const statement = database.prepare(sql);
  const columns = statement.columns();
  const decoders = columns.flatMap(({ name, type }) => {
    const decode = DECODERS[type?.toLowerCase() ?? ""];
    return decode === undefined ? [] : [[name, decode] as const];
  });
  return { statement, returnsRows: columns.length > 0, decoders };
}

const toBoolean: Decode = (value) => value === null ? null : value !== 0;
const toDate: Decode = (value) =>
  typeof value === "string" ? new Date(value) : value;

const DECODERS: Readonly<Record<string, Decode>> = {
  boolean: toBoolean,
  timestamp: toDate,
  datetime: toDate,
};

// node:sqlite's rows have no prototype, which surprises whoever compares them.
function decoded<R>(rows: readonly Row[], { decoders }: Prepared): R[] {
  return rows.map((stored) => {
    const row = { ...stored };
    for (const [name, decode] of decoders) row[name] = decode(row[name]);
    return row as R;
  });
}

function encode(value: unknown): SQLInputValue {
  switch (typeof value) {
    case "undefined":
      return null;
    case "boolean":
      return value ? 1 : 0;
    case "string":
    case "number":
    case "bigint":
      return value;
    case "object":
      if (value === null || value instanceof Uint8Array) return value;
      if (value instanceof Date) return value.toISOString();
      return JSON.stringify(value);
    default:
      throw new TypeError(`A ${typeof value} cannot be a parameter`);
  }
}
