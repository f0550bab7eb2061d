import assert from "node:assert/strict";
import { fixedClock, silentLog } from "@hiraku/kernel";
import { SAGA } from "./_sample_register.ts";
import { type City, city, line, person } from "./_sample.ts";
import { land } from "./land.ts";
import { registrantsTables } from "./registrants_tables.ts";

const registered = (n: number, at: string, change = {}) =>
  line(n, {
    at,
    type: "account.registered",
    data: { method: "jpki-card" },
    ...change,
  });

async function tablesOf(saga: City, through: string) {
  await land(saga.warehouse, {
    dir: saga.landing,
    clock: fixedClock("2026-11-20T01:00:00Z"),
    log: silentLog,
    run: "run-1",
  });
  return await registrantsTables(saga.warehouse, SAGA, through);
}

Deno.test("registrantsTables() gives the stock by tier at the end of each Sunday and month", async () => {
  const saga = await city();
  const email = { tier: "email", data: { method: "email" } };
  await saga.segment("01A.ndjson", [
    registered(1, "2026-09-28T03:00:00.000Z"),
    registered(2, "2026-10-01T03:00:00.000Z", email),
    registered(3, "2026-10-04T14:59:59.999Z", { consent: [] }),
    registered(4, "2026-10-04T15:00:00.000Z"),
    line(5, {
      at: "2026-10-06T03:00:00.000Z",
      type: "account.upgraded",
      subject: person(2),
      data: { from: "email", to: "jpki" },
    }),
    line(6, {
      at: "2026-10-12T03:00:00.000Z",
      type: "account.closed",
      subject: person(1),
      data: { reason: "user" },
    }),
    registered(7, "2026-10-20T03:00:00.000Z", { subject: person(1), ...email }),
  ]);

  const tables = await tablesOf(saga, "2026-10-25");

  const at = (date: string, tier: string, registrants: number) => ({
    date,
    tier,
    registrants,
  });
  assert.deepEqual(tables.registrants, [
    at("2026-09-30", "jpki", 1),
    at("2026-10-04", "email", 1),
    at("2026-10-04", "jpki", 2),
    at("2026-10-11", "jpki", 4),
    at("2026-10-18", "jpki", 3),
    at("2026-10-25", "email", 1),
    at("2026-10-25", "jpki", 3),
  ]);
  const accounts = await saga.warehouse.selectFrom("account").selectAll()
    .where("subject", "in", [person(1), person(2)]).orderBy("subject")
    .execute();
  assert.equal(accounts[0]?.tier, "email");
  assert.equal(accounts[0]?.closed_at, null);
  assert.deepEqual(accounts[1]?.upgraded_at, new Date("2026-10-06T03:00:00Z"));
  await saga.close();
});

Deno.test("registrantsTables() breaks month ends down by card registrants only", async () => {
  const saga = await city();
  await saga.segment("01A.ndjson", [
    registered(1, "2026-09-10T03:00:00.000Z"),
    registered(2, "2026-09-10T03:00:00.000Z", {
      district: "412066-sd-01",
      ageBand: "0-4",
      sex: "9",
    }),
    registered(3, "2026-10-10T03:00:00.000Z", { tier: "email" }),
  ]);

  const tables = await tablesOf(saga, "2026-10-30");

  assert.deepEqual(tables.by_district, [
    { month: "2026-09", districtCode: "412015-sd-01", registrants: 1 },
    { month: "2026-09", districtCode: "unknown", registrants: 1 },
  ]);
  assert.deepEqual(tables.by_age_sex, [
    { month: "2026-09", ageGroup: "0-19", sex: "unknown", registrants: 1 },
    { month: "2026-09", ageGroup: "40-64", sex: "female", registrants: 1 },
  ]);
  assert.equal(tables.by_district.some((r) => r.month === "2026-10"), false);
  await saga.close();
});

Deno.test("registrantsTables() adds up installs, the last report of a day counting", async () => {
  const saga = await city();
  const report = (n: number, date: string, os: string, installs: number) =>
    line(n, {
      at: `${date}T15:00:00.000Z`,
      type: "store.report",
      data: { os, date, installs, uninstalls: 1 },
    });
  await saga.segment("01A.ndjson", [
    report(1, "2026-10-03", "ios", 10),
    report(2, "2026-10-04", "ios", 5),
    {
      ...report(3, "2026-10-04", "ios", 7),
      receivedAt: "2026-10-09T00:00:00.000Z",
    },
    report(4, "2026-10-10", "ios", 1),
    report(5, "2026-10-03", "android", 3),
  ]);

  const tables = await tablesOf(saga, "2026-10-30");

  assert.deepEqual(tables.installs, [
    { date: "2026-10-04", os: "ios", installs: 17 },
  ]);
  await saga.close();
});

Deno.test("registrantsTables() reproduces Otsu's 4,122 registrants, 2,398 by card, on 2025-11-23", async () => {
  const saga = await city();
  const from = Date.parse("2025-10-14T00:00:00Z");
  await saga.segment(
    "01A.ndjson",
    Array.from({ length: 4200 }, (_, i) => {
      const day = i < 4122 ? i % 40 : 42;
      const at = new Date(from + day * 86_400_000).toISOString();
      const tier = i < 2398 ? "jpki" : "email";
      return registered(i + 1, at, { tier });
    }),
  );

  const { registrants } = await tablesOf(saga, "2025-11-23");

  const last = registrants.filter(({ date }) => date === "2025-11-23");
  assert.deepEqual(last.map((one) => [one.tier, one.registrants]), [
    ["email", 1724],
    ["jpki", 2398],
  ]);
  assert.equal(last.reduce((sum, one) => sum + one.registrants, 0), 4122);
  await saga.close();
});
