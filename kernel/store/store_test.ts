import {
  engineOf,
  migrateStore,
  openDuckdb,
  openSqlite,
  sql,
  type Store,
} from "./mod.ts";
import assert from "node:assert/strict";

interface Tables {
  person: {
    id: number;
    name: string;
    active: boolean;
    since: Date;
    tags: unknown;
  };
}

const OPENERS = {
  duckdb: () => openDuckdb<Tables>(":memory:", { threads: 2 }),
  sqlite: () => Promise.resolve(openSqlite<Tables>(":memory:")),
  "sqlite in a thread": async () =>
    openSqlite<Tables>(`${await freshFolder()}/a.sqlite`, {
      writesInThread: true,
    }),
};
const folders: string[] = [];

async function freshFolder(): Promise<string> {
  const folder = await Deno.makeTempDir();
  folders.push(folder);
  return folder;
}

const SINCE = new Date("2026-01-01T00:00:00.000Z");
const ann = { id: 1, name: "Ann", active: true, since: SINCE, tags: [1, "b"] };
const bob = { ...ann, id: 2, name: "Bob", active: false };

async function create(store: Store<Tables>): Promise<void> {
  await store.schema.createTable("person")
    .addColumn("id", "integer", (c) => c.primaryKey())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("active", "boolean")
    .addColumn("since", "timestamp")
    .addColumn("tags", "json")
    .execute();
}

function both(
  name: string,
  body: (store: Store<Tables>) => Promise<void>,
): void {
  for (const [dialect, open] of Object.entries(OPENERS)) {
    Deno.test(`${dialect}: ${name}`, async () => {
      const store = await open();
      try {
        await create(store);
        await body(store);
      } finally {
        await store.destroy();
        for (const folder of folders.splice(0)) {
          await Deno.remove(folder, { recursive: true });
        }
      }
    });
  }
}

both(
  "insert, select, update and delete count and return rows",
  async (store) => {
    const inserted = await store.insertInto("person").values(
      [ann, bob],
    )
      .returningAll().execute();
    const updated = await store.updateTable("person").set({ name: "Cy" })
      .where("id", "=", 2).executeTakeFirst();
    const deleted = await store.deleteFrom("person").where("since", "=", SINCE)
      .where("active", "=", true).executeTakeFirst();
    const left = await store.selectFrom("person").selectAll().execute();

    assert.equal(inserted.length, 2);
    assert.equal(updated.numUpdatedRows, 1n);
    assert.equal(deleted.numDeletedRows, 1n);
    assert.deepEqual(left.map((row) => ({ ...row, tags: null })), [
      { id: 2, name: "Cy", active: false, since: SINCE, tags: null },
    ]);
    assert.deepEqual(JSON.parse(String(left[0]?.tags)), [1, "b"]);
  },
);

both("onConflict updates and adds no row", async (store) => {
  await store.insertInto("person").values(ann).execute();

  await store.insertInto("person").values({ ...ann, name: "Di" })
    .onConflict((c) =>
      c.column("id").doUpdateSet((eb) => ({ name: eb.ref("excluded.name") }))
    )
    .execute();
  await store.insertInto("person").values({ ...ann, name: "Ed" })
    .onConflict((c) => c.doNothing()).execute();

  const rows = await store.selectFrom("person").select("name").execute();
  assert.deepEqual(rows, [{ name: "Di" }]);
});

both(
  "a single column called count is a row, not a row count",
  async (store) => {
    const row = await store.selectFrom("person")
      .select(({ fn }) => fn.countAll().as("count")).executeTakeFirst();

    assert.deepEqual(row, { count: 0 });
  },
);

both(
  "transaction() rolls back everything when its body throws",
  async (store) => {
    const failing = store.transaction().execute(async (trx) => {
      await trx.insertInto("person").values(ann).execute();
      assert.equal(
        (await trx.selectFrom("person").selectAll().execute()).length,
        1,
      );
      throw new Error("enough");
    });

    await assert.rejects(failing, /enough/);
    const rows = await store.selectFrom("person").selectAll().execute();
    assert.deepEqual(rows, []);
  },
);

both("transactions at once take turns and lose no update", async (store) => {
  await store.insertInto("person").values({ ...ann, id: 1, name: "0" })
    .execute();

  await Promise.all(
    Array.from({ length: 8 }, () =>
      store.transaction().execute(async (trx) => {
        const { name } = await trx.selectFrom("person").select("name")
          .executeTakeFirstOrThrow();
        await trx.updateTable("person").set({ name: String(Number(name) + 1) })
          .execute();
      })),
  );

  const row = await store.selectFrom("person").select("name")
    .executeTakeFirst();
  assert.equal(row?.name, "8");
});

both(
  "stream() yields every row and frees its connection early",
  async (store) => {
    const people = Array.from({ length: 5000 }, (_, id) => ({ ...bob, id }));
    for (let i = 0; i < people.length; i += 500) {
      await store.insertInto("person").values(people.slice(i, i + 500))
        .execute();
    }

    let all = 0;
    for await (const row of store.selectFrom("person").selectAll().stream()) {
      assert.equal(row.active, false);
      all += 1;
    }
    for (let round = 0; round < 10; round++) {
      for await (
        const _ of store.selectFrom("person").selectAll().stream()
      ) break;
    }

    assert.equal(all, 5000);
    const after = await store.selectFrom("person").select("id").execute();
    assert.notEqual(after.length, 0);
  },
);

both("a stream inside a transaction sees what it wrote", async (store) => {
  await store.insertInto("person").values(ann).execute();

  const seen = await store.transaction().execute(async (trx) => {
    await trx.insertInto("person").values(bob).execute();
    const names: string[] = [];
    for await (const row of trx.selectFrom("person").selectAll().stream()) {
      names.push(row.name);
    }
    await trx.deleteFrom("person").execute();
    return names;
  });

  assert.deepEqual(seen.sort(), ["Ann", "Bob"]);
  const rows = await store.selectFrom("person").select("name").execute();
  assert.deepEqual(rows, []);
});

both("migrateStore() rolls back a failed migration whole", async (store) => {
  const good = { up: () => Promise.resolve() };
  const bad = {
    async up(db: Store<Tables>) {
      await sql`CREATE TABLE half (id integer)`.execute(db);
      await sql`INSERT INTO nowhere VALUES (1)`.execute(db);
    },
  };
  await migrateStore(store, { "0001": good });

  await assert.rejects(migrateStore(store, { "0001": good, "0002": bad }));
  const tables = await store.introspection.getTables();
  await migrateStore(store, { "0001": good });
  await migrateStore(store, {
    "0001": good,
    "0002": {
      up: (db) => sql`CREATE TABLE half (id integer)`.execute(db).then(),
    },
  });

  assert.deepEqual(tables.map((table) => table.name), ["person"]);
});

both("introspection names tables, views and columns", async (store) => {
  await sql`CREATE VIEW names AS SELECT name FROM person`.execute(store);

  const tables = await store.introspection.getTables();

  assert.deepEqual(tables.map(({ name, isView }) => ({ name, isView })), [
    { name: "names", isView: true },
    { name: "person", isView: false },
  ]);
  const person = tables.find((table) => table.name === "person");
  assert.deepEqual(
    person?.columns.map((c) => [c.name, c.isNullable]).slice(0, 3),
    [["id", engineOf(store) === "sqlite"], ["name", false], ["active", true]],
  );
});

both("an aborted signal is thrown and the store goes on", async (store) => {
  const reason = new Error("too late");
  const query = store.selectFrom("person").selectAll();

  await assert.rejects(
    query.execute({ signal: AbortSignal.abort(reason) }),
    /too late/,
  );

  assert.deepEqual(await query.execute(), []);
});

both("a symbol as a parameter is refused", async (store) => {
  const query = sql`SELECT ${Symbol("x")} AS x`;

  await assert.rejects(query.execute(store), TypeError);
  assert.deepEqual(await store.selectFrom("person").selectAll().execute(), []);
});
