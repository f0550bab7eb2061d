import { fixedClock } from "@hiraku/kernel";
import assert from "node:assert/strict";
import { testPlace } from "../_test_store.ts";
import { type Broker, openBroker } from "../broker.ts";
import { readEntity } from "../entity/read_entity.ts";
import { inwardNames } from "./link_names.ts";
import { openLinkStore } from "./link_tables.ts";
import { type Following, takeIn, takeOut } from "./take_in.ts";

const MAPPING = {
  types: { EvacuationShelter: "Shelter" },
  attributes: { maxCapacity: "capacity" },
};
const CAPACITY = "urn:hiraku:ns:maxCapacity";
const day = (n: number) => new Date(Date.UTC(2026, 10, n));
const idOf = (n: number) => `urn:ngsi-ld:Shelter:${n}`;
const shelter = (n: number, capacity: unknown, modified?: number) => ({
  id: idOf(n),
  type: "Shelter",
  capacity: { type: "Property", value: capacity },
  ...modified === undefined ? {} : { modifiedAt: day(modified).toISOString() },
});

async function withFollowing(
  body: (following: Following & { broker: Broker }) => Promise<void>,
): Promise<void> {
  const clock = fixedClock("2026-11-01T00:00:00Z");
  const broker = await openBroker({
    ...await testPlace(),
    code: "412015",
    clock,
  });
  const { defaultNames } = broker.contexts;
  const store = await openLinkStore(":memory:");
  try {
    await body({
      broker,
      store,
      link: "L",
      types: new Set(["urn:hiraku:ns:EvacuationShelter"]),
      names: inwardNames(MAPPING, defaultNames),
    });
  } finally {
    await store.destroy();
    await broker.close();
  }
}

async function capacityOf(broker: Broker, n: number): Promise<unknown> {
  const { attributes } = await broker.retrieve(idOf(n));
  const [one] = attributes[CAPACITY] ?? [];
  return one && "value" in one.content ? one.content.value : undefined;
}

Deno.test("takeIn() writes what is told in our names, and nothing that says the same", () =>
  withFollowing(async (following) => {
    const { broker } = following;

    const first = await takeIn(following, [shelter(1, 10)], day(1));
    const { version } = broker;
    const again = await takeIn(following, [shelter(1, 10)], day(2));

    assert.deepEqual([first.written, again.written], [1, 0]);
    assert.equal(await capacityOf(broker, 1), 10);
    assert.equal(broker.version, version);
  }));

Deno.test("takeIn() lets nothing older overwrite or bring back what is newer", () =>
  withFollowing(async (following) => {
    const { broker } = following;
    const deleted = (n: number, at: number) => ({
      id: idOf(n),
      type: "Shelter",
      deletedAt: day(at).toISOString(),
    });
    const told = [shelter(1, 11, 5), shelter(2, 20, 5)];
    await takeIn(following, told, day(5));

    await takeIn(following, [shelter(1, 10, 4), deleted(1, 4)], day(6));
    const { deleted: gone } = await takeIn(following, [deleted(2, 6)], day(6));
    await takeIn(following, [shelter(2, 20, 5)], day(7));

    assert.equal(gone, 1);
    assert.equal(await capacityOf(broker, 1), 11);
    await assert.rejects(broker.retrieve(idOf(2)));
    await takeIn(following, [shelter(2, 21, 8)], day(8));
    assert.equal(await capacityOf(broker, 2), 21);
  }));

Deno.test("takeIn() drops attributes that a notification shows as deleted, CIM 009 5.8.6", () =>
  withFollowing(async (following) => {
    await takeIn(following, [{ ...shelter(1, 10), scope: "/a" }], day(1));

    const gone = {
      ...shelter(1, "urn:ngsi-ld:null"),
      scope: "urn:ngsi-ld:null",
    };
    await takeIn(following, [gone], day(2));

    const { attributes, scopes } = await following.broker.retrieve(idOf(1));
    assert.deepEqual(attributes, {});
    assert.deepEqual(scopes, []);
  }));

Deno.test("takeIn() counts what it refuses by reason and stores none of it", () =>
  withFollowing(async (following) => {
    const { broker } = following;
    const mine = { id: idOf(9), type: "MiniApp" };
    await broker.create(readEntity(mine, broker.contexts.defaultNames));
    const before = await broker.retrieve(idOf(9));

    const { refused, written } = await takeIn(following, [
      shelter(9, 90),
      { ...shelter(1, 1), id: "urn:ngsi-ld:Person:1" },
      { ...shelter(2, 2), birthDate: "1980-03-12" },
      { ...shelter(3, 3), type: ["Shelter", "urn:hiraku:ns:ShelterOccupancy"] },
      { ...shelter(4, 4), type: "BusStop" },
      { ...shelter(5, 5), capacity: { type: "Property" } },
      { id: "no iri", type: "Shelter" },
      "text",
    ], day(1));
    const gone = { ...mine, deletedAt: day(9).toISOString() };
    await takeIn(following, [gone], day(9));

    assert.deepEqual(Object.fromEntries(refused), {
      other_entity: 1,
      person: 2,
      operational: 1,
      other_type: 1,
      unreadable: 3,
    });
    assert.equal(written, 0);
    assert.equal(await broker.retrieve(idOf(9)), before);
    for (let n = 1; n <= 5; n++) await assert.rejects(broker.retrieve(idOf(n)));
  }));

Deno.test("takeOut() deletes what came by the link and was not told of since", () =>
  withFollowing(async (following) => {
    const { broker } = following;
    const names = broker.contexts.defaultNames;
    const own = { id: idOf(8), type: "EvacuationShelter" };
    await broker.create(readEntity(own, names));
    await takeIn(following, [shelter(1, 10), shelter(2, 20)], day(1));
    await takeIn(following, [shelter(2, 21)], day(3));
    const absent = [idOf(1), idOf(2), idOf(8)];

    assert.equal(await takeOut(following, absent, day(2), day(4)), 1);

    await assert.rejects(broker.retrieve(idOf(1)));
    assert.equal(await capacityOf(broker, 2), 21);
    assert.equal((await broker.retrieve(idOf(8))).id, idOf(8));
  }));
