import { fixedClock, type Role } from "@hiraku/kernel";
import fc from "fast-check";
import assert from "node:assert/strict";
import { testPlace } from "./_test_store.ts";
import {
  type Broker,
  defaultNames,
  openBroker,
  type OperationalRead,
  readEntity,
  readFragment,
  renderEntity,
  type View,
} from "./mod.ts";

const names = defaultNames("https://city.example");
const NORMALIZED: View = { representation: "normalized", sysAttrs: false };
const CONCISE: View = { representation: "concise", sysAttrs: false };
const ID = "urn:ngsi-ld:BusStop:4021";
const stop = {
  id: ID,
  type: "BusStop",
  name: { type: "Property", value: "City Hall" },
};

async function withBroker(
  body: (broker: Broker) => Promise<void>,
  path = ":memory:",
  now = "2026-11-01T00:00:00.000Z",
) {
  const broker = await openBroker({
    ...await testPlace(path),
    code: "412015",
    clock: fixedClock(now),
  });
  try {
    await body(broker);
  } finally {
    await broker.close();
  }
}

const term = fc.stringMatching(/^[a-z][A-Za-z0-9_]{0,8}$/).map((s) => `x${s}`);
const iri = fc.stringMatching(/^[a-z0-9]{1,8}$/).map((s) => `urn:x:${s}`);
const instant = fc.date({
  min: new Date("2000-01-01"),
  max: new Date("2100-01-01"),
  noInvalidDate: true,
}).map((date) => date.toISOString());
const value = fc.jsonValue({ maxDepth: 3 }).filter((json) =>
  !JSON.stringify(json).includes("null") && Object.is(roundTrip(json), true)
);
const degrees = (limit: number) =>
  fc.double({ min: -limit, max: limit, noNaN: true }).map((d) => d + 0);

// Minus zero does not survive JSON.
function roundTrip(json: unknown): boolean {
  try {
    assert.deepEqual(JSON.parse(JSON.stringify(json)), json);
    return true;
  } catch {
    return false;
  }
}

const shared = {
  observedAt: fc.option(instant, { nil: undefined }),
  datasetId: fc.option(iri, { nil: undefined }),
};
const kinds = fc.oneof(
  fc.record({ type: fc.constant("Property"), value, ...shared }),
  fc.record({
    type: fc.constant("GeoProperty"),
    value: fc.record({
      type: fc.constant("Point"),
      coordinates: fc.tuple(degrees(180), degrees(90)),
    }),
    ...shared,
  }),
  fc.record({
    type: fc.constant("LanguageProperty"),
    languageMap: fc.record({ ja: fc.string(), en: fc.string() }),
    ...shared,
  }),
  fc.record({ type: fc.constant("VocabProperty"), vocab: term, ...shared }),
  fc.record({
    type: fc.constant("JsonProperty"),
    json: fc.dictionary(fc.string(), value),
    ...shared,
  }),
  fc.record({
    type: fc.constant("ListProperty"),
    valueList: fc.array(value),
    ...shared,
  }),
  fc.record({
    type: fc.constant("Relationship"),
    object: fc.oneof(iri, fc.uniqueArray(iri, { minLength: 1 })),
    ...shared,
  }),
  fc.record({
    type: fc.constant("ListRelationship"),
    objectList: fc.array(fc.record({ object: iri })),
    ...shared,
  }),
);
const attribute = fc.tuple(kinds, fc.dictionary(term, kinds, { maxKeys: 2 }))
  .map(([own, subs]) => ({ ...subs, ...own }));
const entity = fc.record({
  id: iri,
  type: term,
  attributes: fc.dictionary(term, attribute, { maxKeys: 4 }),
}).map(({ attributes, ...rest }) =>
  JSON.parse(
    JSON.stringify({ ...attributes, ...rest }),
  )
);

for (const view of [NORMALIZED, CONCISE]) {
  Deno.test(`an entity written normalized and shown ${view.representation} reads as the same entity`, () =>
    withBroker(async (broker) => {
      await fc.assert(
        fc.asyncProperty(entity, async (sent) => {
          const draft = readEntity(sent, names);
          await broker.upsert([draft], "replace");

          const kept = await broker.retrieve(draft.id);
          const shown = renderEntity(kept, view, names);

          assert.deepEqual(readEntity(shown, names), draft);
          if (view === NORMALIZED) assert.deepEqual(shown, sent);
          assert.equal("createdAt" in shown, false);
        }),
        { numRuns: 300 },
      );
    }));
}

Deno.test("create() refuses an id that is there and changes nothing", () =>
  withBroker(async (broker) => {
    await broker.create(readEntity(stop, names));

    await assert.rejects(
      broker.create(readEntity({ ...stop, name: "Other" }, names)),
      { kind: "AlreadyExists" },
    );

    const kept = renderEntity(await broker.retrieve(ID), NORMALIZED, names);
    assert.deepEqual(kept, stop);
  }));

Deno.test("updateAttributes() replaces, adds and deletes instances by datasetId", () =>
  withBroker(async (broker) => {
    const before = {
      ...stop,
      speed: [
        { type: "Property", value: 1, unitCode: "KMH" },
        { type: "Property", value: 2, datasetId: "urn:x:gps" },
      ],
      gone: { type: "Property", value: 3 },
    };
    await broker.create(readEntity(before, names));

    await broker.updateAttributes(
      ID,
      readFragment({
        type: "TramStop",
        speed: [
          { type: "Property", value: 9 },
          {
            type: "Property",
            value: "urn:ngsi-ld:null",
            datasetId: "urn:x:gps",
          },
          { type: "Property", value: 4, datasetId: "urn:x:radar" },
        ],
        gone: "urn:ngsi-ld:null",
      }, names),
    );

    const kept = renderEntity(await broker.retrieve(ID), NORMALIZED, names);
    assert.deepEqual(kept, {
      ...stop,
      type: ["BusStop", "TramStop"],
      speed: [
        { type: "Property", value: 9 },
        { type: "Property", value: 4, datasetId: "urn:x:radar" },
      ],
    });
    assert.equal("gone" in kept, false);
  }));

Deno.test("appendAttributes() without overwrite leaves what is there", () =>
  withBroker(async (broker) => {
    await broker.create(readEntity(stop, names));
    const more = readFragment({ name: "Other", lines: 3 }, names);

    const stayed = await broker.appendAttributes(ID, more, false);

    const kept = renderEntity(await broker.retrieve(ID), CONCISE, names);
    assert.deepEqual(kept, {
      id: ID,
      type: "BusStop",
      name: "City Hall",
      lines: 3,
    });
    assert.deepEqual(stayed, [names.expand("name")]);
    await assert.rejects(broker.appendAttributes("urn:x:no", more, true), {
      kind: "ResourceNotFound",
    });
  }));

Deno.test("createdAt stays and modifiedAt moves, also after a reopening", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/412015/broker.sqlite`;
  const later = "2026-11-02T00:00:00.000Z";
  const first = "2026-11-01T00:00:00.000Z";
  await withBroker((b) => b.create(readEntity(stop, names)), path, first);

  await withBroker(
    async (b) => {
      await b.updateAttributes(ID, readFragment({ name: "New" }, names));
    },
    path,
    later,
  );

  await withBroker(async (broker) => {
    const kept = renderEntity(
      await broker.retrieve(ID),
      { ...NORMALIZED, sysAttrs: true },
      names,
    );
    assert.deepEqual(kept, {
      id: ID,
      type: "BusStop",
      createdAt: first,
      modifiedAt: later,
      name: {
        type: "Property",
        value: "New",
        createdAt: first,
        modifiedAt: later,
      },
    });
  }, path);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("writes at once all happen and a failing one fails alone", () =>
  withBroker(async (broker) => {
    const draft = (n: number) =>
      readEntity({ ...stop, id: `urn:x:${n}`, n }, names);

    const results = await Promise.allSettled([
      ...Array.from({ length: 50 }, (_, n) => broker.create(draft(n))),
      broker.create(draft(7)),
      broker.delete("urn:x:nobody"),
      broker.delete("urn:x:8"),
    ]);

    const failed = results.flatMap((r) =>
      r.status === "rejected" ? r.reason.kind : []
    );
    const { total, entities } = await broker.query({
      selectors: [{ types: [[names.expand("BusStop")]] }],
      limit: 5,
      offset: 0,
      count: true,
    });
    assert.deepEqual(failed, ["AlreadyExists", "ResourceNotFound"]);
    assert.equal(total, 49);
    assert.equal(entities.length, 5);
  }));

Deno.test("query() selects by type, id and attribute and hides exact figures of services", () =>
  withBroker(async (broker) => {
    const all = [
      { id: "urn:x:1", type: ["A", "B"], p: 1 },
      { id: "urn:x:2", type: "A", q: 1 },
      { id: "urn:x:3", type: "ShelterOccupancy", p: 1 },
    ];
    await broker.upsert(all.map((one) => readEntity(one, names)), "replace");
    const page = { limit: 10, offset: 0, count: true };
    const ids = async (query: Parameters<Broker["query"]>[0]) => {
      const { entities, total, more } = await broker.query(query);
      assert.equal(entities.length, total);
      assert.equal(more, false);
      return entities.map(({ id }) => id);
    };

    assert.deepEqual(
      await ids({ ...page, selectors: [{ types: [[names.expand("A")]] }] }),
      [
        "urn:x:1",
        "urn:x:2",
      ],
    );
    assert.deepEqual(
      await ids({
        ...page,
        selectors: [{ types: "*", ids: ["urn:x:2", "urn:x:9"] }],
      }),
      [
        "urn:x:2",
      ],
    );
    assert.deepEqual(
      await ids({ ...page, attributes: [names.expand("p")] }),
      ["urn:x:1"],
    );
    assert.deepEqual(
      await ids({ ...page, selectors: [{ types: "*", ids: ["urn:x:3"] }] }),
      [],
    );
    await assert.rejects(broker.retrieve("urn:x:3"), /does not exist/);
  }));

Deno.test("forOperators() hands exact figures to the roles that run the service, after recording", () =>
  withBroker(async (broker) => {
    const shelter = { id: "urn:x:3", type: "ShelterOccupancy", p: 1 };
    await broker.create(readEntity(shelter, names));
    const recorded: OperationalRead[] = [];
    const record = (read: OperationalRead) =>
      Promise.resolve(void recorded.push(read));
    const roles = (code: string, role: Role) =>
      new Map([[code, new Set([role])]]);
    const page = {
      selectors: [{ types: [[names.expand("ShelterOccupancy")]] }],
      limit: 10,
      offset: 0,
      count: true,
    };

    for (
      const [code, role] of [["*", "section"], [broker.code, "hq"]] as const
    ) {
      const reads = broker.forOperators(roles(code, role), record);
      assert.equal((await reads?.retrieve("urn:x:3"))?.id, "urn:x:3");
      assert.equal((await reads?.query(page))?.total, 1);
    }
    const full = broker.forOperators(
      roles("*", "hq"),
      () => Promise.reject(new Error("The audit is full")),
    );

    assert.deepEqual(recorded.slice(0, 2), [
      { ids: ["urn:x:3"], counted: false },
      { ids: ["urn:x:3"], counted: true },
    ]);
    assert.equal(recorded.length, 4);
    await assert.rejects(async () => await full?.query(page), /audit/);
    await assert.rejects(async () => await full?.retrieve("urn:x:3"), /audit/);
    assert.equal(broker.forOperators(roles("*", "admin"), record), undefined);
    assert.equal(broker.forOperators(roles("131016", "hq"), record), undefined);
    assert.equal(broker.forOperators(new Map(), record), undefined);
  }));
