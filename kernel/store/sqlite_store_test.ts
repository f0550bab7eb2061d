import assert from "node:assert/strict";
import { type Generated, migrateStore, openSqlite, sql } from "./mod.ts";

interface Tables {
  note: { id: Generated<number>; process: string };
}

const MIGRATIONS = {
  "0001": {
    up: (db: ReturnType<typeof openSqlite<Tables>>) =>
      sql`CREATE TABLE note (id INTEGER PRIMARY KEY, process TEXT NOT NULL)`
        .execute(db).then(() => {}),
  },
};

Deno.test("two processes migrate and write one file and lose nothing", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/deep/control.sqlite`;
  const script = new URL("./_write_sqlite.ts", import.meta.url).pathname;
  const writer = (name: string) =>
    new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", script, path, name],
    }).output();

  const ends = await Promise.all([writer("a"), writer("b")]);
  const store = openSqlite<Tables>(path);
  await migrateStore(store, MIGRATIONS);
  const counts = await store.selectFrom("note")
    .select(({ fn }) => ["process", fn.countAll<number>().as("count")])
    .groupBy("process").orderBy("process").execute();

  assert.deepEqual(
    ends.map((end) => new TextDecoder().decode(end.stderr)),
    ["", ""],
  );
  assert.deepEqual(counts, [
    { process: "a", count: 100 },
    { process: "b", count: 100 },
  ]);
  await store.destroy();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("openSqlite() keeps durable settings and foreign keys on", async () => {
  const folder = await Deno.makeTempDir();
  const store = openSqlite<Tables>(`${folder}/a.sqlite`, { busyTimeoutMs: 50 });
  const pragma = async (name: string) => {
    const { rows } = await sql<Record<string, unknown>>`PRAGMA ${sql.raw(name)}`
      .execute(store);
    return Object.values(rows[0] ?? {})[0];
  };

  assert.equal(await pragma("journal_mode"), "wal");
  assert.equal(await pragma("synchronous"), 2);
  assert.equal(await pragma("foreign_keys"), 1);
  assert.equal(await pragma("busy_timeout"), 50);
  await assert.rejects(
    store.transaction().setIsolationLevel("read committed")
      .execute(() => Promise.resolve()),
    /serializable/,
  );

  await store.destroy();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a kept statement follows a changed table", async () => {
  const store = openSqlite<Tables>(":memory:");
  await migrateStore(store, MIGRATIONS);
  const all = store.selectFrom("note").selectAll();
  await store.insertInto("note").values({ process: "a" }).execute();
  await all.execute();

  await sql`ALTER TABLE note ADD COLUMN done boolean DEFAULT 1`.execute(store);

  const rows = await all.execute();
  assert.deepEqual(rows, [
    { id: 1, process: "a", done: true },
  ]);
  await store.destroy();
});

Deno.test("a busy file and a full disk are Unavailable and leave the store usable", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/a.sqlite`;
  const first = openSqlite<Tables>(path);
  const second = openSqlite<Tables>(path, { busyTimeoutMs: 10 });
  await migrateStore(first, MIGRATIONS);
  const add = (process: string) =>
    second.insertInto("note").values({ process }).execute();

  await first.transaction().execute(async (trx) => {
    await trx.insertInto("note").values({ process: "a" }).execute();
    await assert.rejects(add("b"), { kind: "Unavailable" });
  });
  await sql`PRAGMA max_page_count = 20`.execute(second);
  await assert.rejects(add("x".repeat(1_000_000)), { kind: "Unavailable" });
  await add("c");

  const rows = await first.selectFrom("note").select("process").execute();
  assert.deepEqual(rows, [{ process: "a" }, { process: "c" }]);
  await first.destroy();
  await second.destroy();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a store that writes in a thread is read beside a transaction, and a commit that fails leaves nothing", async () => {
  const folder = await Deno.makeTempDir();
  const store = openSqlite<Tables>(`${folder}/a.sqlite`, {
    writesInThread: true,
  });
  await migrateStore(store, MIGRATIONS);
  const add = (db: typeof store, process: string) =>
    db.insertInto("note").values({ process }).execute();
  const all = async (db = store) =>
    (await db.selectFrom("note").select("process").execute())
      .map(({ process }) => process);

  const seen = await store.transaction().execute(async (trx) => {
    await add(trx, "a");
    return [await all(), await all(trx), await all()];
  });
  await sql`PRAGMA max_page_count = 20`.execute(store);
  await assert.rejects(
    store.transaction().execute(async (trx) => {
      await add(trx, "b");
      await add(trx, "x".repeat(1_000_000));
    }),
    { kind: "Unavailable" },
  );
  await assert.rejects(
    store.transaction().execute((trx) =>
      trx.insertInto("note").values({ id: 1, process: "c" }).execute()
    ),
    /UNIQUE/,
  );
  await add(store, "d");

  assert.deepEqual(seen, [[], ["a"], []]);
  assert.deepEqual(await all(), ["a", "d"]);
  await store.destroy();
  await assert.rejects(all());
  await Deno.remove(folder, { recursive: true });
});
