import assert from "node:assert/strict";
import { countCommits } from "./_torn_log.ts";
import { openDuckdb, sql, type Store } from "./mod.ts";

type None = Record<never, never>;
const FILES = ["a.duckdb", "a.duckdb.wal"];

/** A store with four commits in its log, and where each of them ends. */
async function withLog(
  body: (
    copy: (
      spoilt: (log: Uint8Array<ArrayBuffer>) => Uint8Array,
    ) => Promise<string>,
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
  try {
    await body(async (spoilt) => {
      const into = await copied(folder);
      const log = await Deno.readFile(`${into}/a.duckdb.wal`);
      await Deno.writeFile(`${into}/a.duckdb.wal`, spoilt(log));
      return into;
    }, ends);
  } finally {
    await store.destroy();
    await Deno.remove(folder, { recursive: true });
  }
}

/** The files as a process leaves them that dies now, in a folder inside theirs. */
async function copied(folder: string): Promise<string> {
  const into = `${folder}/${crypto.randomUUID()}`;
  await Deno.mkdir(into);
  for (const name of FILES) {
    await Deno.copyFile(`${folder}/${name}`, `${into}/${name}`);
  }
  return into;
}

async function lastIn(store: Store<None>): Promise<number | undefined> {
  const { rows: [row] } = await sql<{ last: number }>`
    SELECT max(x) AS last FROM t`.execute(store);
  return row?.last;
}

const SPOILT: readonly ((
  log: Uint8Array<ArrayBuffer>,
  at: number,
) => Uint8Array)[] = [
  (log, at) => log.subarray(0, at),
  (log, at) => log.fill(0, at),
  (log, at) => {
    crypto.getRandomValues(log.subarray(at));
    return log;
  },
  (log, at) => {
    log.set([(log[at] ?? 0) ^ 0xff], at);
    return log;
  },
];

Deno.test("openDuckdb() takes back a last commit of which only a part was written", () =>
  withLog(async (copy, [, , third = 0, fourth = 0]) => {
    for (let round = 0; round < 24; round++) {
      // The first rounds spoil the log exactly where the commit before ends.
      const within = round < SPOILT.length ? 0 : Math.random();
      const at = third + Math.floor(within * (fourth - third));
      const spoil = SPOILT[round % SPOILT.length];
      const folder = await copy((log) => spoil?.(log, at) ?? log);

      const store = await openDuckdb<None>(`${folder}/a.duckdb`, {});
      assert.equal(await lastIn(store), 3);
      await sql`INSERT INTO t VALUES (5)`.execute(store);
      const after = await copied(folder);
      await store.destroy();

      const again = await openDuckdb<None>(`${after}/a.duckdb`, {});
      assert.equal(await lastIn(again), 5, `${round % SPOILT.length} at ${at}`);
      await again.destroy();
    }
  }));

Deno.test("openDuckdb() refuses a log that is damaged where it was synced", () =>
  withLog(async (copy, [first = 0, second = 0]) => {
    const middle = Math.floor((first + second) / 2);
    const folder = await copy((log) => {
      log.set([(log[middle] ?? 0) ^ 0xff], middle);
      return log;
    });
    const before = await Deno.readFile(`${folder}/a.duckdb.wal`);

    await assert.rejects(openDuckdb(`${folder}/a.duckdb`, {}), /WAL/);

    assert.deepEqual(await Deno.readFile(`${folder}/a.duckdb.wal`), before);
    assert.equal(countCommits(before), 4);
  }));
