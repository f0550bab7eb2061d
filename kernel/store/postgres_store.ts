import { Kysely, PostgresDialect, sql } from "kysely";
import { createHash } from "node:crypto";
// @ts-types="@types/pg"
import pg from "pg";
import { reachingPool, tell } from "./_postgres_pool.ts";
import { SchemaHold } from "./_schema_hold.ts";
import type { Store } from "./store.ts";

export interface PostgresOptions {
  /** Schema of the tables, made if need be. */
  readonly schema: string;
  readonly connections?: number;
  /**
   * Refuses a schema that another process has opened likewise, by its name and
   * after so many milliseconds: one that was killed may not be gone yet.
   */
  readonly aloneWithinMs?: number;
}

const INT8 = 20;
const LONGEST_NAME = 63;
const HASH_LENGTH = 16;
const CONNECT_WITHIN_MS = 10_000;
const PREFIX = "schema_prefix";

/**
 * Opens a schema of a PostgreSQL database at an address such as
 * `postgres://user:password@host/name`; `?schema_prefix=` in it goes before the
 * schema's name, so that installations can share a database. Commits wait for
 * the disk. 64-bit integers come back as `number`. Whatever fails because the
 * database cannot be reached, is full or starts is `Problem` "Unavailable";
 * when that is a commit, it may have happened.
 */
export async function openPostgres<Tables>(
  address: string,
  { schema, connections = 8, aloneWithinMs }: PostgresOptions,
): Promise<Store<Tables>> {
  const url = new URL(address);
  const name = identifier(`${url.searchParams.get(PREFIX) ?? ""}${schema}`);
  const settings = [
    ...url.searchParams.getAll("options"),
    `-c search_path="${name}" -c synchronous_commit=on`,
  ];
  url.searchParams.delete(PREFIX);
  // What stands in an address wins over what is given beside it.
  url.searchParams.set("options", settings.join(" "));
  const connecting = {
    connectionString: url.href,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    keepAlive: true,
  };
  const hold = aloneWithinMs === undefined
    ? undefined
    : new SchemaHold(connecting, name);
  const pool = reachingPool({
    ...connecting,
    max: connections,
    types: {
      getTypeParser: (id, format) =>
        id === INT8 ? Number : pg.types.getTypeParser(id, format),
    } as pg.CustomTypesConfig,
  }, hold);
  const store = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await hold?.take(aloneWithinMs ?? 0).catch(tell);
    await sql`CREATE SCHEMA IF NOT EXISTS ${sql.id(name)}`.execute(store);
  } catch (error) {
    await store.destroy();
    throw error;
  }
  return store;
}

/** PostgreSQL would cut a longer name, and two could become one. */
function identifier(name: string): string {
  if (!/^[\w-]+$/.test(name)) {
    throw new Error("A schema's name is made of letters, digits, - and _");
  }
  if (name.length <= LONGEST_NAME) return name;
  const hash = createHash("sha256").update(name).digest("hex")
    .slice(0, HASH_LENGTH);
  return `${name.slice(0, LONGEST_NAME - HASH_LENGTH - 1)}_${hash}`;
}
