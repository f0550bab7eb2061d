import assert from "node:assert/strict";
import { fixedClock, silentLog } from "@hiraku/kernel";
import { sql } from "@hiraku/kernel/store";
import { type City, city, line, person } from "../_sample.ts";
import { land } from "../land.ts";
import { PURPOSES } from "../purpose.ts";
import type { Asset } from "./asset.ts";
import { duePartitions } from "./due.ts";
import { restate } from "./restate.ts";

const now = new Date("2026-11-20T01:00:00Z");
let segments = 0;

async function landed(
  saga: City,
  lines: Parameters<City["segment"]>[1],
): Promise<void> {
  await saga.segment(`${String(++segments).padStart(4, "0")}.ndjson`, lines);
  await land(saga.warehouse, {
    dir: saga.landing,
    clock: fixedClock(now),
    log: silentLog,
    run: "run-1",
  });
}

/** Counts events of its types a day into `tally`. */
function counting(id: string, change: Partial<Asset> = {}): Asset {
  return {
    id,
    grain: "day",
    types: ["miniapp.opened"],
    purpose: PURPOSES.registrants,
    version: 1,
    clear: async (tx, day) => {
      await sql`delete from counted where asset = ${id} and day = ${day}`
        .execute(tx);
    },
    fill: async (tx, events, day) => {
      await sql`insert into counted
        select ${id}, ${day}, count(*) from ${events}`.execute(tx);
      return 1;
    },
    ...change,
  };
}

async function counts(saga: City): Promise<string[]> {
  const { rows } = await sql<{ asset: string; day: string; n: number }>`
    select * from counted order by all`.execute(saga.warehouse);
  return rows.map(({ asset, day, n }) => `${asset} ${day} ${n}`);
}

async function counted(): Promise<City> {
  const saga = await city();
  await sql`create table counted (asset varchar, day varchar, n bigint)`
    .execute(saga.warehouse);
  return saga;
}

Deno.test("restate() computes only the partitions that events arrived in, and says why", async () => {
  const saga = await counted();
  const opened = counting("opened");
  await landed(saga, [
    line(1, { at: "2026-10-05T03:00:00.000Z" }),
    // Already the sixth in the city.
    line(2, { at: "2026-10-05T15:00:00.000Z" }),
  ]);
  const first = await restate(saga.warehouse, [opened], { now });
  const nothing = await restate(saga.warehouse, [opened], { now });
  await landed(saga, [line(3, { at: "2026-10-05T04:00:00.000Z" })]);

  const due = await duePartitions(saga.warehouse, [opened]);
  const late = await restate(saga.warehouse, [opened], { now });
  const redefined = await duePartitions(saga.warehouse, [
    counting("opened", { version: 2 }),
  ]);

  assert.deepEqual(
    first.map(({ partition, reason }) => [partition, reason]),
    [["2026-10-05", "missing"], ["2026-10-06", "missing"]],
  );
  assert.deepEqual(nothing, []);
  assert.deepEqual(
    due.map(({ partition, reason, events }) => [partition, reason, events]),
    [["2026-10-05", "late", 2]],
  );
  assert.equal(late.length, 1);
  assert.deepEqual(await counts(saga), [
    "opened 2026-10-05 2",
    "opened 2026-10-06 1",
  ]);
  assert.deepEqual(redefined.map(({ reason }) => reason), [
    "redefined",
    "redefined",
  ]);
  await saga.close();
});

Deno.test("restate() undoes an asset that fails alone, keeps what stood there and stops trying", async () => {
  const saga = await counted();
  const good = counting("good");
  let broken = false;
  const bad = counting("bad", {
    fill: async (tx, events, day) => {
      await sql`insert into counted select 'bad', ${day}, count(*) from ${events}`
        .execute(tx);
      if (broken) throw new TypeError("secret 090-0000-0000");
      return 1;
    },
  });
  await landed(saga, [line(1)]);
  await restate(saga.warehouse, [good, bad], { now });
  broken = true;
  await landed(saga, [line(2)]);

  const outcomes = await restate(saga.warehouse, [good, bad], { now });
  for (let i = 0; i < 10; i++) await restate(saga.warehouse, [bad], { now });
  const [blocked] = await duePartitions(saga.warehouse, [bad]);
  const asked = await restate(saga.warehouse, [bad], {
    now,
    choose: () => true,
  });

  assert.deepEqual(
    outcomes.map(({ asset, outcome }) => `${asset} ${outcome}`).sort(),
    ["bad failed", "good computed"],
  );
  assert.deepEqual(await counts(saga), [
    "bad 2026-10-05 1",
    "good 2026-10-05 2",
  ]);
  assert.equal(blocked?.blocked, true);
  assert.equal(blocked?.failures, 5);
  assert.equal(asked.length, 1);
  const said = JSON.stringify([outcomes, asked]);
  assert.equal(said.includes("090-0000"), false);
  await saga.close();
});

Deno.test("restate() keeps a partition that a blocking check refuses and only tells of a warning", async () => {
  const saga = await counted();
  const breaches = () => Promise.resolve(2);
  const warned = counting("warned", {
    checks: [{ name: "too many", severity: "warn", breaches }],
  });
  const refused = counting("refused", {
    checks: [{ name: "too few", severity: "block", breaches }],
  });
  await landed(saga, [line(1)]);

  const done = await restate(saga.warehouse, [warned, refused], { now });

  assert.deepEqual(
    done.map(({ asset, outcome, detail }) => [asset, outcome, detail]).sort(),
    [
      ["refused", "failed", "Check 'too few' found 2 rows"],
      ["warned", "computed", "Check 'too many' found 2 rows"],
    ],
  );
  assert.deepEqual(await counts(saga), ["warned 2026-10-05 1"]);
  await saga.close();
});

Deno.test("restate() computes again what a withdrawal takes out, and nothing else", async () => {
  const saga = await counted();
  const opened = counting("opened", { purpose: PURPOSES.usage });
  await landed(saga, [
    line(1, { at: "2026-10-05T03:00:00.000Z" }),
    line(2, { at: "2026-10-06T03:00:00.000Z", subject: person(2) }),
  ]);
  await restate(saga.warehouse, [opened], { now });
  await landed(saga, [
    line(3, {
      at: "2026-11-19T03:00:00.000Z",
      type: "consent.withdrawn",
      subject: person(2),
      data: { receiptId: "rcpt-1", purposeId: "usage-statistics" },
    }),
  ]);

  const done = await restate(saga.warehouse, [opened], { now });

  assert.deepEqual(done.map(({ partition }) => partition), ["2026-10-06"]);
  assert.deepEqual(await counts(saga), [
    "opened 2026-10-05 1",
    "opened 2026-10-06 0",
  ]);
  await saga.close();
});
