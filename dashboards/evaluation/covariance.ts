import { Problem } from "@hiraku/kernel";
import { at, type Fit } from "./least_squares.ts";

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
    return scaled(inverse, fit.residualSumOfSquares / (n - k));
  }
  if (errors.kind === "cluster") {
    const moves = sumsOf(movesOf(fit, "HC0"), errors.clusters);
    const g = moves.length;
    const factor = g / (g - 1) * (n - 1) / (n - k);
    return scaled(outer(moves, moves), factor);
  }
  if (errors.kind === "newey-west") {
    return longRun(movesOf(fit, "HC0"), errors.lags);
  }
  const moves = movesOf(fit, errors.kind);
  return scaled(outer(moves, moves), errors.kind === "HC1" ? n / (n - k) : 1);
}

/**
 * What each row's residual moves each coefficient by. Bread, meat and bread
 * multiplied would lose twice the digits where terms are nearly collinear.
 */
function movesOf(fit: Fit, kind: "HC0" | "HC1" | "HC2" | "HC3"): number[][] {
  const power = kind === "HC3" ? 1 : kind === "HC2" ? 0.5 : 0;
  return fit.pulls.map((pull, i) => {
    const slack = 1 - at(fit.leverages, i);
    if (power > 0 && slack < 1e-10) {
      throw new Problem(
        "BadRequestData",
        `errors: ${kind} is not defined where one row alone fixes a coefficient`,
      );
    }
    const residual = at(fit.residuals, i) * slack ** -power;
    return pull.map((value) => value * residual);
  });
}

function sumsOf(
  moves: readonly number[][],
  clusters: readonly string[],
): number[][] {
  const sums = new Map<string, number[]>();
  moves.forEach((move, i) => {
    const sum = sums.get(at(clusters, i));
    if (sum === undefined) sums.set(at(clusters, i), [...move]);
    else move.forEach((value, j) => sum[j] = at(sum, j) + value);
  });
  return [...sums.values()];
}

function longRun(moves: number[][], lags: number): number[][] {
  const sum = outer(moves, moves);
  for (let lag = 1; lag <= Math.min(lags, moves.length - 1); lag++) {
    const weight = 1 - lag / (lags + 1);
    const shifted = outer(moves.slice(lag), moves);
    sum.forEach((row, a) =>
      row.forEach((value, b) =>
        row[b] = value +
          weight * (at(at(shifted, a), b) + at(at(shifted, b), a))
      )
    );
  }
  return sum;
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

function scaled(matrix: Matrix, factor: number): Matrix {
  return matrix.map((row) => row.map((value) => value * factor));
}
