import { infer, type Inference, twoSided } from "./quantiles.ts";

/** So many of so many. */
export interface Counted {
  readonly successes: number;
  readonly trials: number;
}

/** Two shares held against each other. */
export interface TwoShares {
  /** The first less the second, errors of either side. */
  readonly difference: Inference;
  /** Pearson's, without correction. */
  readonly chiSquare: number;
  readonly pValue: number;
}

/** `extra` is variance of the difference besides that of the samples. */
export function twoShares(
  a: Counted,
  b: Counted,
  level: number,
  extra = 0,
): TwoShares {
  const [p, q] = [a.successes / a.trials, b.successes / b.trials];
  const spread = p * (1 - p) / a.trials + q * (1 - q) / b.trials + extra;
  const all = (a.successes + b.successes) / (a.trials + b.trials);
  const pooled = all * (1 - all) * (1 / a.trials + 1 / b.trials) + extra;
  const chiSquare = pooled === 0 ? 0 : (p - q) ** 2 / pooled;
  return {
    difference: infer(p - q, Math.sqrt(spread), level, null),
    chiSquare,
    pValue: twoSided(Math.sqrt(chiSquare), null),
  };
}
