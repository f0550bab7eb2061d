import { environment, layout } from "@hiraku/kernel";
import type { openBrokers } from "@hiraku/ngsi";

type Places = Pick<
  Parameters<typeof openBrokers>[0],
  "layout" | "postgres"
>;

/**
 * Where brokers under test keep everything: in `folder`, and in PostgreSQL
 * what they can where `HIRAKU_TEST_POSTGRES` names one.
 */
export function testPlaces(folder: string): Places {
  const server = environment("HIRAKU_TEST_POSTGRES");
  const places = { layout: layout(folder) };
  if (server === undefined) return places;
  const url = new URL(server);
  const prefix = crypto.randomUUID().slice(0, 8);
  url.searchParams.set("schema_prefix", `${prefix}_`);
  return { ...places, postgres: url.href };
}
