import assert from "node:assert/strict";
import {
  type City,
  PATH,
  problemOf,
  SHELTER,
  shelter,
  withCity,
} from "./_broker_city.ts";

const OTHER = "urn:ngsi-ld:EvacuationShelter:E2";
const other = { ...shelter, id: OTHER };

function batch(city: City, operation: string, body: unknown, as = "writer") {
  return city.ask(`/ngsi-ld/v1/entityOperations/${operation}`, { as, body });
}

async function simple({ ask }: City, id: string) {
  return await (await ask(`${PATH}/${id}?format=simplified`)).json();
}

Deno.test("CIM 009 6.14: a batch creation answers the ids, or what went wrong with which", () =>
  withCity(async (city) => {
    const created = await batch(city, "create", [shelter, other]);
    const mixed = await batch(city, "create", [
      shelter,
      { id: "urn:x:1", type: "T", p: null },
      { id: "urn:x:2", type: "T" },
    ]);

    assert.equal(created.status, 201);
    assert.deepEqual(await created.json(), [SHELTER, OTHER]);
    assert.equal(mixed.status, 207);
    const { success, errors } = await mixed.json();
    assert.deepEqual(success, ["urn:x:2"]);
    assert.deepEqual(
      errors.map((
        { entityId, error }: { entityId: string; error: { title: string } },
      ) => [entityId, error.title]),
      [["urn:x:1", "BadRequestData"], [SHELTER, "AlreadyExists"]],
    );
    assert.equal((await city.ask(`${PATH}/urn:x:1`)).status, 404);
  }));

Deno.test("CIM 009 6.16 and 6.31: a batch updates and merges what there is", () =>
  withCity(async (city) => {
    await batch(city, "create", [shelter, other]);

    const updated = await batch(city, "update", [
      { id: SHELTER, maxCapacity: 5 },
      { id: OTHER, type: "Gym" },
    ]);
    const kept = await batch(city, "update?options=noOverwrite", [
      { id: SHELTER, maxCapacity: 6, seats: 1 },
    ]);
    const merged = await batch(city, "merge", [
      { id: SHELTER, openingStatus: "urn:ngsi-ld:null", seats: 2 },
      { id: "urn:x:none", seats: 2 },
    ]);

    assert.equal(updated.status, 204);
    assert.equal(kept.status, 207);
    assert.equal((await kept.json()).errors[0].error.title, "AlreadyExists");
    assert.equal(merged.status, 207);
    const { maxCapacity, seats, openingStatus } = await simple(city, SHELTER);
    assert.deepEqual([maxCapacity, seats, openingStatus], [5, 2, undefined]);
    assert.deepEqual((await simple(city, OTHER)).type, [
      "EvacuationShelter",
      "Gym",
    ]);
  }));

Deno.test("CIM 009 6.17: a batch deletes by ids and names those that were not there", () =>
  withCity(async (city) => {
    await batch(city, "create", [shelter]);

    const response = await batch(city, "delete", [SHELTER, OTHER]);
    const none = await batch(city, "delete", ["no IRI"]);

    assert.equal(response.status, 207);
    const { success, errors } = await response.json();
    assert.deepEqual(success, [SHELTER]);
    assert.equal(errors[0].error.title, "ResourceNotFound");
    assert.equal(errors.length, 1);
    assert.equal(none.status, 400);
    assert.equal((await city.ask(`${PATH}/${SHELTER}`)).status, 404);
  }));

Deno.test("a batch is refused whole when it is no list, has no ids, an unknown option or no key", () =>
  withCity(async (city) => {
    for (
      const [operation, body, kind, as] of [
        ["create", {}, "BadRequestData", "writer"],
        ["create", [], "BadRequestData", "writer"],
        ["create", [null], "BadRequestData", "writer"],
        ["merge", [{ type: "T" }], "BadRequestData", "writer"],
        ["update", "{", "InvalidRequest", "writer"],
        ["update?options=replace", [shelter], "InvalidRequest", "writer"],
        ["upsert?colour=red", [shelter], "InvalidRequest", "writer"],
        ["upsert", [shelter], "Unauthorized", "public"],
      ] as const
    ) {
      const [, title] = await problemOf(await batch(city, operation, body, as));
      assert.equal(title, kind);
    }
    assert.equal((await city.ask(`${PATH}/${SHELTER}`)).status, 404);
  }));

Deno.test("CIM 009 5.6.21: a purge needs something to go by and deletes no more than that", () =>
  withCity(async (city) => {
    const purge = (query: string) =>
      city.ask(`${PATH}?${query}`, { as: "writer", method: "DELETE" });
    await batch(city, "create", [
      { ...shelter, maxCapacity: 10 },
      { ...other, maxCapacity: 99 },
      { id: "urn:x:1", type: "T", scope: "/A" },
    ]);

    assert.deepEqual(await problemOf(await purge("id=urn:x:1")), [
      400,
      "BadRequestData",
    ]);
    assert.equal((await purge("type=T&keep=a&drop=b")).status, 400);
    assert.equal((await purge("type=T&q=owner{name}==1")).status, 400);
    assert.equal((await purge("type=EvacuationShelter&drop=name")).status, 204);
    assert.equal("name" in await simple(city, SHELTER), false);
    assert.equal((await purge("q=maxCapacity>50")).status, 204);

    assert.equal((await city.ask(`${PATH}/${OTHER}`)).status, 404);
    assert.equal((await simple(city, SHELTER)).maxCapacity, 10);
    assert.equal((await purge("local=true&scopeQ=/A")).status, 204);
    assert.equal((await city.ask(`${PATH}/urn:x:1`)).status, 404);
    assert.equal((await city.ask(`${PATH}/${SHELTER}`)).status, 200);
  }));

Deno.test("a large batch leaves what the same entities leave in small ones, and refuses the same", () =>
  withCity(async ({ ask }) => {
    const things = Array.from({ length: 400 }, (_, i) => ({
      id: `urn:ngsi-ld:Thing:${i % 390}`,
      type: i % 7 === 0 ? ["Thing", "Odd"] : "Thing",
      ...i % 5 === 0 ? { scope: `/ward/w${i % 3}` } : {},
      count: { value: i, unitCode: "C62", observedAt: "2026-10-31T00:00:00Z" },
      name: { languageMap: { ja: `物 ${i}`, en: `Thing ${i}` } },
      place: { type: "Point", coordinates: [130 + i / 1000, 33] },
      near: { object: `urn:ngsi-ld:Thing:${(i + 1) % 390}` },
      ...i % 11 === 0 ? { faulty: null } : {},
      ...i % 13 === 0 ? { expiresAt: "2099-01-01T00:00:00Z" } : {},
    }));
    const send = async (as: string, tenant: string, body: unknown[]) => {
      const answer = await ask("/ngsi-ld/v1/entityOperations/upsert", {
        as,
        body,
        headers: { "NGSILD-Tenant": tenant },
      });
      const { success = [], errors = [] } = await answer.json();
      return { success: new Set<string>(success), errors };
    };
    const small = { success: new Set<string>(), errors: [] as unknown[] };

    for (let at = 0; at < things.length; at += 100) {
      const some = things.slice(at, at + 100);
      const { success, errors } = await send("otsuWriter", "otsu_252018", some);
      small.success = small.success.union(success);
      small.errors.push(...errors);
    }
    const large = await send("writer", "saga_412015", things);

    assert.ok(JSON.stringify(things).length > 64 * 1024);
    assert.deepEqual(large.success, small.success);
    assert.deepEqual(large.errors, small.errors);
    for (
      const path of [
        `${PATH}?type=Thing&limit=1000&options=sysAttrs`,
        `${PATH}?type=Odd&q=count>100;name[en]!=%22Thing%20200%22&limit=1000`,
        `${PATH}?type=*&q=near==%22urn:ngsi-ld:Thing:8%22`,
        `${PATH}?type=Thing&scopeQ=/ward/w1&limit=1000`,
        `${PATH}?type=Thing&geoproperty=place&georel=near;maxDistance==2000` +
        `&geometry=Point&coordinates=[130.2,33]`,
        "/ngsi-ld/v1/types?details=true",
        "/ngsi-ld/v1/attributes?details=true",
        "/ngsi-ld/v1/temporal/entities/urn:ngsi-ld:Thing:8?options=sysAttrs",
      ]
    ) {
      const [saga, otsu] = await Promise.all(
        ["saga_412015", "otsu_252018"].map(async (tenant) => {
          const answer = await ask(path, {
            headers: { "NGSILD-Tenant": tenant },
          });
          return [answer.status, withoutIds(await answer.text())];
        }),
      );
      assert.equal(saga?.[0], 200, path);
      assert.deepEqual(saga, otsu);
      assert.notEqual(saga?.[1], "[]", path);
    }
  }));

/** Instances of histories have ids of their own. */
function withoutIds(text: string): string {
  return text.replaceAll(/"instanceId":"[^"]*",?/g, "");
}
