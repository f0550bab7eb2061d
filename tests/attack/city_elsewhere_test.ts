import assert from "node:assert/strict";
import { ELSEWHERE_ATTACK } from "./city_elsewhere.ts";
import type { CityTable, Row } from "./city_files.ts";

const DISTRICTS = ["east", "west", "north"];
const MONTHS = Array.from(
  { length: 14 },
  (_, at) => `${2025 + Math.floor(at / 12)}-${`0${1 + at % 12}`.slice(-2)}`,
);
const LAST = MONTHS.at(-1);
const WEST = 1;
/** In the last month few live in the west. */
const figure = (month: number, district: number) =>
  month === MONTHS.length - 1 && district === WEST
    ? 6
    : 100 + 31 * month + 7 * district;
const inAll = (month: number) =>
  DISTRICTS.reduce((sum, _, district) => sum + figure(month, district), 0);

/** Members by district, some of the last month withheld, and what another dataset has of them. */
function datasets(
  other: "the same" | "sums" | "sums of others",
  withheld: readonly string[],
): CityTable[] {
  const table = { rule: "flow", k: 10, period: "month" } as const;
  const members = MONTHS.flatMap((month, m) =>
    DISTRICTS.map((districtCode, d): Row =>
      month === LAST && withheld.includes(districtCode)
        ? { month, districtCode, people: null, status: "withheld" }
        : { month, districtCode, people: figure(m, d), status: "published" }
    )
  );
  const addressees = MONTHS.flatMap((month, m): Row[] =>
    other === "the same"
      ? DISTRICTS.map((districtCode, d) => ({
        month,
        districtCode,
        addressees: figure(m, d),
      }))
      : [{ month, addressees: inAll(m) + (other === "sums" ? 0 : m) }]
  ).map((row) => ({ ...row, status: "published" }));
  return [
    {
      ...table,
      dataset: "members",
      id: "members",
      people: "people",
      dimensions: ["districtCode"],
      measures: ["people"],
      rows: members,
    },
    {
      ...table,
      dataset: "messages",
      id: "reach",
      people: "addressees",
      dimensions: other === "the same" ? ["districtCode"] : [],
      measures: ["addressees"],
      rows: addressees,
    },
  ];
}

const found = async (tables: readonly CityTable[]) =>
  await ELSEWHERE_ATTACK.run(
    { tables, paths: [], contradictions: [] },
    new Map(),
  );

Deno.test("A06 reads in the sums of another dataset what one withholds, and nothing where they differ", async () => {
  const told =
    `members/members/${LAST}|west people by messages/reach addressees`;

  assert.deepEqual(await found(datasets("sums", ["west"])), [told]);
  assert.deepEqual(await found(datasets("sums", ["west", "east"])), []);
  assert.deepEqual(await found(datasets("sums of others", ["west"])), []);
  assert.deepEqual(await found(datasets("sums", [])), []);
  assert.deepEqual((await found(datasets("the same", ["west"])))[0], told);
  // What is not small stands elsewhere by that table's own right.
  assert.deepEqual(await found(datasets("the same", ["east"])), []);
});
