import { belowBeta, quantile } from "./quantiles.ts";

export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** Wilson's score interval of a share; `extra` is variance besides that of the sample. */
export function wilson(
  successes: number,
  trials: number,
  level = 0.95,
  extra = 0,
): Bounds {
  const z = quantile((1 + level) / 2, null);
  const p = successes / trials;
  const middle = (p + z * z / (2 * trials)) / (1 + z * z / trials);
  const width = z / (1 + z * z / trials) * Math.sqrt(
    p * (1 - p) / trials + extra + z * z / (4 * trials * trials),
  );
  // Rounding must not leave a bound a hair beyond 0 or 1.
  return {
    low: p === 0 ? 0 : Math.max(0, middle - width),
    high: p === 1 ? 1 : Math.min(1, middle + width),
  };
}

/** Clopper and Pearson's interval of a share, which is never too narrow. */
export function clopperPearson(
  successes: number,
  trials: number,
  level = 0.95,
): Bounds {
  const tail = (1 - level) / 2;
  const [x, n] = [successes, trials];
  return {
    low: x === 0 ? 0 : betaQuantile(tail, x, n - x + 1),
    high: x === n ? 1 : betaQuantile(1 - tail, x + 1, n - x),
  };
}

function betaQuantile(p: number, a: number, b: number): number {
  let [low, high] = [0, 1];
  for (let turn = 0; turn < 60; turn++) {
    const middle = (low + high) / 2;
    if (belowBeta(middle, a, b) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
