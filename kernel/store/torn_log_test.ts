import assert from "node:assert/strict";
import { countCommits } from "./_torn_log.ts";
import { openDuckdb, sql } from "./mod.ts";

type None = Record<never, never>;
const FILES = ["a.duckdb", "a.duckdb.wal"];

/** A store with four commits in its log, and where each of them ends. */
async function withLog(
  body: (
    copy: (spoil: (log: Uint8Array) => void) => Promise<string>,
    ends: readonly number[],
  ) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const store = await openDuckdb<None>(`${folder}/a.duckdb`, {});
  await sql`CREATE TABLE t (x BIGINT)`.execute(store);
  await sql`CHECKPOINT`.execute(store);
  const ends: number[] = [];
  for (let i = 1; i <= 4; i++) {
    await sql`INSERT INTO t SELECT ${i} FROM range(100)`.execute(store);
    ends.push((await Deno.stat(`${folder}/a.duckdb.wal`)).size);
  }
  let copies = 0;
  const copy = async (spoil: (log: Uint8Array) => void) => {
    const into = `${folder}/${copies += 1}`;
    await Deno.mkdir(into);
    for (const name of FILES) {
      await Deno.copyFile(`${folder}/${name}`, `${into}/${name}`);
    }
    const log = await Deno.readFile(`${into}/a.duckdb.wal`);
    spoil(log);
    await Deno.writeFile(`${into}/a.duckdb.wal`, log);
    return `${into}/a.duckdb`;
  };
  try {
    await body(copy, ends);
  } finally {
    await store.destroy();
    await Deno.remove(folder, { recursive: true });
  }
}

async function commitsIn(path: string): Promise<number> {
  const store = await openDuckdb<None>(path, {});
  try {
    const { rows: [row] } = await sql<{ last: number }>`
      SELECT max(x) AS last FROM t`.execute(store);
    return row?.last ?? 0;
  } finally {
    await store.destroy();
  }
}

Deno.test("openDuckdb() takes back a last commit of which only a part was written", () =>
  withLog(async (copy, [, , third = 0, fourth = 0]) => {
    for (let round = 0; round < 12; round++) {
      const at = third + Math.floor(Math.random() * (fourth - third));
      const path = await copy((log) => {
        if (round % 3 === 0) log.fill(0, at);
        else if (round % 3 === 1) crypto.getRandomValues(log.subarray(at));
        else log.set([(log[at] ?? 0) ^ 0xff], at);
      });

      assert.equal(await commitsIn(path), 3);
      assert.equal(await commitsIn(path), 3);
    }
  }));

Deno.test("openDuckdb() refuses a log that is damaged where it was synced", () =>
  withLog(async (copy, [first = 0, second = 0]) => {
    const middle = Math.floor((first + second) / 2);
    const path = await copy((log) =>
      log.set([(log[middle] ?? 0) ^ 0xff], middle)
    );
    const before = await Deno.readFile(`${path}.wal`);

    await assert.rejects(openDuckdb(path, {}), /WAL/);

    assert.deepEqual(await Deno.readFile(`${path}.wal`), before);
    assert.equal(countCommits(before), 4);
  }));
