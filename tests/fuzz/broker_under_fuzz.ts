import { fixedClock, layout, type Role } from "@hiraku/kernel";
import { openSqlite, sql, type Store } from "@hiraku/kernel/store";
import { openPostgres } from "@hiraku/kernel/store";
import { type Brokers, openBrokers } from "@hiraku/ngsi";
import { Hono } from "hono";
import { type Caller, type Env, PUBLIC } from "../../api/identity/caller.ts";
import { deadLetterRoutes } from "../../api/dead_letter_routes.ts";
import { entityRoutes } from "../../api/entity_routes.ts";
import { routedPath } from "../../api/ngsi_binding.ts";
import { notificationStream } from "../../api/notification_stream.ts";
import { problemResponse } from "../../api/problem_response.ts";

const CODE = "412015";
const SAGA = { code: CODE, tenant: "saga_412015" };
const CITIES = [SAGA, { code: "252018", tenant: "otsu_252018" }];
const HQ: Caller = {
  ...PUBLIC,
  kind: "account",
  id: "hq",
  roles: new Map([["*", new Set<Role>(["hq", "admin"])]]),
};
const CALLERS: Readonly<Record<string, Caller>> = {
  hq: HQ,
  writer: {
    ...HQ,
    kind: "key",
    id: "key",
    municipality: CODE,
    writesEntities: true,
  },
};
const LONG_MS = 2_000_000_000;

/** A broker with a store on disk behind HTTP, and a second look at its state. */
export interface BrokerUnderFuzz extends AsyncDisposable {
  answer(request: Request): Promise<Response>;
  /** The error behind the last answer that was our fault. */
  lastFault(): unknown;
  /** What is kept of entities, subscriptions and hosted contexts. */
  state(): Promise<string>;
  /** What is kept of the past. */
  history(): Promise<string>;
}

export async function openBrokerUnderFuzz(
  postgres?: string,
): Promise<BrokerUnderFuzz> {
  const folder = await Deno.makeTempDir({ prefix: "hiraku-fuzz-" });
  const clock = fixedClock("2026-11-01T00:00:00Z");
  const brokers: Brokers = await openBrokers({
    layout: layout(folder),
    municipalities: CITIES,
    clock,
    // Nothing may happen by itself.
    sweepEveryMs: LONG_MS,
    contexts: { origin: "https://city.example" },
    ...postgres === undefined ? {} : { postgres },
  });
  const app = new Hono<Env>({ getPath: routedPath });
  let fault: unknown;
  app.onError((error) => {
    fault = error;
    return problemResponse(error);
  });
  app.use(async (c, next) => {
    c.set("caller", CALLERS[c.req.header("As") ?? ""] ?? PUBLIC);
    await next();
  });
  const audit = () => Promise.resolve();
  const origin = "https://city.example";
  app.route("/", entityRoutes({ clock, brokers, origin, audit }));
  app.route("/", deadLetterRoutes(brokers));
  app.route("/", notificationStream({ brokers, audit, heartbeatMs: LONG_MS }));
  const second: Store<Kept> = postgres === undefined
    ? openSqlite<Kept>(layout(folder).broker(CODE))
    : await openPostgres<Kept>(postgres, { schema: `broker_${CODE}` });

  let seen: { version: number | undefined; state: string } = {
    version: undefined,
    state: "",
  };

  return {
    answer: (request) => Promise.resolve(app.fetch(request)),
    lastFault: () => fault,
    async state() {
      // SQLite counts what others commit; as long as it does not, nothing is new.
      const version = postgres === undefined
        ? (await sql<Version>`PRAGMA data_version`.execute(second)).rows[0]
          ?.data_version
        : undefined;
      if (version === undefined || version !== seen.version) {
        seen = { version, state: await stateIn(second) };
      }
      return seen.state;
    },
    async history() {
      const history = await brokers.get(CODE).history.read();
      const { rows } = await sql`
        SELECT count(*)::VARCHAR AS n, bit_xor(hash(seq, content, types))::VARCHAR
          AS h FROM instance`.execute(history);
      return JSON.stringify(rows);
    },
    async [Symbol.asyncDispose]() {
      await second.destroy();
      await brokers.close();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

interface Version {
  data_version: number;
}

async function stateIn(store: Store<Kept>): Promise<string> {
  return JSON.stringify([
    await store.selectFrom("entity").select(["id", "document"])
      .orderBy("id").execute(),
    await store.selectFrom("subscription").select(["id", "document"])
      .orderBy("id").execute(),
    await store.selectFrom("context").select(["id", "kind"])
      .where("kind", "=", "Hosted").orderBy("id").execute(),
  ]);
}

interface Kept {
  entity: { id: string; document: string };
  subscription: { id: string; document: string };
  context: { id: string; kind: string };
}
