import assert from "node:assert/strict";
import { testPlace } from "../_test_store.ts";
import { type Broker, openBroker } from "../broker.ts";
import { defaultNames } from "../context/default_names.ts";
import { readPatch } from "./merge.ts";
import { readEntity } from "./read_entity.ts";
import { renderEntity } from "./render_entity.ts";

const names = defaultNames("https://city.example");
const ID = "urn:ngsi-ld:Alert:1";
const VIEW = { representation: "concise", sysAttrs: false } as const;

/** A broker that never sweeps by itself within a test, at a time that can be moved. */
async function withBroker(
  body: (broker: Broker, at: (time: string) => void) => Promise<void>,
): Promise<void> {
  let now = new Date("2026-11-01T00:00:00Z");
  const broker = await openBroker({
    ...await testPlace(),
    code: "412015",
    clock: { now: () => now },
    sweepEveryMs: 60_000,
  });
  try {
    await body(broker, (time) => now = new Date(`2026-11-01T${time}Z`));
  } finally {
    await broker.close();
  }
}

Deno.test("CIM 009 4.22: an entity is there until its end, not after, and its id is free then", () =>
  withBroker(async (broker, at) => {
    const alert = { id: ID, type: "Alert", expiresAt: "2026-11-01T00:00:10Z" };
    await broker.create(readEntity(alert, names));

    at("00:00:09.999");
    await broker.expired(new Date("2026-11-01T00:00:09.999Z"));
    assert.equal((await broker.retrieve(ID)).id, ID);
    at("00:00:10");
    await assert.rejects(broker.retrieve(ID), { kind: "ResourceNotFound" });
    await assert.rejects(broker.delete(ID), { kind: "ResourceNotFound" });

    await broker.create(readEntity({ id: ID, type: "Alert" }, names));
    await broker.expired(new Date("2026-11-02T00:00:00Z"));
    assert.equal((await broker.retrieve(ID)).expiresAt, undefined);
  }));

Deno.test("CIM 009 4.22: attributes, single instances and attributes of attributes end on their own", () =>
  withBroker(async (broker, at) => {
    const expiresAt = "2026-11-01T00:00:10Z";
    await broker.create(readEntity({
      id: ID,
      type: "Alert",
      flash: { value: 1, expiresAt },
      steady: { value: 2, sub: { value: 3, expiresAt } },
      several: [{ value: 4 }, { value: 5, datasetId: "urn:x:d", expiresAt }],
    }, names));
    const steady = async () =>
      renderEntity(await broker.retrieve(ID), VIEW, names);

    assert.equal((await steady()).flash, 1);
    at("00:00:10");
    const unswept = await steady();
    await broker.expired(new Date("2026-11-01T00:00:10Z"));
    const swept = await steady();

    assert.deepEqual(unswept, { id: ID, type: "Alert", steady: 2, several: 4 });
    assert.deepEqual(swept, unswept);
    assert.equal(
      (await broker.retrieve(ID)).modifiedAt,
      "2026-11-01T00:00:10.000Z",
    );
  }));

Deno.test("CIM 009 5.5.12: a merge sets an end, moves it and takes it away", () =>
  withBroker(async (broker, at) => {
    const ends = (expiresAt: string) =>
      broker.merge(ID, readPatch({ expiresAt }, names));
    await broker.create(readEntity({ id: ID, type: "Alert", a: 1 }, names));

    await ends("2026-11-01T00:00:10Z");
    await ends("urn:ngsi-ld:null");
    at("00:00:20");
    assert.equal((await broker.retrieve(ID)).expiresAt, undefined);
    await ends("2020-01-01T00:00:00Z");

    await assert.rejects(broker.retrieve(ID), { kind: "ResourceNotFound" });
    assert.throws(() =>
      readPatch({ expiresAt: "2026-13-45T00:00:00Z" }, names)
    );
  }));

Deno.test("a broker sweeps by itself", async () => {
  const clock = { now: () => new Date("2026-11-01T00:00:00Z") };
  const broker = await openBroker({
    ...await testPlace(),
    code: "412015",
    clock,
    sweepEveryMs: 1,
  });
  await broker.create(
    readEntity(
      { id: ID, type: "Alert", expiresAt: "2020-01-01T00:00:00Z" },
      names,
    ),
  );
  const stays = readEntity({ id: "urn:x:2", type: "Alert" }, names);
  await broker.create(stays);

  while ((await broker.selectIds({})).includes(ID)) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }

  assert.deepEqual(await broker.selectIds({}), ["urn:x:2"]);
  await broker.close();
});
