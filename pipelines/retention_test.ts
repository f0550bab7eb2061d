import assert from "node:assert/strict";
import { fixedClock, silentLog } from "@hiraku/kernel";
import { city, line, restateUsage } from "./_sample.ts";
import { land } from "./land.ts";
import { usageMonth } from "./usage_month.ts";
import { tidyWarehouse } from "./retention.ts";

Deno.test("tidyWarehouse() removes events of months beyond their time and keeps the ledger's sums", async () => {
  const saga = await city();
  const landAt = async (instant: string) => {
    await land(saga.warehouse, {
      dir: saga.landing,
      clock: fixedClock(instant),
      log: silentLog,
      run: "run-1",
    });
  };
  await saga.segment("01A.ndjson", [
    line(1, { at: "2024-09-30T14:59:59.000Z", idempotency: "k1" }),
    line(2, { at: "2024-09-30T15:00:00.000Z" }),
  ]);
  await saga.segment("01B.ndjson", [
    line(2, { at: "2024-09-30T15:00:00.000Z" }),
  ]);
  await landAt("2026-11-01T01:00:00Z");
  await saga.segment("01C.ndjson", [line(3)]);
  await landAt("2026-11-19T01:00:00Z");
  const clock = fixedClock("2026-11-20T01:00:00Z");

  const uncounted = await tidyWarehouse(saga.warehouse, clock, [usageMonth]);
  const counted = await restateUsage(saga.warehouse);
  const removed = await tidyWarehouse(saga.warehouse, clock, [usageMonth]);
  const again = await tidyWarehouse(saga.warehouse, clock, [usageMonth]);

  assert.equal(uncounted, 0);
  assert.deepEqual(counted, ["2024-09", "2024-10", "2026-10"]);
  assert.equal(removed, 1);
  assert.equal(again, 0);
  const ledger = await saga.warehouse.selectFrom("load").orderBy("load")
    .select(["load", "segment", "rows_in", "landed", "duplicate"]).execute();
  assert.deepEqual(ledger, [
    { load: 2, segment: "day 2026-11-01", rows_in: 3, landed: 2, duplicate: 1 },
    { load: 3, segment: "01C.ndjson", rows_in: 1, landed: 1, duplicate: 0 },
  ]);
  const left = await saga.warehouse.selectFrom("event").select("event_id")
    .execute();
  assert.equal(left.length, 2);
  assert.equal(
    left.some(({ event_id }) => event_id === line(1).eventId),
    false,
  );
  await saga.segment("01D.ndjson", [
    line(4, { at: "2024-09-20T00:00:00.000Z" }),
    line(5, { at: "2024-10-20T00:00:00.000Z" }),
  ]);
  await landAt("2026-11-20T02:00:00Z");
  assert.deepEqual(await restateUsage(saga.warehouse), ["2024-10"]);
  const september = await saga.warehouse.selectFrom("usage_month")
    .select("users").where("month", "=", "2024-09").execute();
  assert.deepEqual(september, [{ users: 1 }]);
  await saga.close();
});
