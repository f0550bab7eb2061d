import { fixedClock, HistorySettings } from "@hiraku/kernel";
import { sql, type Store } from "@hiraku/kernel/store";
import assert from "node:assert/strict";
import { defaultNames } from "../context/default_names.ts";
import { attributeUpdate, creation } from "../entity/change.ts";
import { EntityStore } from "../entity/entity_store.ts";
import { EntityWriter } from "../entity/entity_writer.ts";
import { readEntity, readFragment } from "../entity/read_entity.ts";
import { openTestStore } from "../_test_store.ts";
import type { Tables } from "../tables.ts";
import { History } from "./history.ts";
import { entityRow } from "./history_row.ts";

const names = defaultNames("");
const AT = "2026-11-01T00:00:00Z";

async function withHistory(
  body: (parts: {
    history: History;
    writer: EntityWriter;
    db: Store<Tables>;
  }) => Promise<void>,
): Promise<void> {
  const db = await openTestStore();
  const clock = fixedClock(AT);
  const options = { ...HistorySettings.parse({}), path: ":memory:" };
  const history = new History(db, clock, options);
  const writer = new EntityWriter(new EntityStore(db), clock, [history]);
  try {
    await body({ history, writer, db });
  } finally {
    await history.close();
    await db.destroy();
  }
}

function made(id: string) {
  const river = readEntity({ id, type: "River", level: 1 }, names);
  return { id, change: creation(river, AT) };
}

function some(name: string, count: number) {
  return Array.from({ length: count }, (_, i) => made(`urn:x:${name}:${i}`));
}

Deno.test("a commit of many new entities leaves each of them once, in order, beside what else it changed", () =>
  withHistory(async ({ history, writer, db }) => {
    const change = attributeUpdate(readFragment({ level: 2 }, names), AT);
    await writer.writeAll([made("urn:x:z")]);

    await writer.writeAll([
      ...some("a", 40),
      { id: "urn:x:z", change },
      ...some("b", 3),
      // It is there already.
      ...some("a", 1),
      // What it leaves is not what was made.
      made("urn:x:c"),
      { id: "urn:x:c", change },
      ...some("d", 20),
    ]);
    const entries = await db.selectFrom("history_outbox").selectAll().execute();
    const rows = await (await history.read()).selectFrom("instance")
      .select(["entity", "number"]).where("kind", "=", "number").orderBy("seq")
      .execute();

    const ids = (name: string, count: number) =>
      some(name, count).map(({ id }) => [id, 1]);
    assert.deepEqual(rows.map(({ entity, number }) => [entity, number]), [
      ["urn:x:z", 1],
      ...ids("a", 40),
      ["urn:x:z", 2],
      ...ids("b", 3),
      ["urn:x:c", 1],
      ["urn:x:c", 2],
      ...ids("d", 20),
    ]);
    assert.equal(entries.length, 4);
  }));

Deno.test("a commit that adds to the outbox ends before the next one numbers its entries", () =>
  withHistory(async ({ history, db }) => {
    const { id, change } = made("urn:x:first");
    const changed = { id, before: undefined, after: change(undefined), at: AT };
    const later = entityRow("urn:x:later", "[]", AT, AT, false);
    let ended = false;
    let adding: Promise<void> | undefined;

    await db.transaction().execute(async (trx) => {
      await history.follow(trx, [changed]);
      adding = history.add([later]).then(() => {
        ended = true;
      });
      for (let i = 0; i < 20 && !ended; i++) await sql`SELECT 1`.execute(trx);
      assert.equal(ended, false);
    });
    history.committed([changed]);
    await adding;

    const rows = await (await history.read()).selectFrom("instance")
      .select("entity").where("kind", "=", "entity").orderBy("seq").execute();
    assert.deepEqual(rows.map(({ entity }) => entity), [id, "urn:x:later"]);
  }));
