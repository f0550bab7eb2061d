import assert from "node:assert/strict";
import { ELSEWHERE_ATTACK } from "./city_elsewhere.ts";
import type { CityTable, Row } from "./city_files.ts";

const DISTRICTS = ["east", "west", "north"];
const MONTHS = ["2026-07", "2026-08", "2026-09"];
const figure = (month: number, district: number) =>
  100 + 31 * month + 7 * district;

/** Members by district, and the addressees that another dataset names. */
function datasets(
  addressees: "by district" | "in all" | "of others",
  withheld: readonly string[],
): CityTable[] {
  const common = { rule: "flow", k: 10, period: "month" } as const;
  const members = MONTHS.flatMap((month, m) =>
    DISTRICTS.map((districtCode, d): Row =>
      m === 2 && withheld.includes(districtCode)
        ? { month, districtCode, people: null, status: "withheld" }
        : { month, districtCode, people: figure(m, d), status: "published" }
    )
  );
  const more = addressees === "of others" ? 1 : 0;
  const told = addressees === "in all"
    ? [...MONTHS, "2026-06", "2026-05", "2026-04"].map((month, m): Row => ({
      month,
      addressees: DISTRICTS.reduce((sum, _, d) => sum + figure(m, d), 0),
      status: "published",
    }))
    : MONTHS.flatMap((month, m) =>
      DISTRICTS.map((districtCode, d): Row => ({
        month,
        districtCode,
        addressees: figure(m, d) + more * m,
        status: "published",
      }))
    );
  return [
    {
      ...common,
      dataset: "members",
      id: "members",
      people: "people",
      dimensions: ["districtCode"],
      measures: ["people"],
      rows: addressees === "in all" ? [...members, ...earlier()] : members,
    },
    {
      ...common,
      dataset: "messages",
      id: "reach",
      people: "addressees",
      dimensions: addressees === "in all" ? [] : ["districtCode"],
      measures: ["addressees"],
      rows: told,
    },
  ];
}

function earlier(): Row[] {
  return ["2026-06", "2026-05", "2026-04"].flatMap((month, at) =>
    DISTRICTS.map((districtCode, d): Row => ({
      month,
      districtCode,
      people: figure(3 + at, d),
      status: "published",
    }))
  );
}

const found = async (tables: readonly CityTable[]) =>
  await ELSEWHERE_ATTACK.run(
    { tables, paths: [], contradictions: [] },
    new Map(),
  );

Deno.test("A06 reads in the sums of another dataset what one withholds, and nothing where they differ", async () => {
  // What stands elsewhere by its own right is told by nobody.
  assert.deepEqual(await found(datasets("by district", ["west"])), []);
  assert.deepEqual(await found(datasets("in all", ["west"])), [
    "members/members/2026-09|west people by messages/reach addressees",
  ]);
  assert.deepEqual(await found(datasets("in all", ["west", "east"])), []);
  assert.deepEqual(await found(datasets("of others", ["west"])), []);
  assert.deepEqual(await found(datasets("by district", [])), []);
});
