import { layout, systemClock } from "@hiraku/kernel";
import { openBrokers } from "@hiraku/ngsi";
import { Validator } from "@seriousme/openapi-schema-validator";
import assert from "node:assert/strict";
import { withCity } from "./_broker_city.ts";
import { deadLetterRoutes } from "./dead_letter_routes.ts";
import { entityRoutes } from "./entity_routes.ts";
import { notificationStream } from "./notification_stream.ts";
import { OPERATIONS, parametersOf } from "./openapi/document.ts";
import { PARAMETERS } from "./openapi/parameters.ts";
import { openapiRoute } from "./openapi_route.ts";

const PATH = "/api/v1/broker/openapi.json";

Deno.test("GET openapi.json answers valid OpenAPI 3.1 that names origin and clauses", async () => {
  const app = openapiRoute("https://city.example");

  const response = await app.request(PATH);
  const document = await response.json();
  const result = await new Validator().validate(document);

  assert.equal(response.status, 200);
  assert.deepEqual([result.valid, result.errors], [true, undefined]);
  assert.match(document.openapi, /^3\.1\./);
  assert.deepEqual(document.servers, [{ url: "https://city.example" }]);
  const create = document.paths["/ngsi-ld/v1/entities"].post;
  assert.match(create.description, /CIM 009 6\.4\.3\.1/);
  const ids = OPERATIONS.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  const broken = structuredClone(document);
  delete broken.info.title;
  assert.equal((await new Validator().validate(broken)).valid, false);
});

Deno.test("every route of the broker is in openapi.json, and nothing else", async () => {
  const folder = await Deno.makeTempDir();
  const brokers = await openBrokers({
    layout: layout(folder),
    municipalities: [],
    clock: systemClock,
  });
  const audit = () => Promise.resolve();
  const parts = { brokers, audit, clock: systemClock, origin: "http://a.b" };
  const apps = [
    entityRoutes(parts),
    notificationStream(parts),
    deadLetterRoutes(brokers),
  ];
  await brokers.close();
  await Deno.remove(folder, { recursive: true });

  const routes = apps.flatMap((app) => app.routes)
    .filter(({ method }) => method !== "ALL")
    .map(({ method, path }) => `${method} ${braced(path)}`);

  // The hosted context is one of those that are served by their id.
  const described = OPERATIONS.filter(({ path }) => !path.endsWith("/hiraku"))
    .map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  assert.deepEqual(
    [...new Set(routes)].map(nameless).sort(),
    described.map(nameless).sort(),
  );
});

Deno.test("every operation takes the parameters that openapi.json gives it, and no other", () =>
  withCity(async ({ ask }) => {
    const wrong: string[] = [];
    for (const operation of OPERATIONS) {
      if (operation.clause === undefined) continue;
      if (operation.path.endsWith("/hiraku")) continue;
      const known = parametersOf(operation);
      const method = operation.method.toUpperCase();
      const path = operation.path.replace("{id}", "urn:x:1")
        .replace("{attribute}", "a").replace("{type}", "T")
        .replace("{instance}", "urn:x:i");
      for (const name of Object.keys(PARAMETERS)) {
        const response = await ask(`${path}?${name}=x`, {
          as: "writer",
          method,
          ...method === "GET" || method === "DELETE"
            ? {}
            : { body: { type: "Query", entities: [{ type: "T" }] } },
        });
        const text = await response.text();
        const unknown = text.includes("There is a parameter unknown here") ||
          text.includes("OperationNotSupported");
        const maps = name.startsWith("entityMap") || name === "splitEntities";
        if (!maps && unknown === known.includes(name)) {
          wrong.push(`${operation.id} ${name}`);
        }
      }
    }

    assert.deepEqual(wrong, []);
  }));

function braced(path: string): string {
  return path.replaceAll(/:(\w+)/g, "{$1}");
}

/** Variables are called as it is clearest in either place. */
function nameless(route: string): string {
  return route.replaceAll(/\{\w+\}/g, "{}");
}
