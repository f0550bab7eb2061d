import { Problem } from "../problem.ts";
import type { SchemaHold } from "./_schema_hold.ts";
import type { PostgresPool, PostgresPoolClient } from "kysely";
// @ts-types="@types/pg"
import pg from "pg";

/**
 * Connections whose failures to reach the database are `Problem` "Unavailable";
 * none is lent once a `hold` of theirs is lost.
 */
export function reachingPool(
  config: pg.PoolConfig,
  hold?: SchemaHold,
): PostgresPool {
  const pool = new pg.Pool(config);
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  // A connection that breaks is made anew when needed; whoever is using it is
  // told by the statement that fails, and nobody else needs to be.
  pool.on("error", () => {});
  pool.on("connect", (client) => void client.on("error", () => {}));

  return {
    options: pool.options,
    async end() {
      await hold?.release();
      await pool.end();
    },
    async connect() {
      hold?.check();
      const client = await pool.connect().catch(tell);
      const known = clients.get(client) ?? reaching(client);
      clients.set(client, known);
      return known;
    },
  };
}

function reaching(client: pg.PoolClient): PostgresPoolClient {
  const query: unknown = (statement: string, parameters: unknown[]) =>
    client.query(statement, parameters).catch(tell);
  return {
    // No cursors: a stream of rows is not asked for here.
    query: query as PostgresPoolClient["query"],
    release: () => client.release(),
  };
}

// Classes 08 and 53, shutting down and starting, another transaction's lock,
// a standby, a failing disk; then what the operating system and the driver say.
const SQLSTATES = /^(08...|53...|57P0[1-5]|40001|40P01|25006|58030)$/;
const SYSTEM =
  /^E(CONNREFUSED|CONNRESET|CONNABORTED|PIPE|TIMEDOUT|AI_AGAIN|HOSTUNREACH|NETUNREACH)$|^ENOTFOUND$/;
const DRIVER =
  /^Connection terminated|not queryable|timeout exceeded when trying to connect|^Client was closed/;

/** Throws `Problem` "Unavailable" for what says that the database cannot be reached. */
export function tell(error: unknown): never {
  if (!(error instanceof Error)) throw error;
  const code = "code" in error ? String(error.code) : "";
  const isExpected = SQLSTATES.test(code) || SYSTEM.test(code) ||
    DRIVER.test(error.message);
  if (!isExpected) throw error;
  // The driver's own message may quote the address, and with it the password.
  throw new Problem("Unavailable", "The database cannot be reached", {
    retryAfter: 5,
  });
}
