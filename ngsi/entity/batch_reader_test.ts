import { fixedClock } from "@hiraku/kernel";
import assert from "node:assert/strict";
import { defaultNames } from "../context/default_names.ts";
import { rowsOfEntity } from "../index/index_rows.ts";
import { addInventory, noChange } from "../index/inventory.ts";
import { rowsIn } from "../index/ready_rows.ts";
import { BatchReader, type ReadEntities } from "./batch_reader.ts";
import { creation } from "./change.ts";
import { documentOf, entityIn } from "./document.ts";
import type { Entity } from "./entity.ts";
import { readEntity } from "./read_entity.ts";
import { plain, ReadyEntity } from "./ready_entity.ts";

const AT = "2026-11-01T00:00:00.000Z";
const clock = fixedClock(AT);
const names = defaultNames("");

const sent: readonly Record<string, unknown>[] = [
  {
    id: "urn:x:1",
    type: "BusStop",
    name: {
      type: "LanguageProperty",
      languageMap: { ja: "市役所", en: "Hall" },
    },
    location: { type: "Point", coordinates: [130.3, 33.25] },
    seats: {
      value: 4,
      unitCode: "C62",
      observedAt: AT,
      by: { object: "urn:x:2" },
    },
  },
  { id: "urn:x:2", type: ["BusStop", "Shelter"], scope: ["/a", "/a/b"] },
  {
    id: "urn:x:3",
    type: "BusStop",
    seats: [{ value: 1 }, { value: 2, datasetId: "urn:x:d" }],
  },
  {
    id: "urn:x:4",
    type: "BusStop",
    seats: { value: 5, expiresAt: "2099-01-01T00:00:00Z" },
  },
  { id: "urn:x:5", type: "BusStop", seats: null },
];

function bytesOf(batch: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(batch));
}

async function entitiesOf(
  reader: BatchReader,
  batch: unknown,
): Promise<ReadEntities> {
  const read = await reader.read(bytesOf(batch));
  assert.ok("drafts" in read);
  return read;
}

async function withReader(
  body: (reader: BatchReader) => Promise<void>,
): Promise<void> {
  const reader = new BatchReader(true, clock);
  try {
    await body(reader);
  } finally {
    reader.close();
  }
}

Deno.test("a batch read in another thread has the entities, rows and counts that reading one by one has", () =>
  withReader(async (reader) => {
    const read = await entitiesOf(reader, sent);
    const one = sent.slice(0, 4).map((entity) =>
      creation(readEntity(entity, names), AT)(undefined) as Entity
    );
    const made = read.drafts.map((draft) =>
      creation(draft, AT)(undefined) as Entity
    );
    const inventories = [made, one].map((entities) => {
      const change = noChange();
      for (const entity of entities) addInventory(change, undefined, entity);
      return change;
    });

    assert.deepEqual(made.map(plain), one);
    assert.deepEqual(made.map(documentOf), one.map(documentOf));
    const ready = made.filter((entity) => entity instanceof ReadyEntity);
    // The last of them expires, which needs a closer look.
    assert.deepEqual(ready.map(({ id }) => id), [
      "urn:x:1",
      "urn:x:2",
      "urn:x:3",
    ]);
    for (const [i, { rows }] of ready.entries()) {
      assert.deepEqual(rowsIn(rows), rowsOfEntity(one[i] as Entity));
    }
    assert.deepEqual(
      [...inventories[0]?.alike.values() ?? []],
      [1, 1, 1],
    );
    assert.deepEqual(
      read.refused.map(({ id, why }) => [id, why.kind]),
      [["urn:x:5", "BadRequestData"]],
    );
  }));

Deno.test("a batch that is no plain list of entities is left to a closer look, and the thread goes on", () =>
  withReader(async (reader) => {
    const [first] = sent;
    const left = [
      {},
      [],
      [1],
      [first, { type: "BusStop" }],
      [{ ...first, "@context": "https://city.example/context" }],
      [{ ...first, text: "\u0000" }],
    ];

    const read = await Promise.all(
      left.map((one) => reader.read(bytesOf(one))),
    );
    const faulty = await reader.read(new TextEncoder().encode("[{"));
    const good = await entitiesOf(reader, [first]);

    // Their bytes come back.
    assert.deepEqual(read, left.map(bytesOf));
    assert.deepEqual(faulty, new TextEncoder().encode("[{"));
    assert.equal(good.drafts.length, 1);
    assert.notEqual(entityIn(documentOf(good.drafts[0] as Entity)), undefined);
  }));
