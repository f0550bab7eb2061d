import { Problem } from "@hiraku/kernel";
import { at, dot, type Fit } from "./least_squares.ts";

/** How the covariance of the coefficients is estimated. */
export type Errors =
  | { readonly kind: "classical" | "HC0" | "HC1" | "HC2" | "HC3" }
  | { readonly kind: "cluster"; readonly clusters: readonly string[] }
  /** Rows are in the order of time; Bartlett weights, no small-sample factor. */
  | { readonly kind: "newey-west"; readonly lags: number };

type Matrix = readonly (readonly number[])[];

/** Covariance of the coefficients; HC and CR1 as R's sandwich defines them. */
export function covariance(fit: Fit, errors: Errors): Matrix {
  const { n, k, inverse } = fit;
  if (errors.kind === "classical") {
    const variance = fit.residualSumOfSquares / (n - k);
    return inverse.map((row) => row.map((value) => value * variance));
  }
  if (errors.kind === "cluster") {
    const scores = clusterScores(fit, errors.clusters);
    const g = scores.length;
    const factor = g / (g - 1) * (n - 1) / (n - k);
    return sandwich(fit, outer(scores, scores), factor);
  }
  if (errors.kind === "newey-west") {
    return sandwich(fit, longRun(scoresOf(fit, "HC0"), errors.lags), 1);
  }
  const scores = scoresOf(fit, errors.kind);
  const factor = errors.kind === "HC1" ? n / (n - k) : 1;
  return sandwich(fit, outer(scores, scores), factor);
}

function scoresOf(fit: Fit, kind: "HC0" | "HC1" | "HC2" | "HC3"): number[][] {
  const power = kind === "HC3" ? 1 : kind === "HC2" ? 0.5 : 0;
  return fit.design.map((row, i) => {
    const slack = 1 - at(fit.leverages, i);
    if (power > 0 && slack < 1e-10) {
      throw new Problem(
        "BadRequestData",
        `errors: ${kind} is not defined where one row alone fixes a coefficient`,
      );
    }
    const residual = at(fit.residuals, i) * slack ** -power;
    return row.map((value) => value * residual);
  });
}

function clusterScores(fit: Fit, clusters: readonly string[]): number[][] {
  const sums = new Map<string, number[]>();
  scoresOf(fit, "HC0").forEach((score, i) => {
    const sum = sums.get(at(clusters, i));
    if (sum === undefined) sums.set(at(clusters, i), score);
    else score.forEach((value, j) => sum[j] = at(sum, j) + value);
  });
  return [...sums.values()];
}

function longRun(scores: number[][], lags: number): number[][] {
  const meat = outer(scores, scores);
  for (let lag = 1; lag <= Math.min(lags, scores.length - 1); lag++) {
    const weight = 1 - lag / (lags + 1);
    const shifted = outer(scores.slice(lag), scores);
    meat.forEach((row, a) =>
      row.forEach((value, b) =>
        row[b] = value +
          weight * (at(at(shifted, a), b) + at(at(shifted, b), a))
      )
    );
  }
  return meat;
}

function outer(left: number[][], right: number[][]): number[][] {
  const k = at(left, 0).length;
  const sum = Array.from({ length: k }, () => new Array<number>(k).fill(0));
  left.forEach((a, i) => {
    const b = at(right, i);
    for (let r = 0; r < k; r++) {
      const row = at(sum, r);
      for (let c = 0; c < k; c++) row[c] = at(row, c) + at(a, r) * at(b, c);
    }
  });
  return sum;
}

function sandwich({ inverse }: Fit, meat: Matrix, factor: number): Matrix {
  const half = inverse.map((row) =>
    meat.map((_, c) => dot(row, meat.map((line) => at(line, c))))
  );
  return half.map((row) => inverse.map((column) => factor * dot(row, column)));
}
