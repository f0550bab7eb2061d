import assert from "node:assert/strict";
import { digits, near, reference } from "./_reference.ts";
import { evaluate } from "./evaluate.ts";
import { quantile, upperF } from "./quantiles.ts";
import { readTable } from "./table.ts";

reference("ols reaches NIST's Longley figures to nine digits", (all, read) => {
  const { coef, se, residual_sd, r2, F, file } = all.longley_ols;
  const { details } = read("ols", file, {
    outcome: "Employed",
    terms: [
      "GNP.deflator",
      "GNP",
      "Unemployed",
      "Armed.Forces",
      "Population",
      "Year",
    ],
    estimate: "Year",
    errors: { kind: "classical" },
  });

  assert.equal(details.coefficients.length, coef.length);
  details.coefficients.forEach((
    one: { estimate: number; standardError: number },
    j: number,
  ) => {
    digits(one.estimate, coef[j], 9);
    digits(one.standardError, se[j], 9);
  });
  digits(details.residualStandardDeviation, residual_sd, 9);
  digits(details.rSquared, r2, 9);
  digits(details.fStatistic, F, 9);
});

reference(
  "ols predicts the demo series with its intervals",
  ({ kpi_trend_demo: { series, ols, prediction95 } }) => {
    const csv = [
      "t,n",
      ...series.map((n: number, i: number) => `${i + 1},${n}`),
    ];
    const times = Object.keys(prediction95);
    const { estimate, details } = evaluate("ols", readTable(csv.join("\n")), {
      outcome: "n",
      terms: ["t"],
      estimate: "t",
      predict: times.map((t) => ({ t: Number(t) })),
    });

    near(estimate, ols.slope, 1e-9);
    const made = details["predictions"] as Record<string, number>[];
    assert.equal(made.length, times.length);
    made.forEach(({ value = 0, low = 0, high = 0 }, i) =>
      [value, low, high].forEach((one, j) =>
        near(one, prediction95[times[i] ?? ""][j], 1e-6)
      )
    );
  },
);

reference(
  "sc mixes California from the states that ran alike",
  ({ prop99: { synthetic_control_outcomes_only: known } }, read) => {
    const { estimate, details, pValue } = read("sc", "california_prop99.csv", {
      outcome: "PacksPerCapita",
      unit: "State",
      period: "Year",
      treated: "California",
      from: 1989,
    });

    // The reference is by SLSQP, which stops a little above the least squares.
    near(estimate, known.att_1989_2000, 2e-4);
    near(details.rmspeBefore, known.pre_rmspe, 2e-6);
    near(details.gaps.at(-1).gap, known.gap_2000, 1e-3);
    const weights = details.weights as { unit: string; weight: number }[];
    assert.deepEqual(
      weights.map(({ unit }) => unit),
      Object.keys(known.weights),
    );
    for (const { unit, weight } of weights) {
      near(weight, known.weights[unit], 5e-5);
    }
    assert.equal(details.rank, 3);
    assert.equal(details.units, 39);
    assert.equal(pValue, 3 / 39);
    near(details.ratio, 154.75, 5e-3);
  },
);

reference(
  "its gives the Nile's step of 1899",
  ({ nile: { file, step_1899_ols: known } }, read) => {
    const made = read("its", file, {
      outcome: "flow",
      time: "year",
      interruption: 1899,
      change: "level",
      errors: { kind: "classical" },
    });

    near(made.estimate, known.step, 1e-7);
    near(made.standardError, known.se, 1e-8);
    near(made.statistic, known.t, 1e-9);
    near(made.details.coefficients[0].estimate, known.mean_before, 1e-9);
    assert.equal(made.evidence.level, "2b");
  },
);

reference("quantile and upperF are exact to ten digits", (all) => {
  const { distributions } = all;
  near(quantile(0.975, 50), distributions["qt_0.975_50"], 1e-10);
  near(upperF(distributions["qf_0.95_3_20"], 3, 20), 0.05, 1e-10);
});
