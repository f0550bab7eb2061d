import assert from "node:assert/strict";
import { acceptedType } from "./accepted_type.ts";
import {
  CORE,
  PATH,
  problemOf,
  SHELTER,
  shelter,
  withCity,
} from "./_broker_city.ts";

const ONE = `${PATH}/${SHELTER}`;
const JSON_TYPE = "application/json";
const LD = "application/ld+json";
const GEO = "application/geo+json";

for (
  const [accept, type] of [
    [undefined, JSON_TYPE],
    ["*/*", JSON_TYPE],
    ["application/*", JSON_TYPE],
    [`${LD}, ${JSON_TYPE}`, JSON_TYPE],
    [`${GEO}, ${JSON_TYPE}`, JSON_TYPE],
    [`${JSON_TYPE};q=0.1, ${LD};q=0.9`, LD],
    [`${JSON_TYPE};q=0, */*`, LD],
    [`*/*;q=0.9, ${LD};q=0.8`, JSON_TYPE],
    [`${LD};q=notanumber`, LD],
    [GEO.toUpperCase(), GEO],
  ] as const
) {
  Deno.test(`CIM 009 6.3.4: Accept ${accept} selects ${type}`, () => {
    assert.equal(acceptedType(accept, true), type);
  });
}

Deno.test("CIM 009 6.3.4: what cannot be answered is not acceptable, and GeoJSON only for entities", () =>
  withCity(async ({ ask }) => {
    for (
      const [path, accept] of [
        [ONE, "text/html"],
        [ONE, `${JSON_TYPE};q=0`],
        [`${PATH}?type=T`, "image/png"],
        ["/ngsi-ld/v1/jsonldContexts", GEO],
      ] as const
    ) {
      const response = await ask(path, { headers: { Accept: accept } });
      assert.equal(response.headers.get("Content-Type"), JSON_TYPE);
      assert.deepEqual(await problemOf(response), [406, "NotAcceptable"]);
    }
  }));

Deno.test("CIM 009 6.3.4: a body without a length is 411 and one of another type 415, both bare", () =>
  withCity(async ({ ask }) => {
    for (const method of ["POST", "PUT", "PATCH"]) {
      const response = await ask(ONE, {
        method,
        headers: { "NGSILD-Tenant": "nobody" },
      });
      assert.equal(response.status, 411);
      assert.equal(await response.text(), "");
    }
    for (
      const [method, type] of [
        ["POST", "text/plain"],
        ["PUT", "application/merge-patch+json"],
      ] as const
    ) {
      const path = method === "POST" ? PATH : ONE;
      const response = await ask(path, {
        as: "writer",
        method,
        body: shelter,
        headers: { "Content-Type": type },
      });
      assert.equal(response.status, 415);
      assert.equal(await response.text(), "");
      assert.equal(response.headers.has("Content-Type"), false);
    }
    assert.equal((await ask(ONE)).status, 404);
  }));

Deno.test("CIM 009 4.5.16 and 6.3.15: entities are answered as GeoJSON with their place", () =>
  withCity(async ({ ask }) => {
    await ask(PATH, { as: "writer", body: shelter });
    const geo = (path: string, headers = {}) =>
      ask(path, { headers: { Accept: GEO, ...headers } });

    const feature = await (await geo(ONE)).json();
    const plain = await geo(
      `${PATH}?type=EvacuationShelter&format=simplified`,
      {
        Prefer: "body=json",
      },
    );
    const collection = await plain.json();
    const nowhere = await (await geo(`${ONE}?geometryProperty=name`)).json();

    assert.equal(feature.type, "Feature");
    assert.equal(feature.id, SHELTER);
    assert.deepEqual(feature.geometry, shelter.location.value);
    assert.deepEqual(feature.properties.name, shelter.name);
    assert.equal("id" in feature.properties, false);
    assert.equal("@context" in feature, true);
    assert.equal(plain.headers.get("Content-Type"), GEO);
    assert.match(plain.headers.get("Link") ?? "", /json-ld#context/);
    assert.equal("@context" in collection, false);
    assert.equal(collection.features[0].properties.name, "本庄小学校");
    assert.equal(nowhere.geometry, null);
  }));

Deno.test("CIM 009 4.3.6.8: an earlier version is answered by its fallbacks", () =>
  withCity(async ({ ask }) => {
    const scoped = { ...shelter, scope: "/A" };
    await ask(PATH, { as: "writer", body: scoped });
    const prefer = (version: string) =>
      ask(ONE, { headers: { Prefer: `ngsi-ld=${version}` } });

    const same = await prefer("1.9");
    const older = await prefer("1.3");
    const odd = await prefer("2");

    assert.equal(same.status, 200);
    assert.equal(same.headers.get("Preference-Applied"), "ngsi-ld=1.9");
    assert.deepEqual(await same.json(), scoped);
    assert.equal(older.status, 203);
    const { openingStatus, scope } = await older.json();
    assert.equal(openingStatus.type, "Property");
    assert.equal(scope, undefined);
    assert.equal(odd.headers.has("Preference-Applied"), false);
  }));

Deno.test("CIM 009 6.2: a slash at the end names the same resource", () =>
  withCity(async ({ ask }) => {
    const created = await ask(`${PATH}/`, { as: "writer", body: shelter });

    assert.equal(created.status, 201);
    assert.equal((await ask(`${ONE}/`)).status, 200);
    assert.equal((await ask(`${PATH}/?type=EvacuationShelter`)).status, 200);
    assert.equal(
      (await ask("/ngsi-ld/v1/entities//attrs/a", { method: "DELETE" })).status,
      400,
    );
  }));

Deno.test("CIM 009 6.3.2: known paths say which methods they have", () =>
  withCity(async ({ ask }) => {
    const wrong = await ask(`${ONE}/attrs`, { method: "DELETE" });
    const options = await ask(PATH, { method: "OPTIONS" });
    const head = await ask("/ngsi-ld/v1/jsonldContexts", { method: "HEAD" });

    assert.equal(wrong.headers.get("Allow"), "POST, PATCH");
    assert.deepEqual(await problemOf(wrong), [405, "MethodNotAllowed"]);
    assert.equal(options.status, 204);
    assert.match(options.headers.get("Allow") ?? "", /DELETE/);
    assert.equal(head.status, 200);
    assert.equal(await head.text(), "");
  }));

Deno.test("CIM 009 5.2.3: a JSON-LD answer names the core context, once", () =>
  withCity(async ({ ask }) => {
    await ask(PATH, { as: "writer", body: shelter });
    const contextOf = async (url?: string) => {
      const relation = "http://www.w3.org/ns/json-ld#context";
      const response = await ask(`${ONE}?pick=id`, {
        headers: {
          Accept: LD,
          ...url === undefined ? {} : { Link: `<${url}>; rel="${relation}"` },
        },
      });
      assert.equal(response.headers.has("Link"), false);
      return (await response.json())["@context"];
    };

    assert.equal(await contextOf(CORE), CORE);
    assert.equal((await contextOf()).length, 2);
  }));
