import assert from "node:assert/strict";
import {
  OCCUPANCY,
  occupancy,
  PATH,
  problemOf,
  shelter,
  withCity,
} from "./_broker_city.ts";

const QUERY = "/ngsi-ld/v1/entityOperations/query";
const UPSERT = "/ngsi-ld/v1/entityOperations/upsert";
const car = (n: number, speed: number, more: object = {}) => ({
  id: `urn:x:Car:${n}`,
  type: "Car",
  speed: { type: "Property", value: speed, observedAt: "2026-10-01T00:00:00Z" },
  location: {
    type: "GeoProperty",
    value: { type: "Point", coordinates: [130 + n / 100, 33] },
  },
  ...more,
});
const cars = [
  car(1, 80, { brand: "青葉", parkedAt: { object: "urn:x:Lot:1" } }),
  car(2, 120, { brand: "あおぞら", scope: "/saga/taxi" }),
  car(3, 100, { brand: "Aoba", parkedAt: { object: "urn:x:Lot:2" } }),
  { id: "urn:x:Lot:1", type: "Lot", name: "North", level: 2 },
];

interface Shown {
  readonly id: string;
  readonly [name: string]: unknown;
}

Deno.test("CIM 009 6.4.3.2: GET /entities filters, orders and projects", () =>
  withCity(async ({ ask }) => {
    await ask(UPSERT, { as: "writer", body: cars });
    const ids = async (query: string) => {
      const response = await ask(`${PATH}?${query}`);
      const text = await response.text();
      assert.equal(response.status, 200, text);
      return (JSON.parse(text) as Shown[])
        .map(({ id }) => Number(id.split(":").at(-1))).join();
    };
    const near = "georel=near;maxDistance==1500&geometry=Point" +
      "&coordinates=[130.01,33]";

    assert.equal(await ids("type=Car&q=speed%3E90"), "2,3");
    assert.equal(await ids("q=speed%3E90;brand~=%22^A%22"), "3");
    assert.equal(await ids("type=Car,Lot&q=!speed"), "1");
    assert.equal(await ids("type=(Car;Lot)"), "");
    assert.equal(await ids("type=*&idPattern=Lot"), "1");
    assert.equal(await ids("type=Car&id=urn:x:Car:3,urn:x:Lot:1"), "3");
    assert.equal(await ids(near), "1,2");
    assert.equal(await ids("type=Car&scopeQ=/saga/%23"), "2");
    assert.equal(await ids("attrs=brand&orderBy=speed;desc"), "2,3,1");
    assert.equal(
      await ids("type=Car&orderBy=location;dist-desc&orderFrom=[130.01,33]"),
      "3,2,1",
    );
    assert.equal(
      await ids("type=Car&orderBy=brand&collation=ja"),
      "3,2,1",
    );
    assert.equal(await ids("local=true&offset=1&limit=2"), "2,3");
    assert.equal(
      await ids("type=Car&q=parkedAt{Lot:level}==2&join=inline"),
      "1",
    );
    assert.equal(await ids("type=Bus&q=speed"), "");
  }));

Deno.test("CIM 009 6.23: POST entityOperations/query takes every member of a Query", () =>
  withCity(async ({ ask }) => {
    await ask(UPSERT, { as: "writer", body: cars });
    const post = async (body: object, query = "") => {
      const response = await ask(`${QUERY}${query}`, {
        body: { type: "Query", ...body },
      });
      return { response, shown: await response.json() as Shown[] };
    };

    const { response, shown } = await post({
      entities: [{ type: "Car", idPattern: "^urn:x:Car" }, { type: "Bus" }],
      q: "speed>=100",
      geoQ: {
        georel: "within",
        geometry: "Polygon",
        coordinates: [[[129, 32], [131, 32], [131, 34], [129, 34], [129, 32]]],
      },
      pick: ["id", "speed"],
      ordering: { orderBy: ["speed;asc"] },
    }, "?count=true&limit=1&options=simplified");

    assert.equal(response.status, 200);
    assert.deepEqual(shown, [{ id: "urn:x:Car:3", speed: 100 }]);
    assert.equal(response.headers.get("NGSILD-Results-Count"), "2");
    assert.match(
      response.headers.get("Link") ?? "",
      /query\?count=true&limit=1&offset=1&options=simplified>;rel="next"/,
    );
    const broken = [
      { entities: [] },
      { entities: [{ id: "urn:x:Car:1" }] },
      { entities: [{ type: "Car", id: "no iri" }] },
      { entities: [{ type: "Car" }], attrs: [] },
      { entities: [{ type: "Car" }], q: 42 },
      { entities: [{ type: "Car" }], join: "flat", joinLevel: 0 },
      { entities: [{ type: "Car" }], temporalQ: {} },
      { entities: [{ type: "Car" }], geoQ: { georel: "near" } },
      { entities: [{ type: "Car" }], ordering: { orderBy: "speed" } },
      { type: "NotQuery" },
      {},
    ];
    for (const body of broken) {
      const refused = await ask(QUERY, { body: { type: "Query", ...body } });
      assert.deepEqual(
        await problemOf(refused),
        [400, "BadRequestData"],
        JSON.stringify(body),
      );
    }
  }));

Deno.test("CIM 009 4.5.23: linked entities come inline or flat, only as deep as asked and never hidden ones", () =>
  withCity(async ({ ask }) => {
    const watching = {
      id: "urn:x:Watch:1",
      type: "Watch",
      sees: { type: "Relationship", object: OCCUPANCY },
      on: { type: "Relationship", object: "urn:x:Car:1" },
    };
    await ask(UPSERT, { as: "writer", body: [...cars, occupancy, watching] });
    const read = async (query: string, as?: string) => {
      const sent = as === undefined ? {} : { as };
      return await (await ask(`${PATH}?${query}`, sent)).json() as Shown[];
    };

    const inline = await read("type=Watch&join=inline&joinLevel=2");
    const flat = await read("type=Watch&join=flat&pick=id,on{id}");
    const shut = await read(
      "type=Watch&join=flat&joinLevel=1&containedBy=urn:x:Car:1",
    );
    const seen = await read("type=Watch&join=flat&joinLevel=2", "hq");

    const on = inline[0]?.on as { entity: Shown };
    assert.equal(on.entity.id, "urn:x:Car:1");
    assert.equal(
      (on.entity.parkedAt as { entity: Shown }).entity.id,
      "urn:x:Lot:1",
    );
    assert.equal("entity" in (inline[0]?.sees as object), false);
    assert.deepEqual(flat.map(({ id }) => id), [
      "urn:x:Watch:1",
      "urn:x:Car:1",
    ]);
    assert.deepEqual(Object.keys(flat[1] ?? {}), ["id"]);
    assert.deepEqual(shut.map(({ id }) => id), ["urn:x:Watch:1"]);
    assert.deepEqual(
      seen.map(({ id }) => id).toSorted(),
      [OCCUPANCY, "urn:x:Car:1", "urn:x:Lot:1", "urn:x:Watch:1"].toSorted(),
    );
  }));

Deno.test("CIM 009 5.7.2.4: queries that are too wide or too deep are refused", () =>
  withCity(async ({ ask }) => {
    const refused = [
      "",
      "attrs=createdAt",
      "q=modifiedAt%3E2020-01-01T00:00:00Z",
      "id=urn:x:1",
      "type=*&local=false",
      "type=Car&q=a{b}",
      "type=Car&q=a{b{c}}&join=inline&joinLevel=1",
      "type=Car&pick=a{b}",
      "type=Car&omit=a{b{c}}&join=flat",
      "type=Car&join=sideways",
      "type=Car&joinLevel=2",
      "type=Car&join=flat&joinLevel=11",
      "type=Car&pick=a&omit=a",
      "type=Car&attrs=id",
      "type=Car&csf=))bad((",
      "type=Car&orderBy=a;dist-asc",
      "type=Car&orderBy=a&collation=!!nope",
      "type=Car&collation=ja",
      "type=Car&geometryProperty=location",
      "type=Car&idPattern=(?=a)",
      "type=Car&coordinates=[1,2]",
      "type=Car&datasetId=nope",
    ];
    for (const query of refused) {
      const response = await ask(`${PATH}?${query}`);
      assert.deepEqual(
        await problemOf(response),
        [400, "BadRequestData"],
        query,
      );
    }
    const narrow = await ask(`${PATH}?local=true`);
    assert.deepEqual(await narrow.json(), []);
  }));

Deno.test("Hiraku-Explain says which index answered, and only when asked", () =>
  withCity(async ({ ask }) => {
    await ask(UPSERT, { as: "writer", body: cars });
    const plan = async (query: string, explain = "true") => {
      const response = await ask(`${PATH}?${query}`, {
        headers: { "Hiraku-Explain": explain },
      });
      await response.body?.cancel();
      return response.headers.get("Hiraku-Query-Plan");
    };

    assert.equal(
      await plan("type=Car&q=speed%3E90"),
      'index="number speed, type Car"; rows=2; looked=0',
    );
    assert.match(await plan("type=Car") ?? "", /^index="walk type Car"/);
    assert.match(await plan("q=brand!=1") ?? "", /looked=3$/);
    assert.equal(await plan("type=Car", "false"), null);
  }));

Deno.test("the same query sees every change and nothing that is gone", () =>
  withCity(async ({ ask }) => {
    const query = `${PATH}?type=Car&count=true&options=simplified`;
    const read = async () => {
      const response = await ask(query);
      const shown = await response.json() as Shown[];
      assert.equal(
        Number(response.headers.get("NGSILD-Results-Count")),
        shown.length,
      );
      return shown.map(({ speed }) => speed);
    };
    await ask(UPSERT, { as: "writer", body: [cars[0], cars[1]] });

    assert.deepEqual(await read(), [80, 120]);
    assert.deepEqual(await read(), [80, 120]);
    await ask(`${UPSERT}?options=update`, {
      as: "writer",
      body: [{ id: "urn:x:Car:1", type: "Car", speed: 5 }],
    });
    assert.deepEqual(await read(), [5, 120]);
    await ask(`${PATH}/urn:x:Car:2`, { as: "writer", method: "DELETE" });
    assert.deepEqual(await read(), [5]);
  }));

Deno.test("CIM 009 5.7.5 to 5.7.10: types and attributes are those that entities have, without hidden ones", () =>
  withCity(async ({ ask, audited }) => {
    await ask(UPSERT, { as: "writer", body: [...cars, shelter, occupancy] });
    await ask(`${PATH}/urn:x:Lot:1`, { as: "writer", method: "DELETE" });
    const get = async (path: string, as?: string) => {
      const sent = as === undefined ? {} : { as };
      return await (await ask(`/ngsi-ld/v1/${path}`, sent)).json();
    };

    assert.deepEqual((await get("types")).typeList.toSorted(), [
      "Car",
      "EvacuationShelter",
    ]);
    assert.equal((await get("types", "hq")).typeList.length, 3);
    assert.deepEqual((await get("types?details=true"))[0].attributeNames, [
      "brand",
      "parkedAt",
      "speed",
      "location",
    ]);
    const info = await get("types/Car");
    assert.equal(info.entityCount, 3);
    assert.deepEqual(
      info.attributeDetails.map((one: Shown) => [
        one.attributeName,
        one.attributeTypes,
      ]),
      [
        ["brand", ["Property"]],
        ["parkedAt", ["Relationship"]],
        ["speed", ["Property"]],
        ["location", ["GeoProperty"]],
      ],
    );
    const speed = await get("attributes/speed");
    assert.equal(speed.attributeCount, 3);
    assert.deepEqual(speed.typeNames, ["Car"]);
    assert.equal(
      (await get("attributes")).attributeList.includes("level"),
      false,
    );
    const details = await get("attributes?details=true") as Shown[];
    assert.deepEqual(
      details.find(({ attributeName }) => attributeName === "location")
        ?.typeNames,
      ["Car", "EvacuationShelter"],
    );
    for (
      const path of ["types/Lot", "types/ShelterOccupancy", "attributes/level"]
    ) {
      assert.deepEqual(await problemOf(await ask(`/ngsi-ld/v1/${path}`)), [
        404,
        "ResourceNotFound",
      ]);
    }
    assert.deepEqual(audited.map(({ action }) => action), ["count"]);
  }));
