import gammainc from "@stdlib/math-base-special-gammainc";
import fCdf from "@stdlib/stats-base-dists-f-cdf";
import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import tCdf from "@stdlib/stats-base-dists-t-cdf";
import tQuantile from "@stdlib/stats-base-dists-t-quantile";

/** An estimate with how sure it is; `degreesOfFreedom` null is the normal. */
export interface Inference {
  readonly estimate: number;
  readonly standardError: number;
  readonly interval: {
    readonly level: number;
    readonly low: number;
    readonly high: number;
  };
  readonly statistic: number;
  readonly pValue: number;
  readonly degreesOfFreedom: number | null;
}

/** Interval and two-sided test of an estimate against nought. */
export function infer(
  estimate: number,
  standardError: number,
  level: number,
  degreesOfFreedom: number | null,
): Inference {
  const width = quantile((1 + level) / 2, degreesOfFreedom) * standardError;
  const statistic = estimate / standardError;
  return {
    estimate,
    standardError,
    interval: { level, low: estimate - width, high: estimate + width },
    statistic,
    pValue: twoSided(statistic, degreesOfFreedom),
    degreesOfFreedom,
  };
}

/** Of Student's t, or of the normal where `degreesOfFreedom` is null. */
export function quantile(p: number, degreesOfFreedom: number | null): number {
  return degreesOfFreedom === null
    ? normalQuantile(p, 0, 1)
    : tQuantile(p, degreesOfFreedom);
}

/** Probability of less than `statistic` under Student's t. */
export function below(statistic: number, degreesOfFreedom: number): number {
  return tCdf(statistic, degreesOfFreedom);
}

export function twoSided(
  statistic: number,
  degreesOfFreedom: number | null,
): number {
  const low = -Math.abs(statistic);
  return 2 *
    (degreesOfFreedom === null
      ? normalCdf(low, 0, 1)
      : tCdf(low, degreesOfFreedom));
}

/** Probability of an F as large as this one by chance. */
export function upperF(statistic: number, d1: number, d2: number): number {
  // Taken from 1, a small tail would be rounded to nought.
  return statistic <= 0 ? 1 : fCdf(1 / statistic, d2, d1);
}

/** Probability of a χ² as large as this one by chance. */
export function upperChiSquare(statistic: number, degrees: number): number {
  return gammainc(statistic / 2, degrees / 2, true, true);
}

/** Probability of less than `x` under the beta distribution. */
export function belowBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  return fCdf(b * x / (a * (1 - x)), 2 * a, 2 * b);
}
