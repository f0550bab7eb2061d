import { environment } from "@hiraku/kernel";
import {
  migrateStore,
  openPostgres,
  openSqlite,
  type Store,
} from "@hiraku/kernel/store";
import { MIGRATIONS, type Tables } from "./tables.ts";

const IN_MEMORY = ":memory:";
const addresses = new Map<string, string>();

/**
 * Where a broker under test keeps everything: in PostgreSQL where
 * `HIRAKU_TEST_POSTGRES` names one, in schemas of its own. The same `path` is
 * the same place again.
 */
export function testPlace(
  path = IN_MEMORY,
): { path: string; postgres?: string } {
  const server = environment("HIRAKU_TEST_POSTGRES");
  if (server === undefined) return { path };
  const address = addresses.get(path) ?? freshAddress(server);
  if (path !== IN_MEMORY) addresses.set(path, address);
  return { path, postgres: address };
}

/** Opens such a place with the tables of a broker. */
export async function openTestStore(path?: string): Promise<Store<Tables>> {
  const place = testPlace(path);
  const db = place.postgres === undefined
    ? openSqlite<Tables>(place.path)
    : await openPostgres<Tables>(place.postgres, { schema: "broker" });
  await migrateStore(db, MIGRATIONS);
  return db;
}

function freshAddress(server: string): string {
  const url = new URL(server);
  const prefix = crypto.randomUUID().slice(0, 8);
  url.searchParams.set("schema_prefix", `${prefix}_`);
  return url.href;
}
