import { at } from "./least_squares.ts";

export function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}

/** Of a sample: over n − 1. */
export function variance(values: readonly number[]): number {
  const middle = mean(values);
  return values.reduce((sum, one) => sum + (one - middle) ** 2, 0) /
    (values.length - 1);
}

/** Square root of the variance of a sample. */
export function deviation(values: readonly number[]): number {
  return Math.sqrt(variance(values));
}

/** Sum of values, each as often as its weight says. */
export function weighedSum(
  values: readonly number[],
  weights: readonly number[],
): number {
  return values.reduce((sum, one, i) => sum + one * at(weights, i), 0);
}
