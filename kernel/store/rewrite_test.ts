import assert from "node:assert/strict";
import { openDuckdb, rewriteDuckdb, sql } from "./mod.ts";

interface Tables {
  secret: { id: number; word: string };
}

Deno.test("rewriteDuckdb() leaves nothing of what was deleted in the file, while others wait", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${await Deno.realPath(folder)}/a.duckdb`;
  const store = await openDuckdb<Tables>(path, {
    allowedDirectories: [await Deno.realPath(folder)],
  });
  await sql`create table secret (id integer, word varchar
    using compression uncompressed)`.execute(store);
  await sql`create view later as select * from secret where id > 5`
    .execute(store);
  await sql`insert into secret
    select i, 'word-' || md5(i::varchar) from range(5000) t(i)`.execute(store);
  await sql`checkpoint`.execute(store);
  const { rows } = await sql<{ word: string }>`
    select word from secret where id < 100`.execute(store);
  await sql`delete from secret where id < 100`.execute(store);
  await sql`checkpoint`.execute(store);
  const gone = (text: string) =>
    rows.filter(({ word }) => text.includes(word)).length;
  const before = gone(await latin(path));
  await Deno.writeTextFile(`${path}.wal.torn`, "cut off once");

  const [, waited] = await Promise.all([
    rewriteDuckdb(store),
    Promise.all(
      Array.from(
        { length: 8 },
        () =>
          sql<{ n: number }>`select count(*)::int as n from secret`
            .execute(store),
      ),
    ),
  ]);
  await sql`insert into secret values (9999, 'after')`.execute(store);

  assert.ok(before > 0, "a plain delete leaves residue");
  assert.equal(gone(await latin(path)), 0);
  assert.deepEqual(
    new Set(waited.map(({ rows }) => rows[0]?.n)),
    new Set([4900]),
  );
  await store.destroy();
  const again = await openDuckdb<Tables>(path, {});
  const { rows: [count] } = await sql<{ n: number }>`
    select count(*)::int as n from later`.execute(again);
  assert.equal(count?.n, 4901);
  await assert.rejects(Deno.stat(`${path}.rewritten`));
  await assert.rejects(Deno.stat(`${path}.wal.torn`));
  await again.destroy();
  await Deno.remove(folder, { recursive: true });
});

async function latin(path: string): Promise<string> {
  return new TextDecoder("latin1").decode(await Deno.readFile(path));
}
