import assert from "node:assert/strict";
import { fixedClock, systemClock } from "@hiraku/kernel";
import { openBrokers, readEntity } from "@hiraku/ngsi";
import { Hono } from "hono";
import { testPlaces } from "./_test_place.ts";
import { type Env, PUBLIC } from "./identity/caller.ts";
import { entityRoutes } from "./entity_routes.ts";
import { withQuickAnswers } from "./quick_answers.ts";

const CODE = "412015";
const URL = "http://city.example/ngsi-ld/v1/entities/urn:ngsi-ld:Stop:1";

Deno.test("withQuickAnswers() gives an answer again until something is written", async () => {
  const folder = await Deno.makeTempDir();
  const brokers = await openBrokers({
    ...await testPlaces(folder),
    municipalities: [{ code: CODE, tenant: "saga_412015" }],
    clock: systemClock,
  });
  let routed = 0;
  const app = new Hono<Env>();
  app.use(async (c, next) => {
    routed += 1;
    c.set("caller", PUBLIC);
    await next();
  });
  app.route(
    "/",
    entityRoutes({
      clock: systemClock,
      brokers,
      origin: "http://city.example",
      audit: () => Promise.resolve(),
    }),
  );
  const clock = fixedClock("2026-11-01T00:00:00Z");
  const answer = withQuickAnswers(app, { brokers, clock });
  const ask = async (accept = "application/json") => {
    const headers = { "NGSILD-Tenant": "saga_412015", "Accept": accept };
    const response = await answer(new Request(URL, { headers }));
    return {
      status: response.status,
      body: await response.json(),
      headers: response.headers,
    };
  };
  try {
    const broker = brokers.get(CODE);
    const { defaultNames } = broker.contexts;
    const stop = (places: number) =>
      readEntity(
        { id: "urn:ngsi-ld:Stop:1", type: "Stop", places },
        defaultNames,
      );
    await broker.create(stop(1));

    const first = await ask();
    await ask();
    const before = routed;
    const again = await ask();
    const otherwise = await ask("application/ld+json");
    await broker.upsert([stop(2)], "replace");
    const changed = await ask();

    assert.deepEqual(again.body, first.body);
    assert.deepEqual([...again.headers], [...first.headers]);
    assert.equal(routed, before + 2);
    assert.ok("@context" in otherwise.body);
    assert.equal(changed.body.places.value, 2);
  } finally {
    await brokers.close();
    await Deno.remove(folder, { recursive: true });
  }
});
