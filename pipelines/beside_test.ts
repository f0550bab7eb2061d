import { fixedClock, silentLog } from "@hiraku/kernel";
import {
  type AnyTable,
  pointsDataset,
  shelterRecord,
  type Tables,
} from "@hiraku/opendata";
import assert from "node:assert/strict";
import { SAGA } from "./_sample_register.ts";
import { city, line, person } from "./_sample.ts";
import type { Asset } from "./assets/asset.ts";
import { restate } from "./assets/restate.ts";
import { land } from "./land.ts";
import { tallied } from "./tally.ts";
import { publishPoints } from "./tallies/points.ts";
import { publishShelterRecord } from "./tallies/shelter_record.ts";

const granted = (n: number, who: number, amount: number, more = {}) =>
  line(n, {
    type: "point.granted",
    subject: person(who),
    data: { ledger: "city", ruleId: "walk", amount, ref: "walk" },
    ...more,
  });
const received = (n: number, ages: readonly string[]) =>
  line(n, {
    type: "shelter.checked_in",
    subject: person(n),
    data: {
      shelterId: "E410000000011",
      method: "qr",
      companions: ages.map((ageBand) => ({ ageBand, sex: "1" })),
    },
  });

const assetOf = (assets: readonly Asset[], id: string) => {
  const found = assets.find((one) => one.id === id);
  assert.ok(found);
  return found;
};
const tableOf = (table: AnyTable | undefined) => {
  assert.ok(table);
  return table;
};

Deno.test("tallied() hands what the two largest hold, each person once, and two households", async () => {
  const saga = await city();
  await saga.segment("01A.ndjson", [
    granted(1, 1, 40),
    // The same person from another district, one hour later.
    granted(2, 1, 70, {
      at: "2026-10-05T04:00:00.000Z",
      district: "412015-sd-02",
    }),
    granted(3, 2, 60),
    granted(4, 3, 10, { ageBand: "20-24" }),
    received(21, ["5-9", "5-9", "40-44"]),
    received(22, ["5-9"]),
  ]);
  await land(saga.warehouse, {
    dir: saga.landing,
    clock: fixedClock("2026-11-20T01:00:00Z"),
    log: silentLog,
    run: "run-1",
  });
  const ledger = assetOf(publishPoints.assets, "points.ledger");
  const evacuees = assetOf(
    publishShelterRecord.assets,
    "shelter_record.evacuees",
  );
  await restate(saga.warehouse, [ledger, evacuees], {
    now: new Date("2026-11-20"),
  });
  const rows = (asset: Asset, table: AnyTable | undefined) =>
    tallied(saga.warehouse, asset.id, tableOf(table), SAGA, "2026-10");
  const points: Tables = pointsDataset.tables;
  const shelters: Tables = shelterRecord.tables;

  const whole = await rows(ledger, points["ledger"]);
  const byDistrict = await rows(ledger, points["ledger_by_district"]);
  const bySex = await rows(evacuees, shelters["evacuees_by_age_sex"]);
  const all = await rows(evacuees, shelters["evacuees"]);

  assert.deepEqual(whole.map(({ amount, largest }) => [amount, largest]), [
    [180, [110, 60]],
  ]);
  // Of whom the district changed, all stands in the last.
  assert.deepEqual(
    byDistrict.map(({ amount, largest }) => [amount, largest]),
    [[70, [60, 10]], [110, [110, 0]]],
  );
  const households = (list: typeof all) =>
    list.map((row) => (row["households"] as string[]).length);
  assert.deepEqual(households(all), [2]);
  // Two children and a companion of the same age are of two households, one adult is of one.
  assert.deepEqual(
    bySex.map((row) => [row["ageGroup"], row["sex"], Number(row["people"])]),
    [["0-19", "male", 3], ["40-64", "female", 2], ["40-64", "male", 1]],
  );
  assert.deepEqual(households(bySex), [2, 2, 1]);
  // A token says nothing of the person it stands for.
  assert.doesNotMatch(JSON.stringify(all), /0{20}/);
  assert.ok(!("largest" in (all[0] ?? {})));
  await saga.close();
});
