import assert from "node:assert/strict";
import type { Inhabitants } from "./city_attack.ts";
import type { CityFiles, CityTable, Row } from "./city_files.ts";
import { PATTERN_ATTACKS } from "./city_patterns.ts";
import { byBlock, byOrder, smallOfPattern } from "./pattern_odds.ts";

const INHABITANTS: Inhabitants = new Map(
  Array.from({ length: 10 }, (_, at) => [`sd-${at}`, 3_000 + at * 500]),
);

function table(
  id: string,
  dimensions: readonly string[],
  rows: readonly Row[],
): CityTable {
  return {
    dataset: "d",
    id,
    rule: "flow",
    k: 10,
    people: "people",
    period: "month",
    dimensions,
    measures: ["people"],
    rows: rows.map((row) => ({
      month: "2026-10",
      ...row,
      status: row["people"] === null ? "withheld" : "published",
    })),
  };
}
const files = (...tables: CityTable[]): CityFiles => ({
  tables,
  paths: [],
  contradictions: [],
});
async function found(id: string, on: CityFiles): Promise<number> {
  const attack = PATTERN_ATTACKS.find((one) => one.id === id);
  assert.ok(attack);
  return (await attack.run(on, INHABITANTS)).length;
}
const rows = (
  column: string,
  of: Readonly<Record<string, number | null>>,
  more: Row = {},
): Row[] =>
  Object.entries(of).map(([code, people]) => ({
    ...more,
    [column]: code,
    people,
  }));

Deno.test("A03 breaks a group of whom all are ill, and not one withheld whole", async () => {
  const of = (illness: number | null, injury: number | null) =>
    files(table(
      "schools",
      ["schoolId", "reasonCode"],
      rows("reasonCode", { illness, injury }, { schoolId: "s1" }),
    ));

  assert.equal(await found("A03", of(30, 0)), 1);
  assert.equal(await found("A03", of(null, null)), 0);
  assert.equal(await found("A03", of(30, 12)), 0);
});

Deno.test("A14 breaks a day on which all of a few dozen are ill, and not one of fifty", async () => {
  const of = (illness: number | null, injury: number | null) =>
    files(
      table("days", ["reasonCode"], rows("reasonCode", { illness, injury })),
    );

  assert.equal(await found("A14", of(30, 0)), 1);
  assert.equal(await found("A14", of(50, 0)), 0);
  assert.equal(await found("A14", of(30, 12)), 0);
  assert.equal(await found("A14", of(null, null)), 0);
});

Deno.test("A04 breaks a step that all but a few took", async () => {
  const of = (opened: number | null) =>
    files(table(
      "reach_by_district",
      ["step", "districtCode"],
      rows("step", { sent: 40, opened }, { districtCode: "sd-1" }),
    ));

  assert.equal(await found("A04", of(37)), 1);
  assert.equal(await found("A04", of(40)), 0);
  assert.equal(await found("A04", of(30)), 0);
  assert.equal(await found("A04", of(null)), 0);
});

Deno.test("A10 breaks an area that is a few people larger than another", async () => {
  const of = (both: number | null) =>
    files(table(
      "use",
      ["districtCode"],
      rows("districtCode", {
        "sd-0": 40,
        "sd-0+sd-1": both,
      }),
    ));

  assert.equal(await found("A10", of(44)), 1);
  assert.equal(await found("A10", of(60)), 0);
  assert.equal(await found("A10", of(null)), 0);
});

Deno.test("A11 breaks two ways to cut the ages", async () => {
  const of = (teens: number | null) =>
    files(
      table("use_by_age", ["ageGroup"], rows("ageGroup", { "0-19": 40 })),
      table(
        "use_by_age_band",
        ["ageBand"],
        rows("ageBand", { "0-9": 15, "10-17": teens }),
      ),
    );

  // 40 under twenty and 36 under eighteen leave four.
  assert.ok(await found("A11", of(21)) > 0);
  assert.equal(await found("A11", of(null)), 0);
});

Deno.test("A12 breaks figures rounded to fives, and not whole ones", async () => {
  const of = (values: readonly number[]) =>
    files(table(
      "use",
      ["topic"],
      values.map((people, at) => ({ topic: `t${at}`, people })),
    ));
  const fives = Array.from({ length: 30 }, (_, at) => 10 + at * 5);

  assert.equal(await found("A12", of(fives)), 1);
  assert.equal(await found("A12", of([...fives, 13])), 0);
});

Deno.test("A15 breaks a row of a village", async () => {
  const village = new Map([...INHABITANTS, ["sd-x", 900]]);
  const attack = PATTERN_ATTACKS.find((one) => one.id === "A15");
  const of = (code: string) =>
    files(table("use", ["districtCode"], rows("districtCode", { [code]: 20 })));

  assert.equal((await attack?.run(of("sd-x"), village))?.length, 1);
  assert.equal((await attack?.run(of("sd-x+sd-1"), village))?.length, 0);
});

Deno.test("A28 breaks lists that leave out who is not there", async () => {
  const all = [
    ...rows("districtCode", { "sd-0": 12, "sd-1": 0 }, { app: "a" }),
    ...rows("districtCode", { "sd-0": 15, "sd-1": null }, { app: "b" }),
  ];
  const of = (some: readonly Row[]) =>
    files(table("use", ["app", "districtCode"], some));

  assert.equal(await found("A28", of(all)), 0);
  assert.equal(await found("A28", of(all.toSpliced(1, 1))), 1);
});

Deno.test("A27 tells the small one where partners follow a public order", () => {
  // Of ten districts one is small; the first in order, or one of the block, goes with it.
  const line = (small: number, other: number) =>
    files(
      table("use", [], [{ people: 404 }]),
      table(
        "use_by_district",
        ["districtCode"],
        rows(
          "districtCode",
          Object.fromEntries(
            Array.from({ length: 10 }, (_, at) => [
              `sd-${at}`,
              at === small || at === other ? null : 45,
            ]),
          ),
        ),
      ),
    ).tables;
  const told = (small: number, other: number, way: typeof byOrder) =>
    smallOfPattern(line(small, other), INHABITANTS, way).told;

  assert.deepEqual(told(7, 0, byOrder), ["d/use_by_district/2026-10/sd-7"]);
  assert.deepEqual(told(7, 5, byBlock), []);
  assert.deepEqual(told(2, 0, byBlock), []);
});
