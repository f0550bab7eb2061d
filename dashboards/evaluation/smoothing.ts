import { at } from "./least_squares.ts";
import { mean } from "./moments.ts";
import { smallest } from "./smallest.ts";

/** Exponential smoothing of a level, the first value its start (R `HoltWinters`). */
export function smoothedLevel(
  series: readonly number[],
  alpha: number,
): { level: number; sumOfSquares: number } {
  let level = at(series, 0);
  let sumOfSquares = 0;
  for (const value of series.slice(1)) {
    const miss = value - level;
    sumOfSquares += miss * miss;
    level += alpha * miss;
  }
  return { level, sumOfSquares };
}

/** The smoothing that was least wrong one step ahead. */
export function bestSmoothing(series: readonly number[]): number {
  return smallest(
    (alpha) => smoothedLevel(series, alpha).sumOfSquares,
    1e-4,
    1,
  );
}

/**
 * The state-space form with additive errors, ETS(A,N,N): smoothing and first
 * level by least squares, which is its maximum of likelihood.
 */
export function etsLevel(
  series: readonly number[],
): { alpha: number; level: number; variance: number } {
  const run = (alpha: number) => {
    // The misses are linear in the first level: (1 − α)^t of it is left.
    const pulls = series.map((_, t) => (1 - alpha) ** t);
    const own = missesOf(series, alpha, 0);
    const first = own.reduce((sum, one, t) => sum + one * at(pulls, t), 0) /
      pulls.reduce((sum, one) => sum + one * one, 0);
    const misses = missesOf(series, alpha, first);
    return {
      first,
      squares: misses.reduce((sum, one) => sum + one * one, 0),
    };
  };
  const alpha = smallest((one) => run(one).squares, 1e-4, 0.9999);
  const { first, squares } = run(alpha);
  const level = series.reduce(
    (before, value) => before + alpha * (value - before),
    first,
  );
  return { alpha, level, variance: squares / (series.length - 2) };
}

function missesOf(
  series: readonly number[],
  alpha: number,
  first: number,
): number[] {
  let level = first;
  return series.map((value) => {
    const miss = value - level;
    level += alpha * miss;
    return miss;
  });
}

/** How much of each miss goes into level, trend and season. */
export interface Smoothing {
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
}

export interface Seasonal {
  readonly level: number;
  readonly trend: number;
  /** What the next values carry of the season, one a step. */
  readonly season: readonly number[];
  readonly sumOfSquares: number;
  readonly misses: number;
}

/**
 * Holt and Winters' recursion with the starting values of R's `HoltWinters`:
 * season and trend of the first two periods, fitted from the second on.
 */
export function holtWinters(
  series: readonly number[],
  period: number,
  kind: "additive" | "multiplicative",
  { alpha, beta, gamma }: Smoothing,
): Seasonal {
  const start = startOf(series.slice(0, 2 * period), period, kind);
  let { level, trend } = start;
  const season = [...start.season];
  let sumOfSquares = 0;
  const later = series.slice(period);
  for (const [i, value] of later.entries()) {
    const own = at(season, i);
    const expected = level + trend;
    const miss = value -
      (kind === "additive" ? expected + own : expected * own);
    sumOfSquares += miss * miss;
    const bare = kind === "additive" ? value - own : value / own;
    const next = alpha * bare + (1 - alpha) * expected;
    trend = beta * (next - level) + (1 - beta) * trend;
    level = next;
    const left = kind === "additive" ? value - level : value / level;
    season.push(gamma * left + (1 - gamma) * own);
  }
  return {
    level,
    trend,
    season: season.slice(-period),
    sumOfSquares,
    misses: later.length,
  };
}

/** What comes so many steps on. */
export function carriedOn(
  { level, trend, season }: Seasonal,
  kind: "additive" | "multiplicative",
  steps: number,
): number {
  const own = at(season, (steps - 1) % season.length);
  const straight = level + steps * trend;
  return kind === "additive" ? straight + own : straight * own;
}

/** Classical decomposition of two periods: centred means, then a line through them. */
function startOf(
  first: readonly number[],
  period: number,
  kind: "additive" | "multiplicative",
): { level: number; trend: number; season: number[] } {
  const half = Math.floor(period / 2);
  const even = period % 2 === 0;
  const middle = first.map((_, i) => {
    if (i < half || i + half >= first.length) return undefined;
    const around = first.slice(i - half, i + half + 1);
    const ends = at(around, 0) + at(around, around.length - 1);
    const sum = around.reduce((all, one) => all + one, 0);
    return (even ? sum - ends / 2 : sum) / period;
  });
  const moving = middle.filter((one) => one !== undefined);
  const line = lineThrough(moving);
  const figure = Array.from(
    { length: period },
    (_, place) =>
      mean([place, place + period].flatMap((i) => {
        const base = middle[i];
        if (base === undefined) return [];
        return kind === "additive" ? at(first, i) - base : at(first, i) / base;
      })),
  );
  const whole = mean(figure);
  return {
    ...line,
    season: figure.map((one) =>
      kind === "additive" ? one - whole : one / whole
    ),
  };
}

/** Its height one step before the first value, and its slope; of two values too. */
function lineThrough(
  values: readonly number[],
): { level: number; trend: number } {
  const [middle, height] = [(values.length + 1) / 2, mean(values)];
  const off = values.map((_, i) => i + 1 - middle);
  const trend = off.reduce((sum, one, i) => sum + one * at(values, i), 0) /
    off.reduce((sum, one) => sum + one * one, 0);
  return { level: height - trend * middle, trend };
}
