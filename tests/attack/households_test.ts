import { release, shelterRecord } from "@hiraku/opendata";
import assert from "node:assert/strict";
import { city } from "./_city.ts";

const MONTH = "2025-06";
const AGES = ["0-19", "20-39", "40-64", "65+", "unknown"];

/** People by shelter, each a household of so many by age. */
type Shelters = Readonly<
  Record<string, readonly (readonly number[])[]>
>;

function handed(shelters: Shelters, households = true) {
  const beside = (tokens: readonly string[]) =>
    households ? { households: tokens.slice(0, 2) } : {};
  const at = (shelterId: string) => ({
    month: MONTH,
    shelterId,
    mode: "drill",
  });
  const row = (key: object, shelter: string, ages: readonly number[]) => {
    const of = shelters[shelter] ?? [];
    const counts = of.map((ages_) =>
      ages.reduce((sum, age) => sum + (ages_[age] ?? 0), 0)
    );
    const people = counts.reduce((sum, one) => sum + one, 0);
    const tokens = counts.flatMap((one, n) =>
      one > 0 ? [`${shelter} ${n}`] : []
    );
    return { ...key, people, count: people, ...beside(tokens) };
  };
  const all = AGES.map((_, age) => age);
  const none = Object.keys(shelterRecord.tables).map((id) => [id, []]);
  return {
    ...Object.fromEntries(none),
    shelters: Object.keys(shelters).map((one) => row(at(one), one, all)),
    shelters_by_age: Object.keys(shelters).flatMap((one) =>
      AGES.map((ageGroup, age) => row({ ...at(one), ageGroup }, one, [age]))
    ).filter(({ people }) => people > 0),
  };
}

function released(exact: ReturnType<typeof handed>) {
  return release(shelterRecord, exact as never, {
    municipality: city(4),
    previous: undefined,
    today: "2025-07-02",
  });
}

/** Shown figures of ten people and more who are all of one household. */
function ofOneHousehold(
  rows: readonly Readonly<Record<string, unknown>>[],
  shelters: Shelters,
): string[] {
  return rows.filter((row) =>
    Number(row["people"]) > 0 &&
    shelters[String(row["shelterId"])]?.length === 1
  ).map((row) => String(row["shelterId"]));
}

/** Twelve came as one household, fourteen as two, forty as many. */
const SHELTERS: Shelters = {
  one: [[6, 6, 0, 0, 0]],
  two: [[4, 3, 0, 0, 0], [4, 3, 0, 0, 0]],
  many: Array.from({ length: 12 }, () => [0, 2, 2, 0, 0]),
};

Deno.test("release() shows no shelter to which a single household came, however many people it has", () => {
  const { tables, report } = released(handed(SHELTERS));
  const rows = (tables["shelters"] ?? []).filter((row) =>
    row["mode"] === "drill"
  );
  const shown = rows.filter((row) => row.status === "published")
    .map((row) => row["shelterId"]);

  // Twelve people are enough for a threshold that does not ask who they belong to.
  const blind = rows.map((row) =>
    row["shelterId"] === "one" ? { ...row, people: 12 } : row
  );
  assert.deepEqual(ofOneHousehold(blind, SHELTERS), ["one"]);
  assert.deepEqual(ofOneHousehold(rows, SHELTERS), []);
  assert.deepEqual(shown, ["many", "two"]);
  assert.equal(report.tables["shelters"]?.small, 1);
  const ages = (tables["shelters_by_age"] ?? [])
    .filter((row) => row["shelterId"] === "one" && row["mode"] === "drill");
  assert.ok(ages.every((row) => row["status"] === "withheld"));
  assert.doesNotMatch(JSON.stringify(tables), /two 0|many 1/);
});

Deno.test("release() refuses people of households that come without their households", () => {
  assert.throws(() => released(handed(SHELTERS, false)), {
    message: "A row of 'shelters' comes without its households",
  });
});
