import { Problem } from "@hiraku/kernel";
import { type Evaluation, evidenceOf, open, warningsOf } from "./evaluation.ts";
import { resampledOls, wildBootstrap } from "./few_clusters.ts";
import { at, dot, type Fit, leastSquares } from "./least_squares.ts";
import { quantile, upperF } from "./quantiles.ts";
import {
  aloneWarnings,
  columnsOfErrors,
  errorsOf,
  inferAll,
  nameOfErrors,
  refuseEmptyClusters,
} from "./regression.ts";
import type { OlsSpec } from "./spec.ts";
import { frameOf, type Table } from "./table.ts";

/** Regression on the terms and a constant. */
export function evaluateOls(table: Table, spec: OlsSpec): Evaluation {
  const { outcome, terms, level } = spec;
  const frame = frameOf(table, spec.where, [
    ["outcome", outcome],
    ...terms.map((term) => ["terms", term] as const),
    ...columnsOfErrors(spec.errors),
  ]);
  const y = frame.numbers("outcome", outcome);
  const columns = terms.map((term) => frame.numbers("terms", term));
  const names = ["(constant)", ...terms];
  const rows = y.map((_, i) => [1, ...columns.map((column) => at(column, i))]);
  const fit = leastSquares(rows, y, names, { field: "terms" });
  const { errors, clusters } = errorsOf(frame, spec.errors);
  const inferences = inferAll(fit, errors, level);
  const place = names.indexOf(spec.estimate);
  refuseEmptyClusters(fit, errors, place);
  const about = at(inferences, place);
  if (spec.few_clusters !== undefined && errors.kind !== "cluster") {
    throw new Problem("BadRequestData", "few_clusters: errors are not cluster");
  }
  const covariates = terms.length > 1;

  return {
    ...about,
    design: "ols",
    model: `${outcome} = constant + ${
      terms.join(" + ")
    }; the estimate is the coefficient of ${spec.estimate}`,
    errors: nameOfErrors(spec.errors),
    n: fit.n,
    clusters,
    assumptions: [
      open(
        "no omitted cause",
        `Nothing that moves both ${spec.estimate} and ${outcome} is missing from the terms`,
      ),
    ],
    evidence: evidenceOf(covariates ? "2b" : "3"),
    warnings: [...warningsOf(frame, clusters), ...aloneWarnings(fit, errors)],
    details: {
      coefficients: names.map((name, j) => ({ name, ...at(inferences, j) })),
      ...goodness(fit, y),
      predictions: spec.predict.map((values) => predict(fit, spec, values)),
      ...(spec.few_clusters && errors.kind === "cluster" && {
        fewClusters: {
          wildBootstrap: wildBootstrap(
            resampledOls(fit, place, errors.clusters, about.statistic),
            spec.few_clusters,
          ),
        },
      }),
    },
  };
}

function goodness(fit: Fit, y: readonly number[]): Record<string, number> {
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  const total = y.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const explained = total - fit.residualSumOfSquares;
  const d1 = fit.k - 1;
  const d2 = fit.n - fit.k;
  const f = explained / d1 / (fit.residualSumOfSquares / d2);
  return {
    residualStandardDeviation: Math.sqrt(fit.residualSumOfSquares / d2),
    rSquared: explained / total,
    fStatistic: f,
    fPValue: upperF(f, d1, d2),
  };
}

/** A value to be expected, with the interval for one new row (constant variance). */
function predict(
  fit: Fit,
  { terms, level }: OlsSpec,
  values: Readonly<Record<string, number>>,
): { at: Record<string, number>; value: number; low: number; high: number } {
  const row = [
    1,
    ...terms.map((term) => {
      const value = values[term];
      if (value !== undefined) return value;
      throw new Problem("BadRequestData", `predict: '${term}' is missing`);
    }),
  ];
  const foreign = Object.keys(values).find((name) => !terms.includes(name));
  if (foreign !== undefined) {
    throw new Problem("BadRequestData", `predict: '${foreign}' is not a term`);
  }
  const degrees = fit.n - fit.k;
  const spread = 1 + dot(row, fit.inverse.map((line) => dot(line, row)));
  const width = quantile((1 + level) / 2, degrees) *
    Math.sqrt(spread * fit.residualSumOfSquares / degrees);
  const value = dot(row, fit.coefficients);
  return { at: { ...values }, value, low: value - width, high: value + width };
}
