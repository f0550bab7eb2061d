import assert from "node:assert/strict";
import { corrected } from "./corrected.ts";
import { describe } from "./evaluate.ts";
import { poststratified } from "./grades.ts";
import { readTable } from "./table.ts";

Deno.test("poststratified gives each stratum its share of the population and says what that costs", () => {
  const strata = { young: [0, 0, 0, 0, 10], old: [0, 0, 40, 50, 0] };
  const same = poststratified(strata, { young: 10, old: 90 });
  const other = poststratified(strata, { young: 500, old: 500 });

  assert.ok(Math.abs(same.designEffect - 1) < 1e-12);
  assert.ok(
    Math.abs(other.mean - (5 / 2 + (3 * 4 / 9 + 4 * 5 / 9) / 2)) < 1e-9,
  );
  assert.deepEqual(other.weights, { young: 5, old: 50 / 90 });
  assert.ok(other.designEffect > 2);
  assert.ok(other.effectiveN < 100 / 2);
  assert.throws(
    () => poststratified(strata, { young: 1 }),
    /^Problem: population: a stratum of the answers is missing/,
  );
});

Deno.test("corrected gives the published example of Benjamini and Hochberg, and Holm is never below it", () => {
  const p = [0.01, 0.04, 0.03, 0.005];

  assert.deepEqual(
    corrected(p, "benjamini-hochberg").map((one) => Number(one.toFixed(6))),
    [0.02, 0.04, 0.04, 0.02],
  );
  assert.deepEqual(
    corrected(p, "holm").map((one) => Number(one.toFixed(6))),
    [0.03, 0.06, 0.06, 0.02],
  );
});

Deno.test("describe survey cuts answers several ways with corrected p-values, and refuses what is no grade", () => {
  const rows = Array.from({ length: 400 }, (_, i) => {
    const district = i % 4;
    const sex = Math.floor(i / 4) % 2;
    return [district, sex, district === 0 ? 5 : 1 + i % 5].join(",");
  });
  const table = readTable(["district,sex,grade", ...rows].join("\n"));
  const spec = { form: "cross", answer: "grade", by: ["district", "sex"] };
  const made = describe("survey", table, spec);
  type Test = { column: string; pValue: number; corrected: number };
  const [district, sex] = made?.details["tests"] as Test[];

  assert.ok((district?.corrected ?? 1) < 0.001);
  assert.ok((sex?.corrected ?? 0) > 0.05);
  assert.ok((district?.corrected ?? 0) >= (district?.pValue ?? 1));
  assert.equal("pValue" in (made ?? {}), false);
  assert.throws(
    () => describe("survey", table, { ...spec, answer: "district" }),
    /^Problem: answer: not a grade from 1 to 5/,
  );
  assert.throws(
    () => describe("survey", table, { ...spec, weight: "w" }),
    /^Problem: weight: not a field/,
  );
  assert.throws(
    () =>
      describe("survey", table, {
        form: "grades",
        answer: "grade",
        stratum: "sex",
      }),
    /^Problem: population: stratum and population go together/,
  );
});
