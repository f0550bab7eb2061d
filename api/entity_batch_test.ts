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
