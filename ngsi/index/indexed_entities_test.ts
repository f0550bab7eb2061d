import { sql, type Store } from "@hiraku/kernel/store";
import assert from "node:assert/strict";
import type { Tables } from "../tables.ts";
import { SEGMENT_MIGRATION } from "./index_migrations.ts";
import { EntityStore } from "../entity/entity_store.ts";
import { EntityWriter } from "../entity/entity_writer.ts";
import { openTestStore } from "../_test_store.ts";
import { entityOf, NAMES, NOW, property } from "../query/_sample.ts";
import { parseQ } from "../query/parse_q.ts";
import { selectIds } from "../query/run_query.ts";

const clock = { now: () => new Date(NOW) };

Deno.test("what a failed commit learned is learned again by the next", async () => {
  const db = await openTestStore();
  const store = new EntityStore(db);
  let fails = true;
  const writer = new EntityWriter(store, clock, [{
    follow() {
      if (fails) return Promise.reject(new Error("The disk is full"));
      return Promise.resolve();
    },
    committed() {},
  }]);
  const made = entityOf({ a: property({ b: 1 }) });
  const write = () => writer.write(made.id, () => made);

  await assert.rejects(write, /full/);
  fails = false;
  await write();

  const again = new EntityStore(db);
  for (const each of [store, again]) {
    const found = await selectIds(
      { store: each, hiddenTypes: [], now: NOW, mostLooked: 10 },
      { q: parseQ("a[b]==1", NAMES) },
    );
    assert.deepEqual(found, [made.id]);
  }
  await db.destroy();
});

interface Opened {
  readonly store: EntityStore;
  write(n: number, value: number | undefined): Promise<void>;
  /** The numbers of the entities whose value is at least so much. */
  from(value: number): Promise<string>;
  close(): Promise<void>;
}

function opened(db: Store<Tables>, mostRecent = 2): Opened {
  const store = new EntityStore(db, {
    mostRecent,
    failed: (error) => assert.fail(String(error)),
  });
  const writer = new EntityWriter(store, clock, []);
  return {
    store,
    async write(n, value) {
      const id = `urn:x:${n}`;
      const made = value === undefined
        ? undefined
        : entityOf({ v: property(value) }, { id });
      await writer.write(id, () => made);
      await store.index.settled();
    },
    async from(value) {
      const reading = { store, hiddenTypes: [], now: NOW, mostLooked: 100 };
      const found = await selectIds(reading, {
        q: parseQ(`v>=${value}`, NAMES),
      });
      return found.map((id) => id.slice("urn:x:".length)).join();
    },
    close: () => store.index.close(),
  };
}

Deno.test("what was indexed is found after each restart, and what was deleted is not", async () => {
  const db = await openTestStore();
  for (let round = 0; round < 8; round++) {
    const one = opened(db);
    for (let n = 0; n < 5; n++) await one.write(n, 10 * round + n);
    await one.write(4, undefined);

    assert.equal(await one.from(10 * round + 1), "1,2,3");
    await one.close();
    const again = opened(db);
    assert.equal(await again.from(10 * round + 1), "1,2,3");
    assert.equal(await again.from(10 * round + 4), "");
    await again.close();
  }
  const segments = await db.selectFrom("index_segment").select("id").execute();
  assert.ok(segments.length < 8);
  await db.destroy();
});

Deno.test("columns of a segment that was never finished are in nobody's way", async () => {
  const db = await openTestStore();
  const nothing = new Uint8Array();
  await db.insertInto("index_column").values({
    ...{ segment: 1, path: 1 },
    ...{ entities: nothing, keys: nothing, more: nothing },
  }).execute();
  const one = opened(db);
  for (let n = 0; n < 40; n++) await one.write(n, n);
  await one.close();

  assert.equal(await opened(db).from(38), "38,39");
  const left = await db.selectFrom("index_column").select("segment")
    .where("segment", "=", 1).execute();
  assert.deepEqual(left, []);
  await db.destroy();
});

Deno.test("a commit that was taken for failed is found when it has happened", async () => {
  const db = await openTestStore();
  const one = opened(db);
  await one.write(1, 1);
  const other = opened(db, 100);
  await other.write(1, 7);
  await other.write(2, 8);

  assert.equal(await one.from(5), "");
  one.store.doubt(["urn:x:1", "urn:x:2"]);
  one.store.index.doubt([1, 2, 3]);
  assert.equal(await one.from(5), "1,2");
  assert.equal(await one.from(8), "2");
  await one.close();
  await db.destroy();
});

Deno.test("a store with rows in place of columns is indexed anew when it is opened", async () => {
  const db = await openTestStore();
  const one = opened(db, 100);
  for (let n = 0; n < 5; n++) await one.write(n, n);
  for (const table of ["index_log", "index_column", "index_segment"]) {
    await sql`DROP TABLE ${sql.table(table)}`.execute(db);
  }
  await sql`CREATE TABLE index_name (path INTEGER, entity INTEGER)`
    .execute(db);

  await SEGMENT_MIGRATION.up(db);

  assert.equal(await opened(db).from(3), "3,4");
  await assert.rejects(sql`SELECT * FROM index_name`.execute(db));
  await db.destroy();
});

Deno.test("entities with more than the index keeps are found all the same", async () => {
  const db = await openTestStore();
  const store = new EntityStore(db);
  const writer = new EntityWriter(store, clock, []);
  const reading = { store, hiddenTypes: [], now: NOW, mostLooked: 10 };
  const wide = Object.fromEntries(
    Array.from({ length: 500 }, (_, n) => [`m${n}`, n]),
  );
  const deep = { a: { b: { c: { d: "deep" } } } };
  const long = "x".repeat(300);
  const entities = [wide, deep, `${long}1`, "a\0b"].map((value, n) =>
    entityOf({ v: property(value) }, { id: `urn:x:${n}` })
  );
  for (const one of entities) await writer.write(one.id, () => one);
  const ids = (q: string) =>
    selectIds(reading, { q: parseQ(q, NAMES) })
      .then((found) => found.map((id) => id.at(-1)).join());

  assert.equal(await ids("v[m499]==499"), "0");
  assert.equal(await ids('v[a.b.c.d]=="deep"'), "1");
  assert.equal(await ids(`v=="${long}1"`), "2");
  assert.equal(await ids(`v=="${long}2"`), "");
  assert.equal(await ids(`v>"${long}0"`), "2");
  assert.equal(await ids('v=="a\\u0000b"'), "3");
  await db.destroy();
});
