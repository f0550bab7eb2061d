import { fixedClock, Problem, type Role } from "@hiraku/kernel";
import type { AuditEntry } from "@hiraku/kernel/control";
import { type Brokers, openBrokers } from "@hiraku/ngsi";
import { Hono } from "hono";
import assert from "node:assert/strict";
import { testPlaces } from "./_test_place.ts";
import { type Caller, type Env, PUBLIC } from "./identity/caller.ts";
import { entityRoutes } from "./entity_routes.ts";
import { mayWrite } from "./writable_entities.ts";
import { routedPath } from "./ngsi_binding.ts";
import { problemResponse } from "./problem_response.ts";

export const ORIGIN = "https://city.example";
export const PATH = "/ngsi-ld/v1/entities";
export const CORE =
  "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.8.jsonld";
export const SHELTER = "urn:ngsi-ld:EvacuationShelter:E1";
export const OCCUPANCY = "urn:ngsi-ld:ShelterOccupancy:E1";

const WRITER: Caller = {
  ...PUBLIC,
  kind: "key",
  id: "key-1",
  municipality: "412015",
  writesEntities: true,
};
const CALLERS: Readonly<Record<string, Caller>> = {
  public: PUBLIC,
  writer: WRITER,
  busWriter: { ...WRITER, id: "key-2", entityTypes: ["BusStop", "urn:bus:*"] },
  otsuWriter: { ...WRITER, municipality: "252018" },
  hq: withRole("412015", "hq"),
  otsuHq: withRole("252018", "hq"),
  board: withRole("412015", "board"),
};

function withRole(code: string, role: Role): Caller {
  return {
    ...PUBLIC,
    kind: "account",
    id: role,
    roles: new Map([[code, new Set([role])]]),
  };
}

export interface Sent {
  as?: string;
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Brokers of two cities behind HTTP, and what their audit has seen. */
export interface City {
  ask(path: string, sent?: Sent): Promise<Response>;
  readonly audited: readonly AuditEntry[];
}

export async function withCity(
  body: (city: City) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const clock = fixedClock("2026-11-01T00:00:00Z");
  const brokers: Brokers = await openBrokers({
    ...await testPlaces(folder),
    municipalities: CITIES,
    clock,
    contexts: { origin: ORIGIN },
  });
  const audited: AuditEntry[] = [];
  const app = new Hono<Env>({ getPath: routedPath });
  app.onError(problemResponse);
  app.route(
    "/",
    entityRoutes({
      async access(c, next) {
        const as = c.req.header("As");
        const caller = as === undefined ? PUBLIC : CALLERS[as];
        if (caller === undefined) throw new Problem("Unauthorized", "Who?");
        c.set("caller", caller);
        await next();
      },
      clock,
      brokers,
      origin: ORIGIN,
      mayWrite,
      audit: (entry) => Promise.resolve(void audited.push(entry)),
    }),
  );
  const ask = (
    path: string,
    { as, method, body, headers }: Sent = {},
  ) => {
    const text = body === undefined || typeof body === "string"
      ? body
      : JSON.stringify(body);
    const all = new Headers({ "NGSILD-Tenant": "saga_412015" });
    if (as !== undefined) all.set("As", as);
    if (text !== undefined) {
      all.set("Content-Type", "application/json");
      all.set("Content-Length", String(new Blob([text]).size));
    }
    for (const [name, value] of Object.entries(headers ?? {})) {
      all.set(name, value);
    }
    return Promise.resolve(app.request(path, {
      method: method ?? (text === undefined ? "GET" : "POST"),
      headers: all,
      ...text === undefined ? {} : { body: text },
    }));
  };
  try {
    await body({ ask, audited });
  } finally {
    await brokers.close();
    await Deno.remove(folder, { recursive: true });
  }
}

const CITIES = [
  { code: "412015", tenant: "saga_412015" },
  { code: "252018", tenant: "otsu_252018" },
];

export const shelter = {
  id: SHELTER,
  type: "EvacuationShelter",
  name: { type: "Property", value: "本庄小学校" },
  location: {
    type: "GeoProperty",
    value: { type: "Point", coordinates: [130.29, 33.24] },
  },
  openingStatus: { type: "VocabProperty", vocab: "open" },
};
export const occupancy = {
  id: OCCUPANCY,
  type: "ShelterOccupancy",
  evacueeTotal: 12,
};

/** Status and title of a problem answer. */
export async function problemOf(response: Response): Promise<[number, string]> {
  const { title, type } = await response.json();
  assert.equal(type, `https://uri.etsi.org/ngsi-ld/errors/${title}`);
  return [response.status, title];
}
