import assert from "node:assert/strict";
import { type Check, digits, near } from "./_reference.ts";
import { evaluate } from "../evaluate.ts";
import { quantile, upperChiSquare, upperF } from "../quantiles.ts";
import { readTable } from "../table.ts";

export const regressionChecks: readonly Check[] = [
  {
    name: "ols reaches NIST's Longley figures to nine digits",
    check: (all, read) => {
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
    },
  },
  {
    name: "ols predicts the demo series with its intervals",
    check: ({ kpi_trend_demo: { series, ols, prediction95 } }) => {
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
  },
  {
    name: "its gives the Nile's step of 1899",
    check: ({ nile: { file, step_1899_ols: known } }, read) => {
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
  },
  {
    name: "quantiles of t, F and χ² are exact to ten digits",
    check: ({ distributions }) => {
      near(quantile(0.975, 50), distributions["qt_0.975_50"], 1e-10);
      near(upperF(distributions["qf_0.95_3_20"], 3, 20), 0.05, 1e-10);
      const square = distributions["qchisq_0.95_1"];
      near(upperChiSquare(square, 1), 0.05, 1e-10);
      near(quantile(0.975, null) ** 2, square, 1e-10);
    },
  },
];
