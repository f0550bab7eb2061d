import assert from "node:assert/strict";
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
