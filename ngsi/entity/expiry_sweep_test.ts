import assert from "node:assert/strict";
import { openTestStore } from "../_test_store.ts";
import { defaultNames } from "../context/default_names.ts";
import { EntitySet } from "../index/entity_set.ts";
import { geometryPath, typePath, valuePath } from "../index/index_path.ts";
import type { Stretch } from "../query/narrowing.ts";
import { History } from "../temporal/history.ts";
import { retrieveEvolution } from "../temporal/evolution_reads.ts";
import { readTemporalQuery } from "../temporal/temporal_query.ts";
import { creation } from "./change.ts";
import { EntityStore } from "./entity_store.ts";
import { EntityWriter, type Follower } from "./entity_writer.ts";
import { sweepExpired } from "./expiry_sweep.ts";
import { readEntity } from "./read_entity.ts";

const names = defaultNames("https://city.example");
const START = Date.parse("2026-11-01T00:00:00Z");
const SECOND = 1000;
const DAY = 86_400_000;

async function withStore(
  body: (parts: {
    store: EntityStore;
    history: History;
    create(entity: Record<string, unknown>): Promise<void>;
    /** Moves the clock and does what a broker then does by itself. */
    move(ms: number): Promise<number>;
  }) => Promise<void>,
): Promise<void> {
  let now = START;
  const clock = { now: () => new Date(now) };
  const db = await openTestStore();
  const store = new EntityStore(db);
  const history = new History(db, clock, {
    path: ":memory:",
    keepDays: 10,
    keepDaysOfType: { [names.expand("Alert")]: 2 },
    pageSize: 100,
    memory: "200MB",
  });
  const followers: readonly Follower[] = [history];
  const writer = new EntityWriter(store, clock, followers);
  try {
    await body({
      store,
      history,
      async create(entity) {
        const at = clock.now().toISOString();
        const made = readEntity(entity, names);
        await writer.write(made.id, creation(made, at));
      },
      async move(ms) {
        now += ms;
        const swept = await sweepExpired(
          store,
          writer,
          clock.now().toISOString(),
        );
        await history.tidy();
        return swept;
      },
    });
  } finally {
    await history.close();
    await db.destroy();
  }
}

function after(ms: number): string {
  return new Date(START + ms).toISOString();
}

const LOOKED_FOR: readonly (readonly [path: string, over: Stretch])[] = [
  ...["Even", "Odd"].map((type) =>
    [typePath(names.expand(type)), { table: "name" }] as const
  ),
  [valuePath("number", names.expand("n"), false), {
    table: "number",
    bounds: {},
  }],
  [valuePath("text", names.expand("text"), false), {
    table: "text",
    bounds: {},
  }],
  [geometryPath(names.expand("location")), {
    table: "box",
    boxes: [{ west: 129, south: 32, east: 131, north: 34 }],
  }],
];

/** Which entities the index has under each of some paths. */
async function indexed({ index }: EntityStore): Promise<number[][]> {
  return await index.ask(
    LOOKED_FOR.map(([path]) => path),
    (parts, ids) =>
      LOOKED_FOR.map(([path, over]) => {
        const found = new EntitySet();
        for (const part of parts) part.add(ids.get(path) ?? -1, over, found);
        return found.slice(Infinity);
      }),
  );
}

Deno.test("CIM 009 4.22: what has expired leaves memory, disk, index and inventory", () =>
  withStore(async ({ store, create, move }) => {
    await Promise.all(Array.from({ length: 2_100 }, (_, i) =>
      create({
        id: `urn:x:${i}`,
        type: i % 2 === 0 ? "Even" : "Odd",
        n: i,
        text: `t${i}`,
        short: { value: i, expiresAt: after(5 * SECOND) },
        location: {
          type: "GeoProperty",
          value: { type: "Point", coordinates: [130, 33] },
        },
        ...i < 2_050 ? { expiresAt: after(10 * SECOND) } : {},
      })));
    const all = await indexed(store);

    assert.equal(await move(4 * SECOND), 0);
    while (await move(SECOND) > 0);
    const shorter = await store.entity("urn:x:0");
    assert.deepEqual(
      all.map(({ length }) => length),
      [1_050, 1_050, 2_100, 2_100, 2_100],
    );
    assert.equal(shorter?.attributes[names.expand("short")], undefined);
    assert.notEqual(store.peek("urn:x:0"), undefined);
    await move(10 * SECOND);
    await move(0);

    assert.equal(store.peek("urn:x:0"), undefined);
    const rows = await store.db.selectFrom("entity").select(["id", "pk"])
      .execute();
    const left = rows.map(({ pk }) => Number(pk)).sort((a, b) => a - b);
    assert.equal(left.length, 50);
    const [even = [], odd = [], ...values] = await indexed(store);
    assert.deepEqual([...even, ...odd].sort((a, b) => a - b), left);
    for (const each of values) assert.deepEqual(each, left);
    const inventory = await store.db.selectFrom("inventory").selectAll()
      .where("kind", "=", "").execute();
    assert.deepEqual(
      inventory.map((
        { type, attribute, total },
      ) => [names.compact(type || attribute), Number(total)]).toSorted(),
      [
        ["Even", 25],
        ["Odd", 25],
        ["location", 50],
        ["n", 50],
        ["text", 50],
      ],
    );
  }));

Deno.test("history is forgotten by the days of its type, also while nobody writes", () =>
  withStore(async ({ history, create, move }) => {
    const expiresAt = after(5 * 3_600 * SECOND);
    await create({ id: "urn:x:1", type: "Alert", a: 1 });
    await create({
      id: "urn:x:2",
      type: "Thing",
      a: 1,
      short: { value: 1, expiresAt },
    });
    const query = readTemporalQuery({}, false);
    const evolution = async (id: string) => {
      const { evolutions: [one] } = await retrieveEvolution(history, id, {
        selection: { query, withScopes: true },
      });
      return Object.keys(one?.attributes ?? {}).map((iri) =>
        names.compact(iri)
      );
    };
    const rows = async () =>
      (await (await history.read()).selectFrom("instance").select("entity")
        .execute()).length;

    assert.deepEqual(await evolution("urn:x:1"), ["a"]);
    assert.deepEqual(await evolution("urn:x:2"), ["a", "short"]);
    const made = await rows();
    await move(5 * 3_600 * SECOND);
    assert.deepEqual(await evolution("urn:x:2"), ["a"]);
    await move(DAY);
    assert.ok(await rows() < made);
    assert.deepEqual(await evolution("urn:x:1"), ["a"]);
    await move(1.5 * DAY);
    await assert.rejects(evolution("urn:x:1"), { kind: "ResourceNotFound" });
    assert.deepEqual(await evolution("urn:x:2"), ["a"]);
    await move(8 * DAY);
    await assert.rejects(evolution("urn:x:2"), { kind: "ResourceNotFound" });
    assert.equal(await rows(), 0);
  }));
