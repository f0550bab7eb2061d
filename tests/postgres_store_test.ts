import { Problem } from "@hiraku/kernel";
import { migrateStore, openPostgres, sql } from "@hiraku/kernel/store";
import assert from "node:assert/strict";
import { startPostgres } from "./postgres.ts";

interface Tables {
  note: { pk: number; text: string };
}

Deno.test("openPostgres() keeps each schema to itself and rolls back what throws", async () => {
  await using postgres = await startPostgres();
  if (postgres === undefined) return;
  const open = (schema: string) =>
    openPostgres<Tables>(postgres.url, { schema });
  const saga = await open("saga");
  const otsu = await open("otsu");
  try {
    for (const store of [saga, otsu]) {
      await migrateStore(store, {
        "0001": {
          async up(db) {
            await sql`CREATE TABLE note (pk BIGINT PRIMARY KEY, text TEXT)`
              .execute(db);
          },
        },
      });
    }
    await saga.insertInto("note").values({ pk: 2 ** 40, text: "避難所" })
      .execute();

    await assert.rejects(
      saga.transaction().execute(async (trx) => {
        await trx.deleteFrom("note").execute();
        throw new Error("No");
      }),
      /No/,
    );

    const notes = await saga.selectFrom("note").selectAll().execute();
    assert.deepEqual(notes, [{ pk: 2 ** 40, text: "避難所" }]);
    assert.deepEqual(await otsu.selectFrom("note").selectAll().execute(), []);
  } finally {
    await saga.destroy();
    await otsu.destroy();
  }
});

Deno.test("openPostgres() says that a database cannot be reached, not its password", async () => {
  await assert.rejects(
    openPostgres("postgres://hiraku:secret@127.0.0.1:9/none", { schema: "a" }),
    (error) =>
      error instanceof Problem && error.kind === "Unavailable" &&
      !error.message.includes("secret"),
  );
});
