import assert from "node:assert/strict";
import { fixedClock, silentLog } from "@hiraku/kernel";
import { SAGA } from "./_sample_register.ts";
import {
  type City,
  city,
  line,
  person,
  restateUsage,
  without,
} from "./_sample.ts";
import { land } from "./land.ts";
import { unregisteredClicks, usageTables } from "./usage_tables.ts";

const landed = (saga: City) =>
  land(saga.warehouse, {
    dir: saga.landing,
    clock: fixedClock("2026-11-20T01:00:00Z"),
    log: silentLog,
    run: "run-1",
  });

Deno.test("usageTables() counts each person once a month, with one district, in tables that add up", async () => {
  const saga = await city();
  await saga.segment("01A.ndjson", [
    line(1, { at: "2026-10-01T00:00:00.000Z", district: "412015-sd-01" }),
    line(2, { at: "2026-10-02T00:00:00.000Z", subject: person(1) }),
    line(3, {
      at: "2026-10-03T00:00:00.000Z",
      subject: person(1),
      miniApp: "412015-ma-02",
      district: "412015-sd-02",
    }),
    without(line(4, { sex: "1" }), "district", "ageBand"),
    line(5, { district: "252018-sd-01", ageBand: "65-69" }),
  ]);
  await landed(saga);
  await restateUsage(saga.warehouse);

  const tables = await usageTables(saga.warehouse, SAGA, "2026-10");

  const october = (id: string, users: number, clicks: number) => ({
    month: "2026-10",
    miniAppId: id,
    users,
    clicks,
  });
  assert.deepEqual(tables.miniapp_usage, [
    october("412015-ma-01", 3, 4),
    october("412015-ma-02", 1, 1),
  ]);
  assert.deepEqual(tables.by_district, [
    { ...october("412015-ma-01", 1, 2), districtCode: "412015-sd-02" },
    { ...october("412015-ma-01", 2, 2), districtCode: "unknown" },
    { ...october("412015-ma-02", 1, 1), districtCode: "412015-sd-02" },
  ]);
  assert.deepEqual(tables.by_age_sex, [
    { ...october("412015-ma-01", 1, 2), ageGroup: "40-64", sex: "female" },
    { ...october("412015-ma-01", 1, 1), ageGroup: "65+", sex: "female" },
    { ...october("412015-ma-01", 1, 1), ageGroup: "unknown", sex: "male" },
    { ...october("412015-ma-02", 1, 1), ageGroup: "40-64", sex: "female" },
  ]);
  assert.notEqual(tables.by_district[0]?.districtCode, "412015-sd-01");
  await saga.close();
});

Deno.test("usageTables() leaves out drills, events without consent, other months and unknown mini-apps", async () => {
  const saga = await city();
  await saga.segment("01A.ndjson", [
    line(1),
    line(2, { mode: "drill" }),
    line(3, { mode: "disaster" }),
    line(4, { consent: [] }),
    without(line(5), "consent"),
    line(6, { at: "2026-10-31T15:00:00.000Z" }),
    line(7, { at: "2026-10-31T14:59:59.999Z" }),
    line(8, { miniApp: "412015-ma-77" }),
    line(10, { at: "2026-07-31T14:59:59.000Z" }),
    without(line(9), "subject", "consent", "tier"),
  ]);
  await landed(saga);
  await restateUsage(saga.warehouse);

  const tables = await usageTables(saga.warehouse, SAGA, "2026-10");

  assert.deepEqual(tables.miniapp_usage, [
    { month: "2026-10", miniAppId: "412015-ma-01", users: 2, clicks: 3 },
  ]);
  assert.equal(await unregisteredClicks(saga.warehouse, SAGA), 2);
  await saga.close();
});

Deno.test("restateUsage() recounts only months that events arrived for", async () => {
  const saga = await city();
  await saga.segment("01A.ndjson", [
    line(1, { at: "2026-08-05T00:00:00.000Z" }),
    line(2, { at: "2026-09-05T00:00:00.000Z" }),
  ]);
  await landed(saga);
  const first = await restateUsage(saga.warehouse);
  const nothing = await restateUsage(saga.warehouse);
  await saga.segment("01B.ndjson", [
    line(4, { at: "2026-08-06T00:00:00.000Z" }),
  ]);
  await landed(saga);

  const late = await restateUsage(saga.warehouse);

  assert.deepEqual(first, ["2026-08", "2026-09"]);
  assert.deepEqual(nothing, []);
  assert.deepEqual(late, ["2026-08"]);
  const { miniapp_usage: rows } = await usageTables(
    saga.warehouse,
    SAGA,
    "2026-10",
  );
  assert.deepEqual(rows.map(({ month, users }) => [month, users]), [
    ["2026-08", 2],
    ["2026-09", 1],
  ]);
  await saga.close();
});

Deno.test("restateUsage() takes what came before a withdrawal out of every month, and nothing after it", async () => {
  const saga = await city();
  await saga.segment("01A.ndjson", [
    line(1, { at: "2026-08-05T00:00:00.000Z" }),
    line(2, { at: "2026-08-05T00:00:00.000Z" }),
    line(3, {
      at: "2026-09-05T00:00:00.000Z",
      subject: person(1),
      consent: ["rcpt-2"],
    }),
    line(5, {
      at: "2026-10-06T00:00:00.000Z",
      subject: person(1),
      consent: ["rcpt-3"],
    }),
  ]);
  await landed(saga);
  await restateUsage(saga.warehouse);
  await saga.segment("01B.ndjson", [
    line(4, {
      type: "consent.withdrawn",
      subject: person(1),
      data: { receiptId: "rcpt-1", purposeId: "usage-statistics" },
    }),
  ]);
  await landed(saga);
  await restateUsage(saga.warehouse);

  const { miniapp_usage: rows } = await usageTables(
    saga.warehouse,
    SAGA,
    "2026-10",
  );

  assert.deepEqual(rows.map(({ month, users }) => [month, users]), [
    ["2026-08", 1],
    ["2026-10", 1],
  ]);
  await saga.close();
});
