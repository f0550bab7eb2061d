import { environment } from "@hiraku/kernel";
import {
  migrateStore,
  openPostgres,
  openSqlite,
  sql,
  type Store,
} from "@hiraku/kernel/store";
import type { Tables } from "./tables.ts";
import { MIGRATIONS } from "./migrations.ts";

const IN_MEMORY = ":memory:";
const addresses = new Map<string, string>();
let database: string | undefined;

/**
 * Where a broker under test keeps everything: in PostgreSQL where
 * `HIRAKU_TEST_POSTGRES` names one, in schemas of its own. The same `path` is
 * the same place again.
 */
export async function testPlace(
  path = IN_MEMORY,
): Promise<{ path: string; postgres?: string }> {
  const server = environment("HIRAKU_TEST_POSTGRES");
  if (server === undefined) return { path };
  const address = addresses.get(path) ?? await freshAddress(server);
  if (path !== IN_MEMORY) addresses.set(path, address);
  return { path, postgres: address };
}

/** Opens such a place with the tables of a broker. */
export async function openTestStore(path?: string): Promise<Store<Tables>> {
  const place = await testPlace(path);
  const db = place.postgres === undefined
    ? openSqlite<Tables>(place.path)
    : await openPostgres<Tables>(place.postgres, { schema: "broker" });
  await migrateStore(db, MIGRATIONS);
  return db;
}

async function freshAddress(server: string): Promise<string> {
  database ??= await freshDatabase(server);
  const url = new URL(database);
  url.searchParams.set("schema_prefix", `${freshName()}_`);
  return url.href;
}

/** A schema costs more the more tables its database has: one for each file of tests. */
async function freshDatabase(server: string): Promise<string> {
  const name = freshName();
  const db = await openPostgres(server, { schema: "public" });
  await sql`CREATE DATABASE ${sql.id(name)}`.execute(db);
  await db.destroy();
  const url = new URL(server);
  url.pathname = name;
  return url.href;
}

function freshName(): string {
  return `t${crypto.randomUUID().slice(0, 8)}`;
}
