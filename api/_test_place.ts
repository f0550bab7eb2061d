import { environment, layout } from "@hiraku/kernel";
import { openPostgres, sql } from "@hiraku/kernel/store";
import type { openBrokers } from "@hiraku/ngsi";

type Places = Pick<
  Parameters<typeof openBrokers>[0],
  "layout" | "postgres"
>;

let database: string | undefined;

/**
 * Where brokers under test keep everything: in `folder`, and in PostgreSQL
 * what they can where `HIRAKU_TEST_POSTGRES` names one.
 */
export async function testPlaces(folder: string): Promise<Places> {
  const server = environment("HIRAKU_TEST_POSTGRES");
  const places = { layout: layout(folder) };
  if (server === undefined) return places;
  database ??= await freshDatabase(server);
  const url = new URL(database);
  url.searchParams.set("schema_prefix", `${freshName()}_`);
  return { ...places, postgres: url.href };
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
