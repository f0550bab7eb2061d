import { systemClock } from "@hiraku/kernel";
import {
  type Broker,
  defaultNames,
  openBroker,
  readEntity,
  readFragment,
} from "@hiraku/ngsi";
import assert from "node:assert/strict";

// A kill leaves the files as they were written, since the operating system
// lives on. A power cut may also take what was written and not yet synced: of
// an append-only log, any part of its end. With `synchronous = FULL` a commit is
// synced before it is acknowledged, so the end that may go begins behind the
// last acknowledged commit: there these tests cut the log, or spoil a byte.

const names = defaultNames("https://city.example");
const N = names.expand("n");
const ROUNDS = 12;
const AT_ONCE = 4;
const BROKER = ["broker.sqlite", "broker.sqlite-wal"];
const HISTORY = ["history.duckdb", "history.duckdb.wal"];

type States = Record<string, number[]>;

function opened(folder: string): Promise<Broker> {
  return openBroker({
    path: `${folder}/broker.sqlite`,
    code: "412015",
    clock: systemClock,
  });
}

/** Writes in one commit; resolves when it is acknowledged. */
async function commit(broker: Broker, states: States, n: number) {
  const there = new Set(Object.keys(states));
  await Promise.all(Array.from({ length: AT_ONCE }, async (_, i) => {
    const id = `urn:ngsi-ld:Counter:${i}`;
    if (!there.has(id)) {
      await broker.create(readEntity({ id, type: "Counter", n }, names));
    } else await broker.updateAttributes(id, readFragment({ n }, names));
    states[id] = [...states[id] ?? [], n];
  }));
}

/** What entities and history say, which must be the same. */
async function kept(broker: Broker): Promise<States> {
  const states: States = {};
  const history = await broker.history.read();
  const rows = await history.selectFrom("instance").select(["entity", "number"])
    .where("attribute", "=", N).orderBy("seq").execute();
  for (const { entity, number } of rows) {
    states[entity] = [...states[entity] ?? [], number ?? NaN];
  }
  for (const id of await broker.selectIds({})) {
    const content = (await broker.retrieve(id)).attributes[N]?.[0]?.content;
    assert.ok(content !== undefined && "value" in content);
    assert.equal(content.value, states[id]?.at(-1));
  }
  return states;
}

function copy(names: readonly string[], from: string, to: string): void {
  for (const name of names) {
    Deno.copyFileSync(`${from}/${name}`, `${to}/${name}`);
  }
}

function sizeOf(path: string): number {
  return Deno.statSync(path).size;
}

/** Cuts the log off somewhere behind `from`, or spoils a byte there. */
function tear(path: string, from: number, round: number): void {
  const end = sizeOf(path);
  assert.ok(end > from);
  const at = from + Math.floor(Math.random() * (end - from));
  if (round % 3 < 2) Deno.truncateSync(path, round === 0 ? from : at);
  else {
    using file = Deno.openSync(path, { read: true, write: true });
    file.seekSync(at, Deno.SeekMode.Start);
    const byte = new Uint8Array(1);
    file.readSync(byte);
    file.seekSync(at, Deno.SeekMode.Start);
    file.writeSync(byte.map((one) => one ^ 0xff));
  }
}

Deno.test("a torn end of the broker's log takes the last commit whole or leaves it whole", async () => {
  const folder = await Deno.makeTempDir();
  const broker = await opened(folder);
  const states: States = {};
  try {
    for (let round = 0; round < ROUNDS; round++) {
      await commit(broker, states, 2 * round);
      if (round % 2 === 0) await broker.history.settled();
      const acknowledged = structuredClone(states);
      const synced = sizeOf(`${folder}/broker.sqlite-wal`);
      // Nobody hears of this one in the copy.
      await commit(broker, states, 2 * round + 1);
      const torn = await Deno.makeTempDir();
      copy([...BROKER, ...HISTORY], folder, torn);
      tear(`${torn}/broker.sqlite-wal`, synced, round);

      const again = await opened(torn);
      const found = await kept(again);
      const isThere = found["urn:ngsi-ld:Counter:0"]?.at(-1) === 2 * round + 1;
      const expected = structuredClone(isThere ? states : acknowledged);
      assert.deepEqual(found, expected);
      await commit(again, expected, -1);
      assert.deepEqual(await kept(again), expected);
      await again.close();
      await Deno.remove(torn, { recursive: true });
    }
  } finally {
    await broker.close();
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a torn end of the history's log is written again from what waits, and only once", async () => {
  const folder = await Deno.makeTempDir();
  const broker = await opened(folder);
  const states: States = {};
  try {
    await commit(broker, states, -2);
    for (let round = 0; round < ROUNDS; round++) {
      await broker.history.settled();
      const synced = sizeOf(`${folder}/history.duckdb.wal`);
      await commit(broker, states, 2 * round);
      await commit(broker, states, 2 * round + 1);
      // As if it died while DuckDB wrote, before the outbox was emptied.
      const torn = await Deno.makeTempDir();
      copy(BROKER, folder, torn);
      await broker.history.settled();
      copy(HISTORY, folder, torn);
      tear(`${torn}/history.duckdb.wal`, synced, round);

      const again = await opened(torn);
      const expected = structuredClone(states);
      assert.deepEqual(await kept(again), expected);
      await commit(again, expected, -1);
      assert.deepEqual(await kept(again), expected);
      await again.close();
      await Deno.remove(torn, { recursive: true });
    }
  } finally {
    await broker.close();
    await Deno.remove(folder, { recursive: true });
  }
});
