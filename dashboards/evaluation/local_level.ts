import { at } from "./least_squares.ts";
import { smallest } from "./smallest.ts";

/** A random walk seen with error, as it stands after its last value. */
export interface LocalLevel {
  /** Variance of what is seen about the level. */
  readonly observation: number;
  /** Variance of the level's step. */
  readonly step: number;
  readonly level: number;
  readonly levelVariance: number;
}

/**
 * The local level model by maximum likelihood: Kalman filter with a diffuse
 * start, the observation's variance concentrated out (Durbin and Koopman 2.10).
 */
export function localLevel(series: readonly number[]): LocalLevel {
  const ratio = Math.exp(
    smallest((log) => filtered(series, Math.exp(log)).deviance, -12, 8),
  );
  const { scale, level, spread } = filtered(series, ratio);
  return {
    observation: scale,
    step: ratio * scale,
    level,
    levelVariance: spread * scale,
  };
}

/** Runs the filter for a ratio of the two variances, in units of the observation's. */
function filtered(
  series: readonly number[],
  ratio: number,
): { deviance: number; scale: number; level: number; spread: number } {
  let level = at(series, 0);
  let spread = 1;
  let [squares, logs] = [0, 0];
  for (const value of series.slice(1)) {
    const predicted = spread + ratio;
    const total = predicted + 1;
    const miss = value - level;
    squares += miss * miss / total;
    logs += Math.log(total);
    level += predicted / total * miss;
    spread = predicted / total;
  }
  const n = series.length - 1;
  const scale = squares / n;
  return { deviance: n * Math.log(scale) + logs, scale, level, spread };
}
