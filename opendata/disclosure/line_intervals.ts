import { propagate } from "./solve/propagate.ts";
import { Contradiction } from "./solve/system.ts";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Exactly what someone who knows the sum and each cell's limits can say of
 * each cell: with one equation the bounds that follow from it are reached by
 * whole numbers. None when the limits contradict the sum.
 */
export function intervals(
  sum: number,
  limits: readonly Interval[],
): Interval[] {
  try {
    const { lower, upper } = propagate({
      lower: limits.map((one) => one.low),
      upper: limits.map((one) => one.high),
      rows: [{
        columns: limits.map((_, at) => at),
        factors: limits.map(() => 1),
        low: Math.floor(sum),
        high: Math.floor(sum),
      }],
    });
    return limits.map((_, at) => ({
      low: lower[at] ?? 0,
      high: upper[at] ?? Infinity,
    }));
  } catch (error) {
    if (!(error instanceof Contradiction)) throw error;
    return limits.map(() => ({ low: 0, high: 0 }));
  }
}
