import { type Generated, migrateStore, openSqlite, sql } from "./mod.ts";

interface Tables {
  note: { id: Generated<number>; process: string };
}

const [path = "", process = ""] = Deno.args;
const store = openSqlite<Tables>(path);
await migrateStore(store, {
  "0001": {
    async up(db) {
      await sql`CREATE TABLE note (id INTEGER PRIMARY KEY, process TEXT NOT NULL)`
        .execute(db);
    },
  },
});
for (let i = 0; i < 100; i++) {
  await store.transaction().execute(async (trx) => {
    await trx.selectFrom("note").selectAll().execute();
    await trx.insertInto("note").values({ process }).execute();
  });
}
await store.destroy();
