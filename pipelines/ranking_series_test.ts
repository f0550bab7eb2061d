import assert from "node:assert/strict";
import { fixedClock, silentLog } from "@hiraku/kernel";
import { SAGA } from "./_sample_register.ts";
import { city, line, person } from "./_sample.ts";
import { land } from "./land.ts";
import { rankingSeries } from "./ranking_series.ts";

Deno.test("rankingSeries() counts from the first of the month up to each full hour", async () => {
  const saga = await city();
  await saga.segment("01A.ndjson", [
    line(1, { at: "2026-09-30T14:00:00.000Z" }),
    line(2, { at: "2026-10-05T03:10:00.000Z" }),
    line(3, { at: "2026-10-05T03:20:00.000Z", subject: person(2) }),
    line(4, { at: "2026-10-05T05:20:00.000Z", subject: person(2) }),
    line(5, { at: "2026-10-05T05:30:00.000Z" }),
    line(6, { at: "2026-10-05T06:00:00.000Z" }),
  ]);
  await land(saga.warehouse, {
    dir: saga.landing,
    clock: fixedClock("2026-10-05T06:10:00Z"),
    log: silentLog,
    run: "run-1",
  });

  const now = new Date("2026-10-05T06:10:00Z");
  const { miniapp_ranking: rows } = await rankingSeries(
    saga.warehouse,
    SAGA,
    now,
  );

  const at = (hour: string, users: number, clicks: number) => ({
    month: "2026-10",
    miniAppId: "412015-ma-01",
    steppedAt: `2026-10-05T${hour}:00:00Z`,
    users,
    clicks,
  });
  assert.deepEqual(rows, [at("04", 1, 2), at("05", 1, 2), at("06", 2, 4)]);
  assert.equal(
    rows.some(({ steppedAt }) => steppedAt > now.toISOString()),
    false,
  );
  await saga.close();
});
