import assert from "node:assert/strict";
import { covariance } from "./covariance.ts";
import { seeded } from "./draws.ts";
import { evaluate } from "./evaluate.ts";
import { reassigned, resampledOls, wildBootstrap } from "./few_clusters.ts";
import { at, leastSquares } from "./least_squares.ts";
import { readTable } from "./table.ts";

const FEW = { draws: 199, seed: 1 };

Deno.test("wildBootstrap agrees with refitting every pattern of signs, and is exact for few clusters", () => {
  const random = seeded(5);
  const clusters = ["a", "b", "c", "d", "e"].flatMap((one) => [one, one, one]);
  const rows = clusters.map((_, i) => [1, random(), Number(i % 2)]);
  const y = rows.map((row) => at(row, 1) + random());
  const names = ["constant", "x", "z"];
  const statisticOf = (outcome: readonly number[]) => {
    const fit = leastSquares(rows, outcome, names);
    const variance = covariance(fit, { kind: "cluster", clusters });
    return at(fit.coefficients, 1) / Math.sqrt(at(at(variance, 1), 1));
  };
  const own = statisticOf(y);
  const without = leastSquares(rows.map(([one = 0, , z = 0]) => [one, z]), y, [
    "constant",
    "z",
  ]);
  let reached = 0;
  for (let pattern = 0; pattern < 32; pattern++) {
    const outcome = y.map((value, i) => {
      const left = at(without.residuals, i);
      const sign = pattern >> Math.floor(i / 3) & 1 ? 1 : -1;
      return value - left + sign * left;
    });
    if (Math.abs(statisticOf(outcome)) >= Math.abs(own) * (1 - 1e-9)) {
      reached += 1;
    }
  }

  const made = wildBootstrap(
    resampledOls(leastSquares(rows, y, names), 1, clusters, own),
    FEW,
  );

  assert.deepEqual(made, { pValue: reached / 32, draws: 32, exact: true });
  // With and against every sign at once nothing changes: never below 2 of 32.
  assert.ok(made.pValue >= 2 / 32);
});

Deno.test("reassigned goes through every assignment of few clusters and never answers nought", () => {
  const outcomes = [9, 8, 7, 1, 2, 3];
  const difference = (of: readonly number[]) =>
    outcomes.reduce((sum, one, i) => sum + (of[i] === 1 ? one : -one), 0);
  const many = Array.from({ length: 40 }, (_, i) => Number(i < 20));

  assert.deepEqual(reassigned([1, 1, 1, 0, 0, 0], difference, FEW), {
    pValue: 2 / 20,
    draws: 20,
    exact: true,
  });
  const drawn = reassigned(
    many,
    (of) => of.reduce((sum, one, i) => sum + one * Number(i < 20), 0),
    FEW,
  );
  assert.equal(drawn.exact, false);
  assert.equal(drawn.pValue, 1 / 200);
});

Deno.test("evaluate did gives the tests for few clusters beside the one by t, the same for the same seed", () => {
  const random = seeded(9);
  const rows = Array.from(
    { length: 10 },
    (_, unit) =>
      Array.from({ length: 6 }, (_, t) => {
        const treated = Number(unit < 5);
        const post = Number(t >= 3);
        const value = unit + t + 4 * random() + 3 * treated * post;
        return [unit, t, treated, post, treated * post, value].join(",");
      }),
  ).flat();
  const table = readTable(["unit,t,g,p,on,y", ...rows].join("\n"));
  const cells = {
    form: "two_by_two",
    outcome: "y",
    treated: "g",
    post: "p",
    errors: { kind: "cluster", by: "unit" },
    few_clusters: FEW,
  };
  const panel = {
    form: "panel",
    outcome: "y",
    unit: "unit",
    period: "t",
    treatment: "on",
    few_clusters: FEW,
  };
  type Few = Record<"wildBootstrap" | "randomisation", { pValue: number }>;
  const few = (spec: Record<string, unknown>) =>
    evaluate("did", table, spec).details["fewClusters"] as Few;

  const [one, other] = [few(cells), few(panel)];
  // A balanced panel: both forms compare the same changes.
  assert.deepEqual(one.randomisation, other.randomisation);
  assert.deepEqual(few(panel), other);
  assert.ok(one.wildBootstrap.pValue < 0.05);
  assert.ok(one.randomisation.pValue >= 2 / 252);
  assert.throws(
    () => few({ ...cells, errors: { kind: "HC1" } }),
    /^Problem: few_clusters: errors are not cluster/,
  );
  assert.throws(
    () => few({ ...cells, few_clusters: { draws: 10 } }),
    /^Problem: few_clusters\.draws: /,
  );
});
