import { Problem } from "@hiraku/kernel";
import assert from "node:assert/strict";
import { openDuckdb, sql, type Store } from "./mod.ts";

type None = Record<never, never>;

async function withFolder(body: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function one(store: Store<None>, query: ReturnType<typeof sql>) {
  const { rows } = await query.execute(store);
  return rows[0];
}

Deno.test("openDuckdb() refuses a second instance on one file in one process", () =>
  withFolder(async (folder) => {
    const path = `${folder}/a.duckdb`;
    const first = await openDuckdb<None>(path, {});

    await assert.rejects(openDuckdb(`${folder}/./a.duckdb`, {}), /already/);

    await first.destroy();
    const again = await openDuckdb<None>(path, {});
    assert.deepEqual(await one(again, sql`SELECT 1 AS x`), { x: 1 });
    await again.destroy();
  }));

Deno.test("openDuckdb() says Conflict while another process holds the file", () =>
  withFolder(async (folder) => {
    const path = `${folder}/a.duckdb`;
    const holder = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "-A",
        "--no-check",
        new URL("./_hold_duckdb.ts", import.meta.url).pathname,
        path,
      ],
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    const reader = holder.stdout.getReader();
    await reader.read();

    await assert.rejects(
      openDuckdb(path, {}),
      (error) => error instanceof Problem && error.kind === "Conflict",
    );

    await holder.stdin.close();
    await reader.cancel();
    await holder.status;
    const after = await openDuckdb<None>(path, {});
    await after.destroy();
  }));

Deno.test("a store with allowed directories reads and writes nothing outside them", () =>
  withFolder(async (folder) => {
    const inside = `${folder}/in's, "side"`;
    await Deno.mkdir(inside);
    await Deno.writeTextFile(`${inside}/a.csv`, "a\n1\n");
    await Deno.writeTextFile(`${folder}/secret.csv`, "a\n2\n");
    const store = await openDuckdb<None>(`${folder}/w.duckdb`, {
      allowedDirectories: [inside],
      tempDirectory: `${folder}/spill`,
      memoryLimit: "100MB",
    });
    const read = (path: string) =>
      one(store, sql`SELECT a FROM read_csv(${path})`);

    assert.deepEqual(await read(`${inside}/a.csv`), { a: 1 });
    await assert.rejects(read(`${folder}/secret.csv`), /Permission/);
    await assert.rejects(read(`${inside}/../secret.csv`), /Permission/);
    await assert.rejects(
      sql`COPY (SELECT 1) TO ${sql.lit(`${folder}/out.csv`)}`.execute(store),
      /Permission/,
    );
    await assert.rejects(
      sql`SET enable_external_access = true`.execute(store),
      /locked/,
    );
    await assert.rejects(
      sql`INSTALL httpfs`.execute(store),
    );
    // Sorting more than memory holds still spills to its folder.
    await sql`CREATE TABLE wide AS SELECT i, md5(i::VARCHAR) AS text FROM range(2000000) t(i)`
      .execute(store);
    await sql`CREATE TABLE sorted AS SELECT * FROM wide ORDER BY text`
      .execute(store);
    await sql`CHECKPOINT`.execute(store);
    await store.destroy();
  }));

Deno.test("values decode in UTC and exactly, whatever the zone of the process", async () => {
  const zone = Deno.env.get("TZ");
  Deno.env.set("TZ", "Asia/Tokyo");
  try {
    const store = await openDuckdb<None>(":memory:", {});
    const at = new Date("2026-01-01T00:00:00.123Z");

    const row = await one(
      store,
      sql`SELECT TIMESTAMP '2026-01-01 00:00:00.123' AS ts,
        TIMESTAMPTZ '2026-01-01 09:00:00.123+09' AS tz,
        TIMESTAMP_S '2026-01-01 00:00:00' AS s,
        TIMESTAMP_MS '2026-01-01 00:00:00.123' AS ms,
        DATE '2026-01-01' AS d, TIME '12:34:56' AS t,
        12.30::DECIMAL(9,2) AS dec, 42::BIGINT AS small,
        9007199254740993::BIGINT AS big, sum(1) AS total,
        [1::BIGINT, 2] AS list, {'d': DATE '2026-01-01', 'n': 1.5::DECIMAL(3,1)} AS nested,
        '6f9619ff-8b86-d011-b42d-00c04fc964ff'::UUID AS id,
        '\\x01\\x02'::BLOB AS bytes, NULL AS nothing,
        (TIMESTAMP '2026-01-01 00:00:00.123' = ${at}) AS same,
        (TIMESTAMPTZ '2026-01-01 00:00:00.123Z' = ${at}) AS sameTz`,
    );

    assert.deepEqual(row, {
      ts: at,
      tz: at,
      s: new Date("2026-01-01T00:00:00Z"),
      ms: at,
      d: "2026-01-01",
      t: "12:34:56",
      dec: "12.30",
      small: 42,
      big: 9007199254740993n,
      total: 1,
      list: [1, 2],
      nested: { d: "2026-01-01", n: "1.5" },
      id: "6f9619ff-8b86-d011-b42d-00c04fc964ff",
      bytes: new Uint8Array([1, 2]),
      nothing: null,
      same: true,
      sameTz: true,
    });
    await store.destroy();
  } finally {
    if (zone === undefined) Deno.env.delete("TZ");
    else Deno.env.set("TZ", zone);
  }
});

Deno.test("parameters bind as their kind", async () => {
  const store = await openDuckdb<None>(":memory:", {});
  const bytes = new Uint8Array([1, 2, 3]);

  const row = await one(
    store,
    sql`SELECT typeof(${1}) AS i, typeof(${2 ** 40}) AS l, typeof(${5n}) AS b,
      typeof(${2n ** 70n}) AS h, typeof(${1.5}) AS f, typeof(${1e300}) AS e,
      typeof(${true}) AS t, ${[1, 2]}::INTEGER[] AS list,
      ${{ a: 1 }}::JSON ->> 'a' AS a, ${bytes}::BLOB AS bytes`,
  );

  assert.deepEqual(row, {
    i: "INTEGER",
    l: "BIGINT",
    b: "BIGINT",
    h: "HUGEINT",
    f: "DOUBLE",
    e: "DOUBLE",
    t: "BOOLEAN",
    list: [1, 2],
    a: "1",
    bytes,
  });
  await assert.rejects(sql`SELECT ${Symbol("x")}`.execute(store), TypeError);
  await store.destroy();
});

Deno.test("reads run beside an open transaction and see only what is committed", async () => {
  const store = await openDuckdb<None>(":memory:", {});
  await sql`CREATE TABLE t (x INTEGER)`.execute(store);

  const seenOutside = await store.transaction().execute(async (trx) => {
    await sql`INSERT INTO t VALUES (1)`.execute(trx);
    const plain = await one(store, sql`SELECT count(*) AS count FROM t`);
    const cte = await one(
      store,
      sql`WITH a AS (FROM t) SELECT count(*) AS n FROM a`,
    );
    const frozen = await store.transaction().setAccessMode("read only")
      .execute((read) => one(read, sql`SELECT count(*) AS n FROM t`));
    return [plain, cte, frozen];
  });
  await sql`WITH a AS (SELECT 2 AS x) INSERT INTO t SELECT x FROM a`.execute(
    store,
  );

  assert.deepEqual(seenOutside, [{ count: 0 }, { n: 0 }, { n: 0 }]);
  assert.deepEqual(await one(store, sql`SELECT count(*) AS n FROM t`), {
    n: 2,
  });
  await assert.rejects(
    store.transaction().setAccessMode("read only")
      .execute((trx) => sql`INSERT INTO t VALUES (9)`.execute(trx)),
    /read-only/i,
  );
  await store.destroy();
});

Deno.test("an abort interrupts a running statement and a running stream", async () => {
  const store = await openDuckdb<None>(":memory:", {});
  const endless =
    sql`SELECT count(*) FROM range(100000000000) t(i) WHERE hash(i) = 7`;
  const whileRunning = () => AbortSignal.timeout(100);

  await assert.rejects(
    store.executeQuery(endless.compile(store), { signal: whileRunning() }),
    /abort|timed out/i,
  );
  await assert.rejects(
    store.transaction().execute((trx) =>
      trx.executeQuery(endless.compile(trx), { signal: whileRunning() })
    ),
    /abort|timed out/i,
  );

  assert.deepEqual(await one(store, sql`SELECT 1 AS x`), { x: 1 });
  // destroy() waits for running statements, so it ends only if both stopped.
  await store.destroy();
});
