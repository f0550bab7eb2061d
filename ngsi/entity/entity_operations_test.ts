import { fixedClock } from "@hiraku/kernel";
import assert from "node:assert/strict";
import { testPlace } from "../_test_store.ts";
import { type Broker, openBroker } from "../broker.ts";
import { defaultNames } from "../context/default_names.ts";
import { parseTypeSelection } from "../query/type_selection.ts";
import { readAttributePatch, readPatch, readReplacement } from "./merge.ts";
import type { PatchForm } from "./patch_instance.ts";
import { readEntity, readFragment } from "./read_entity.ts";
import { renderEntity } from "./render_entity.ts";
import type { View } from "./view.ts";

const names = defaultNames("https://city.example");
const ID = "urn:ngsi-ld:Building:1";
const GONE = "urn:ngsi-ld:null";
const CONCISE: View = { representation: "concise", sysAttrs: false };
const NORMALIZED: View = { representation: "normalized", sysAttrs: false };
const building = {
  id: ID,
  type: "Building",
  address: {
    value: { street: "本庄町1", city: "Saga" },
    source: "land register",
  },
  temperature: {
    value: 25,
    unitCode: "CEL",
    observedAt: "2026-10-01T00:00:00Z",
  },
  name: { languageMap: { ja: "市役所", en: "City hall" } },
  owner: { object: "urn:ngsi-ld:Organization:1" },
  speed: [{ value: 1 }, { value: 2, datasetId: "urn:x:gps" }],
};

async function withBuilding(
  body: (
    broker: Broker,
    shown: (view?: View) => Promise<Shown>,
  ) => Promise<void>,
): Promise<void> {
  const clock = fixedClock("2026-11-01T00:00:00Z");
  const broker = await openBroker({
    ...await testPlace(),
    code: "412015",
    clock,
  });
  const shown = async (view = CONCISE) =>
    renderEntity(await broker.retrieve(ID), view, names) as Shown;
  try {
    await broker.create(readEntity(building, names));
    await body(broker, shown);
  } finally {
    await broker.close();
  }
}
// deno-lint-ignore no-explicit-any -- what a test looks into
type Shown = Record<string, any>;

const merging = (sent: unknown, form?: PatchForm) =>
  readPatch(sent, names, form);

Deno.test("CIM 009 5.6.17: merge() goes into values, keeps the rest and deletes by NGSI-LD Null", () =>
  withBuilding(async (broker, shown) => {
    await broker.merge(
      ID,
      merging({
        type: "Office",
        address: { value: { street: "栄町1-1", city: GONE }, source: GONE },
        temperature: { value: 100 },
        name: { languageMap: { en: GONE } },
        speed: { value: GONE, datasetId: "urn:x:gps" },
        owner: GONE,
        floors: 7,
      }),
    );

    assert.deepEqual(await shown(), {
      id: ID,
      type: ["Building", "Office"],
      address: { street: "栄町1-1" },
      temperature: { ...building.temperature, value: 100 },
      name: { languageMap: { ja: "市役所" } },
      speed: 1,
      floors: 7,
    });
  }));

Deno.test("CIM 009 6.5.3.4: a simplified merge keeps kinds, and lang and observedAt hold for all", () =>
  withBuilding(async (broker, shown) => {
    await broker.merge(
      ID,
      merging({
        name: "Town hall",
        owner: "urn:ngsi-ld:Organization:2",
        temperature: 3,
        address: { city: "佐賀" },
        speed: { dataset: { "@none": 5, "urn:x:new": 6 } },
      }, {
        simplified: true,
        lang: "en",
        observedAt: "2026-10-31T00:00:00Z",
      }),
    );

    const { name, owner, temperature, address, speed } = await shown(
      NORMALIZED,
    );
    assert.deepEqual(name.languageMap, { ja: "市役所", en: "Town hall" });
    assert.equal(owner.type, "Relationship");
    assert.equal(owner.object, "urn:ngsi-ld:Organization:2");
    assert.equal(temperature.observedAt, "2026-10-31T00:00:00Z");
    assert.equal("observedAt" in address, false);
    assert.deepEqual(address.value, { street: "本庄町1", city: "佐賀" });
    assert.deepEqual(
      speed.map((one: Shown) => [one.datasetId, one.value]),
      [[undefined, 5], ["urn:x:gps", 2], ["urn:x:new", 6]],
    );
  }));

Deno.test("merge() refuses another kind, a person and a value that fits no more, and leaves all as it was", () =>
  withBuilding(async (broker, shown) => {
    const before = await shown();

    for (
      const sent of [
        { owner: { type: "Property", value: 1 } },
        { owner: { object: "no IRI" } },
        { temperature: { value: 1, object: "urn:x:1" } },
        { temperature: { datasetId: GONE } },
        { address: { value: { 氏名: "x" } } },
        { givenName: "x" },
        { location: 7 },
      ]
    ) {
      await assert.rejects(
        async () => await broker.merge(ID, merging(sent)),
        { kind: "BadRequestData" },
      );
    }
    assert.deepEqual(await shown(), before);
  }));

Deno.test("CIM 009 5.6.4: updateAttribute() changes members and leaves the others", () =>
  withBuilding(async (broker, shown) => {
    const update = (name: string, sent: unknown) =>
      broker.updateAttribute(ID, readAttributePatch(name, sent, names));

    await update("temperature", { type: "Property", value: 30 });
    await update("address", { value: { street: "x" }, source: GONE });
    await update("speed", { value: 9, datasetId: "urn:x:gps" });
    await update("name", { languageMap: { "@none": GONE } });
    const shownThen = await shown();

    assert.deepEqual(shownThen.temperature, {
      ...building.temperature,
      value: 30,
    });
    assert.deepEqual(shownThen.address, { street: "x" });
    assert.deepEqual(shownThen.speed, [
      { value: 1 },
      { value: 9, datasetId: "urn:x:gps" },
    ]);
    assert.equal("name" in shownThen, false);
    for (
      const [name, sent] of [["name", { value: 1 }], ["speed", {
        value: 1,
        datasetId: "urn:x:no",
      }]] as const
    ) {
      await assert.rejects(update(name, sent), { kind: "ResourceNotFound" });
    }
    await assert.rejects(update("owner", { type: "GeoProperty", value: 1 }), {
      kind: "BadRequestData",
    });
    assert.throws(() => readAttributePatch("owner", {}, names));
    assert.throws(() => readAttributePatch("scope", { value: 1 }, names));
  }));

Deno.test("CIM 009 5.6.5 and 5.6.19: single instances are deleted and replaced", () =>
  withBuilding(async (broker, shown) => {
    const iri = names.expand("speed");
    const replacement = readReplacement("temperature", { value: 1 }, names);

    await broker.deleteAttribute(ID, { iri, datasetId: "urn:x:gps" });
    await broker.replaceAttribute(ID, replacement);

    const after = await shown();
    assert.equal(after.speed, 1);
    assert.equal(after.temperature, 1);
    await broker.deleteAttribute(ID, { iri });
    assert.equal("speed" in (await shown()), false);
    await assert.rejects(broker.deleteAttribute(ID, { iri }), {
      kind: "ResourceNotFound",
    });
  }));

Deno.test("CIM 009 5.6.18: replace() leaves nothing but the time of creation", () =>
  withBuilding(async (broker, shown) => {
    await broker.replace(
      readEntity({ id: ID, type: "Ruin", floors: 0 }, names),
    );

    assert.deepEqual(await shown(), { id: ID, type: "Ruin", floors: 0 });
    await assert.rejects(
      broker.replace(readEntity({ id: "urn:x:no", type: "T" }, names)),
      { kind: "ResourceNotFound" },
    );
  }));

Deno.test("CIM 009 4.18: scopes are replaced, added to, ignored and deleted as each operation says", () =>
  withBuilding(async (broker, shown) => {
    const scoped = (scope: unknown) => readFragment({ scope }, names);

    const ignored = await broker.updateAttributes(ID, scoped("/A"));
    assert.equal("scope" in (await shown()), false);
    await broker.appendAttributes(ID, scoped("/A"), true);
    await broker.appendAttributes(ID, scoped(["/A", "/B/C"]), false);
    const added = (await shown()).scope;
    await broker.updateAttributes(ID, scoped("/D"));
    const replaced = (await shown()).scope;
    await broker.deleteScope(ID);

    assert.deepEqual(ignored, ["https://uri.etsi.org/ngsi-ld/scope"]);
    assert.deepEqual(added, ["/A", "/B/C"]);
    assert.equal(replaced, "/D");
    assert.equal("scope" in (await shown()), false);
    await assert.rejects(broker.deleteScope(ID), { kind: "ResourceNotFound" });
    for (const scope of ["", "/", "//A", "/1", "/a-b", [], GONE]) {
      assert.throws(() => readEntity({ ...building, scope }, names));
    }
  }));

Deno.test("an operation meant for another type finds nothing (CIM 009 5.6.6)", () =>
  withBuilding(async (broker) => {
    const other = parseTypeSelection("Vehicle", names);
    const own = parseTypeSelection("Building,Vehicle", names);

    await assert.rejects(broker.delete(ID, other), {
      kind: "ResourceNotFound",
    });
    await broker.delete(ID, own);

    await assert.rejects(broker.retrieve(ID), { kind: "ResourceNotFound" });
  }));

Deno.test("forWriter() keeps who may write one type from seeing or touching another", () =>
  withBuilding(async (broker) => {
    const vehicles = broker.forWriter((types) =>
      types.every((type) => type === names.expand("Vehicle"))
    );
    const vehicle = { id: "urn:x:v", type: "Vehicle" };

    await vehicles.create(readEntity(vehicle, names));

    await assert.rejects(vehicles.delete(ID), { kind: "ResourceNotFound" });
    await assert.rejects(
      vehicles.create(readEntity({ ...building, id: "urn:x:b" }, names)),
      {
        kind: "Forbidden",
      },
    );
    await assert.rejects(
      vehicles.merge("urn:x:v", merging({ type: "Building" })),
      { kind: "Forbidden" },
    );
    const [refused] = await vehicles.upsert(
      [readEntity(building, names)],
      "replace",
    );
    assert.ok(refused instanceof Error);
    assert.equal((await broker.retrieve(ID)).types.length, 1);
  }));

Deno.test("CIM 009 5.6.21: purge() deletes entities, or all but some of their attributes, or some", () =>
  withBuilding(async (broker, shown) => {
    const speed = names.expand("speed");
    const owner = names.expand("owner");

    await broker.purge([ID], { drop: new Set([owner]) });
    assert.equal("owner" in (await shown()), false);
    await broker.purge([ID], { keep: new Set([speed]) });
    assert.deepEqual(Object.keys(await shown()), ["id", "type", "speed"]);
    const [gone, never] = await broker.purge([ID, "urn:x:no"], "all");

    assert.equal(gone, "changed");
    assert.ok(never instanceof Error);
    await assert.rejects(broker.retrieve(ID), { kind: "ResourceNotFound" });
  }));

Deno.test("CIM 009 4.6.6: a batch is done in its order, also for one entity", () =>
  withBuilding(async (broker, shown) => {
    // Of nothing, and nobody waits for it.
    assert.deepEqual(await broker.createAll([]), []);
    const outcomes = await broker.mergeAll([
      { id: ID, sent: merging({ floors: 1 }) },
      { id: "urn:x:no", sent: merging({ floors: 2 }) },
      { id: ID, sent: merging({ floors: 3 }) },
    ]);
    const created = await broker.createAll([
      readEntity({ id: "urn:x:new", type: "T" }, names),
      readEntity({ id: "urn:x:new", type: "T" }, names),
    ]);

    assert.deepEqual(outcomes.map((one) => one === "changed"), [
      true,
      false,
      true,
    ]);
    assert.equal((await shown()).floors, 3);
    assert.equal(created[0], "created");
    assert.ok(created[1] instanceof Error);
  }));
