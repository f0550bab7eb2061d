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

Deno.test("openPostgres() refuses a schema that another has for itself, by its name and while it has it", async () => {
  await using postgres = await startPostgres();
  if (postgres === undefined) return;
  const alone = (schema: string, aloneWithinMs = 0) =>
    openPostgres<Tables>(postgres.url, { schema, aloneWithinMs });
  const isRefused = (error: unknown) =>
    error instanceof Problem && error.kind === "Unavailable" &&
    /'own'/.test(error.message) && !error.message.includes("postgres:");
  const first = await alone("own", 5_000);
  const other = await alone("other");

  await assert.rejects(alone("own"), isRefused);
  await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE pid <> pg_backend_pid() AND query LIKE '%advisory%'`.execute(other);
  const again = sql`SELECT 1 FROM pg_locks WHERE locktype = 'advisory'
    AND granted AND pid IN (SELECT pid FROM pg_stat_activity
      WHERE query LIKE '%try_advisory%')`;
  while ((await again.execute(other)).rows.length < 2) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await assert.rejects(alone("own"), isRefused);
  await sql`SELECT 1`.execute(first);
  await first.destroy();
  const next = await alone("own", 5_000);

  await sql`SELECT 1`.execute(next);
  await next.destroy();
  await other.destroy();
});
