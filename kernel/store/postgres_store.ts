import { Problem } from "../problem.ts";
import { Kysely, PostgresDialect, sql } from "kysely";
// @ts-types="@types/pg"
import pg from "pg";
import type { Store } from "./store.ts";

export interface PostgresOptions {
  /** Schema of the tables, made if need be; letters, digits and `_`. */
  readonly schema: string;
  readonly connections?: number;
}

const INT8 = 20;
const CANNOT_CONNECT = /ECONNREFUSED|ETIMEDOUT|ENOTFOUND|terminat|57P0|53300/;

/**
 * Opens a schema of a PostgreSQL database at an address such as
 * `postgres://user:password@host/name`. Commits wait for the disk. 64-bit
 * integers come back as `number`. A database that cannot be reached is
 * `Problem` "Unavailable".
 */
export async function openPostgres<Tables>(
  url: string,
  { schema, connections = 8 }: PostgresOptions,
): Promise<Store<Tables>> {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    options: `-c search_path=${schema} -c synchronous_commit=on`,
    types: {
      getTypeParser: (id, format) =>
        id === INT8 ? Number : pg.types.getTypeParser(id, format),
    } as pg.CustomTypesConfig,
  });
  // A connection that breaks while nobody uses it is made anew when needed.
  pool.on("error", () => {});
  const store = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await sql`CREATE SCHEMA IF NOT EXISTS ${sql.id(schema)}`.execute(store);
  } catch (error) {
    await store.destroy();
    throw unreachable(error);
  }
  return store;
}

function unreachable(error: unknown): unknown {
  const code = error instanceof Error && "code" in error
    ? String(error.code)
    : String(error);
  if (!CANNOT_CONNECT.test(code)) return error;
  // The driver's own message may quote the address, and with it the password.
  return new Problem("Unavailable", "The database cannot be reached", {
    retryAfter: 5,
  });
}
