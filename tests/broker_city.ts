import {
  type Clock,
  fixedClock,
  layout,
  type Log,
  type Role,
} from "@hiraku/kernel";
import { openBrokers } from "@hiraku/ngsi";
import { Hono } from "hono";
import NGSI from "ngsijs";
import { type Caller, type Env, PUBLIC } from "../api/identity/caller.ts";
import { entityRoutes } from "../api/entity_routes.ts";
import { routedPath } from "../api/ngsi_binding.ts";
import { problemResponse } from "../api/problem_response.ts";
import {
  type EntityWriter,
  entityWriter,
} from "../pipelines/entities/entity_writer.ts";

export const CODE = "412015";
export const TENANT = "saga_412015";
export const PUBLIC_ID = "urn:ngsi-ld:EvacuationShelter:E4120100001111";
export const EXACT_ID = "urn:ngsi-ld:ShelterOccupancy:E4120100001111";

const CALLERS: Readonly<Record<string, Caller>> = {
  work: {
    ...PUBLIC,
    kind: "key",
    id: "work",
    municipality: CODE,
    writesEntities: true,
  },
  hq: {
    ...PUBLIC,
    kind: "key",
    id: "hq",
    roles: new Map([[CODE, new Set<Role>(["hq"])]]),
  },
};

export interface Connection {
  readonly ld: {
    getEntity(options: unknown): Promise<{ entity: Record<string, unknown> }>;
    queryEntities(
      options: unknown,
    ): Promise<{ results: { id: string }[]; count: number }>;
    createEntity(entity: unknown, options: unknown): Promise<unknown>;
    appendEntityAttributes(entity: unknown, options: unknown): Promise<unknown>;
    updateEntityAttributes(entity: unknown, options: unknown): Promise<unknown>;
    deleteEntity(options: unknown): Promise<unknown>;
  };
}

export interface City {
  readonly origin: string;
  /** How the requests so far began, such as `POST /ngsi-ld/v1/entities`. */
  readonly requests: string[];
  readonly log: Log & { warnings: number };
  /** Lets the next requests fail. */
  failing(count: number): void;
  connection(as?: string): Connection;
}

/** A broker of one city behind HTTP, and callers that may write, read all, or read what is public. */
export async function withCity(
  body: (city: City) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const clock = fixedClock("2026-11-01T00:00:00Z");
  const brokers = await openBrokers({
    layout: layout(folder),
    municipalities: [{ code: CODE, tenant: TENANT }],
    clock,
  });
  const requests: string[] = [];
  let failures = 0;
  const app = new Hono<Env>({ getPath: routedPath });
  app.onError(problemResponse);
  app.use(async (c, next) => {
    requests.push(`${c.req.method} ${new URL(c.req.url).pathname}`);
    failures -= 1;
    if (failures >= 0) return c.text("out of order", 500);
    const name = c.req.header("Authorization")?.replace("Bearer ", "") ?? "";
    c.set("caller", CALLERS[name] ?? PUBLIC);
    await next();
  });
  app.route(
    "/",
    entityRoutes({
      brokers,
      clock,
      origin: "https://city.example",
      audit: async () => {},
    }),
  );
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    app.fetch,
  );
  const origin = `http://127.0.0.1:${server.addr.port}`;
  const log = {
    warnings: 0,
    info() {},
    warn: () => void (log.warnings += 1),
    error() {},
  };
  try {
    await body({
      origin,
      requests,
      log,
      failing: (count) => void (failures = count),
      connection: (as) =>
        new NGSI.Connection(origin, {
          headers: as === undefined ? {} : { Authorization: `Bearer ${as}` },
        }),
    });
  } finally {
    await server.shutdown();
    await brokers.close();
    await Deno.remove(folder, { recursive: true });
  }
}

/** A clock that is moved by seconds. */
export function movingClock(
  start: string,
): Clock & { move(seconds: number): void } {
  let at = Date.parse(start);
  return {
    now: () => new Date(at),
    move: (seconds: number) => void (at += seconds * 1000),
  };
}

/** The writer of *work*, with short pauses. */
export function writerOf(
  city: City,
  clock: Clock = movingClock("2026-11-01T00:00:00Z"),
): EntityWriter {
  return entityWriter({
    origin: city.origin,
    tenant: TENANT,
    token: "work",
    clock,
    log: city.log,
    pausesMs: [1, 1],
  });
}
