import assert from "node:assert/strict";
import { fixedClock, silentLog } from "@hiraku/kernel";
import { type City, city, line, person } from "./_sample.ts";
import { land, type Landing } from "./land.ts";

const clock = fixedClock("2026-11-20T01:00:00Z");

function landNow(
  { warehouse, landing }: City,
  suppressed: readonly string[] = [],
): Promise<Landing> {
  return land(warehouse, {
    dir: landing,
    clock,
    log: silentLog,
    run: "run-1",
    suppressed,
  });
}

async function eventIds({ warehouse }: City): Promise<string[]> {
  const rows = await warehouse.selectFrom("event").select("event_id")
    .orderBy("event_id").execute();
  return rows.map(({ event_id }) => event_id);
}

async function names(dir: string): Promise<string[]> {
  const found: string[] = [];
  for await (const one of Deno.readDir(dir)) {
    if (one.isFile) found.push(one.name);
  }
  return found.sort();
}

Deno.test("land() lands typed rows once, with a ledger row for each segment", async () => {
  const saga = await city();
  await saga.segment("01A.ndjson", [line(1), line(2)]);
  await saga.segment("01B.ndjson", [line(2), line(3, { type: "x.y" })]);
  await saga.segment("01C.part", [line(4)]);

  const landing = await landNow(saga);

  assert.deepEqual(landing, {
    segments: 2,
    rows: { rowsIn: 4, landed: 3, duplicate: 1, quarantined: 0, suppressed: 0 },
    damaged: [],
    types: new Set(["miniapp.opened", "x.y"]),
  });
  const event = await saga.warehouse.selectFrom("event").selectAll()
    .where("subject", "=", person(1)).executeTakeFirstOrThrow();
  assert.deepEqual(event.occurred_at, new Date("2026-10-05T03:00:00Z"));
  assert.deepEqual(event.consent, ["rcpt-1"]);
  assert.equal(event.disaster_event_id, null);
  assert.deepEqual(await names(saga.landing), ["01C.part"]);
  assert.deepEqual(
    await names(`${saga.landing}/landed/2026-11-20/10`),
    ["01A.ndjson", "01B.ndjson"],
  );
  await saga.close();
});

Deno.test("land() deletes demo history once it has landed", async () => {
  const saga = await city();
  await saga.segment("01A.once.ndjson", [line(1)]);

  const landing = await landNow(saga);

  assert.equal(landing.rows.landed, 1);
  assert.deepEqual(await names(saga.landing), []);
  await assert.rejects(Deno.stat(`${saga.landing}/landed`));
  await saga.close();
});

Deno.test("land() finds duplicates of earlier landings by id and by idempotency key", async () => {
  const saga = await city();
  await saga.segment("01A.ndjson", [line(1, { idempotency: "k1" })]);
  await landNow(saga);
  await saga.segment("01B.ndjson", [
    line(1, { at: "2026-10-05T03:00:00.000Z", idempotency: "k1" }),
    line(2, { idempotency: "k1" }),
    line(3, { idempotency: "k2" }),
    line(4, { idempotency: "k2" }),
    line(5),
  ]);

  const landing = await landNow(saga);

  assert.equal(landing.rows.landed, 2);
  assert.equal(landing.rows.duplicate, 3);
  assert.equal((await eventIds(saga)).length, 3);
  assert.equal(new Set(await eventIds(saga)).size, 3);
  await saga.close();
});

Deno.test("land() sends faulty events to quarantine and drops suppressed subjects", async () => {
  const saga = await city();
  const fault = { code: "invalid_value", field: "attributes.sex" };
  await saga.segment("01A.ndjson", [
    line(1),
    line(2, { fault }),
    line(2, { fault }),
    line(3),
    line(3, { fault }),
  ]);

  const landing = await landNow(saga, [person(3)]);

  assert.equal(landing.rows.landed, 1);
  assert.equal(landing.rows.quarantined, 1);
  assert.equal(landing.rows.duplicate, 1);
  assert.equal(landing.rows.suppressed, 2);
  const apart = await saga.warehouse.selectFrom("quarantine").selectAll()
    .execute();
  assert.deepEqual(apart.map(({ code, field }) => ({ code, field })), [fault]);
  assert.notEqual(apart[0]?.subject, person(3));
  await saga.close();
});

Deno.test("land() keeps what is readable of a damaged segment and holds up no other", async () => {
  const saga = await city();
  await saga.segment("01A.ndjson", [line(1), '{"eventId":"01', "\n", line(2)]);
  await saga.segment("01B.ndjson", [line(3)]);
  await saga.segment("01C.ndjson", [line(4), '{"eventId":"0123"}\n']);
  await saga.segment("01D.ndjson", [line(5), JSON.stringify(line(6))]);
  await saga.segment("01E.ndjson", []);

  const landing = await landNow(saga);

  assert.deepEqual(landing.damaged, ["01A.ndjson"]);
  assert.equal(landing.rows.rowsIn, 8);
  assert.equal(landing.rows.landed, 6);
  assert.equal(landing.rows.quarantined, 2);
  assert.deepEqual(
    await names(`${saga.landing}/damaged/2026-11-20/10`),
    ["01A.ndjson"],
  );
  assert.deepEqual(await names(saga.landing), []);
  const quarantine = await saga.warehouse.selectFrom("quarantine")
    .select(["code", "field"]).orderBy("code").execute();
  assert.deepEqual(quarantine, [
    { code: "not_an_event", field: "" },
    { code: "unreadable_line", field: "line 2" },
  ]);
  await saga.close();
});

Deno.test("land() only files away a segment whose commit survived a crash", async () => {
  const saga = await city();
  await saga.segment("01A.ndjson", [line(1)]);
  await landNow(saga);
  await Deno.rename(
    `${saga.landing}/landed/2026-11-20/10/01A.ndjson`,
    `${saga.landing}/01A.ndjson`,
  );

  const again = await landNow(saga);

  assert.equal(again.segments, 0);
  assert.equal((await eventIds(saga)).length, 1);
  const loads = await saga.warehouse.selectFrom("load").selectAll().execute();
  assert.equal(loads.length, 1);
  assert.deepEqual(await names(saga.landing), []);
  await saga.close();
});

Deno.test("land() ends after the transaction under way when it is asked to", async () => {
  const saga = await city();
  for (let i = 1; i <= 3; i++) await saga.segment(`0${i}.ndjson`, [line(i)]);
  const halted = new AbortController();

  const landing = await land(saga.warehouse, {
    dir: saga.landing,
    clock,
    log: silentLog,
    run: "run-1",
    maximum: { segments: 1, bytes: 1 << 20 },
    signal: halted.signal,
    onLoads: () => halted.abort(),
  });

  assert.equal(landing.rows.landed, 1);
  assert.deepEqual(await names(saga.landing), ["02.ndjson", "03.ndjson"]);
  assert.equal((await eventIds(saga)).length, 1);
  await saga.close();
});
