import { fixedClock } from "@hiraku/kernel";
import { openBrokers } from "@hiraku/ngsi";
import { Hono } from "hono";
import assert from "node:assert/strict";
import { testPlaces } from "./_test_place.ts";
import { entityRoutes } from "./entity_routes.ts";
import { type Env, PUBLIC } from "./identity/caller.ts";
import { problemResponse } from "./problem_response.ts";

const ENTITIES = "/ngsi-ld/v1/entities";
const CONTEXTS = "/ngsi-ld/v1/jsonldContexts";
const clock = fixedClock("2026-11-01T00:00:00Z");

type Ask = (path: string, tenant: string, body?: unknown) => Promise<Response>;

/** A broker whose folder stays from one opening to the next. */
async function withTenants(
  places: Awaited<ReturnType<typeof testPlaces>>,
  tenantsByRequest: boolean,
  body: (ask: Ask) => Promise<void>,
): Promise<void> {
  const brokers = await openBrokers({
    ...places,
    municipalities: [{ code: "412015", tenant: "saga_412015" }],
    tenantsByRequest,
    clock,
  });
  const app = new Hono<Env>();
  app.onError(problemResponse);
  app.use(async (c, next) => {
    c.set("caller", { ...PUBLIC, openTenants: brokers.open });
    await next();
  });
  app.route(
    "/",
    entityRoutes({
      clock,
      brokers,
      origin: "https://city.example",
      audit: () => Promise.resolve(),
    }),
  );
  const ask: Ask = async (path, tenant, sent) => {
    const text = sent === undefined ? undefined : JSON.stringify(sent);
    return await app.request(path, {
      method: text === undefined ? "GET" : "POST",
      headers: {
        "NGSILD-Tenant": tenant,
        "Content-Type": "application/json",
        "Content-Length": String(text?.length ?? 0),
      },
      ...text === undefined ? {} : { body: text },
    });
  };
  try {
    await body(ask);
  } finally {
    await brokers.close();
  }
}

const thing = (n: number) => ({ id: `urn:ngsi-ld:Thing:${n}`, type: "Thing" });

Deno.test("CIM 009 5.5.10: where requests make tenants, what creates makes one that stays, and no municipality's", async () => {
  const folder = await Deno.makeTempDir();
  const places = await testPlaces(folder);
  const query = `${ENTITIES}?type=Thing`;
  const statuses: number[] = [];

  await withTenants(places, true, async (ask) => {
    statuses.push((await ask(query, "trial")).status);
    assert.deepEqual(await (await ask(CONTEXTS, "trial")).json(), []);
    const made = await Promise.all(
      [1, 2].map((n) => ask(ENTITIES, "trial", thing(n))),
    );
    statuses.push(...made.map(({ status }) => status));
    statuses.push((await ask(ENTITIES, "No Name", thing(1))).status);
    statuses.push((await ask(ENTITIES, "saga_412015", thing(1))).status);
    assert.equal(made[0]?.headers.get("NGSILD-Tenant"), "trial");
  });
  await withTenants(places, true, async (ask) => {
    const kept = await (await ask(query, "trial")).json();
    assert.equal(kept.length, 2);
    statuses.push((await ask(query, "other")).status);
  });
  await withTenants(places, false, async (ask) => {
    statuses.push((await ask(ENTITIES, "trial", thing(3))).status);
  });

  assert.deepEqual(statuses, [404, 201, 201, 400, 401, 404, 404]);
  await Deno.remove(folder, { recursive: true });
});
