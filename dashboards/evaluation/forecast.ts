import { Problem } from "@hiraku/kernel";
import { at, dot, leastSquares } from "./least_squares.ts";
import { below, quantile } from "./quantiles.ts";

/** What is expected so many steps on, and how far off it may be. */
export interface Prediction {
  readonly value: number;
  readonly standardError: number;
  /** Of Student's t; infinite for the normal. */
  readonly degreesOfFreedom: number;
}

/** A way of carrying a series on; `predict` counts steps after its last value. */
export interface Forecaster {
  readonly model: string;
  /** Fewest values it can be made from. */
  readonly least: number;
  predict(series: readonly number[], steps: number): Prediction;
}

/** A line through all values; the interval is of one new value. */
export const linearTrend: Forecaster = {
  model: "linear",
  least: 4,
  predict(series, steps) {
    const n = series.length;
    const row = (x: number) => [1, x];
    const fit = leastSquares(
      series.map((_, i) => row(i + 1)),
      series,
      ["constant", "time"],
    );
    const x = row(n + steps);
    const variance = fit.residualSumOfSquares / (n - 2);
    const pull = dot(x, fit.inverse.map((line) => dot(line, x)));
    return {
      value: dot(x, fit.coefficients),
      standardError: Math.sqrt(variance * (1 + pull)),
      degreesOfFreedom: n - 2,
    };
  },
};

/**
 * The last value and the mean change, as often as there are steps. The error
 * grows with the steps and with how little the mean is known.
 */
export const drift: Forecaster = {
  model: "drift",
  least: 4,
  predict(series, steps) {
    const changes = series.slice(1).map((value, i) => value - at(series, i));
    const n = changes.length;
    const mean = changes.reduce((sum, one) => sum + one, 0) / n;
    const variance = changes.reduce((sum, one) => sum + (one - mean) ** 2, 0) /
      (n - 1);
    return {
      value: at(series, series.length - 1) + steps * mean,
      standardError: Math.sqrt(variance * (steps + steps * steps / n)),
      degreesOfFreedom: n - 1,
    };
  },
};

/** Level and trend of Holt's recursion, with its errors of one step. */
export function holt(
  series: readonly number[],
  alpha: number,
  beta: number,
): { level: number; trend: number; sumOfSquares: number } {
  let level = at(series, 1);
  let trend = level - at(series, 0);
  let sumOfSquares = 0;
  for (const value of series.slice(2)) {
    const expected = level + trend;
    sumOfSquares += (value - expected) ** 2;
    const next = alpha * value + (1 - alpha) * expected;
    trend = beta * (next - level) + (1 - beta) * trend;
    level = next;
  }
  return { level, trend, sumOfSquares };
}

const ALPHA = 0.5;
const BETA = 0.3;

/** Holt's linear trend with fixed smoothing of 0.5 and 0.3. */
const holtTrend: Forecaster = {
  model: "holt",
  least: 6,
  predict(series, steps) {
    const { level, trend, sumOfSquares } = holt(series, ALPHA, BETA);
    const n = series.length - 2;
    let growth = 1;
    for (let j = 1; j < steps; j++) growth += (ALPHA * (1 + j * BETA)) ** 2;
    return {
      value: level + steps * trend,
      standardError: Math.sqrt(sumOfSquares / n * growth),
      degreesOfFreedom: Math.max(1, n - 2),
    };
  },
};

const FORECASTERS: readonly Forecaster[] = [
  linearTrend,
  drift,
  holtTrend,
];

/** The two-sided interval of a prediction. */
export function intervalOf(
  { value, standardError, degreesOfFreedom }: Prediction,
  level = 0.95,
): { low: number; high: number } {
  const t = Number.isFinite(degreesOfFreedom) ? degreesOfFreedom : null;
  const width = quantile((1 + level) / 2, t) * standardError;
  return { low: value - width, high: value + width };
}

/** Probability that the value will be at least so much. */
export function probabilityOf(
  { value, standardError, degreesOfFreedom }: Prediction,
  target: number,
): number {
  if (standardError === 0) return value >= target ? 1 : 0;
  return below((value - target) / standardError, degreesOfFreedom);
}

/**
 * Mean absolute error of predicting `steps` on from every earlier point that
 * left enough values; null when there is none.
 */
export function backtest(
  { least, predict }: Forecaster,
  series: readonly number[],
  steps: number,
): number | null {
  const errors: number[] = [];
  for (let end = least; end + steps <= series.length; end++) {
    const { value } = predict(series.slice(0, end), steps);
    errors.push(Math.abs(value - at(series, end + steps - 1)));
  }
  return errors.length === 0
    ? null
    : errors.reduce((sum, one) => sum + one, 0) / errors.length;
}

/** A forecast by the model that was least wrong before, with what the others say. */
export interface Forecast {
  readonly model: string;
  readonly predictions: readonly Prediction[];
  /** Every model: its prediction at the last step and its error before. */
  readonly specifications: readonly {
    readonly model: string;
    readonly last: Prediction;
    readonly error: number | null;
  }[];
}

/** Carries a series on by `steps`. Refuses one of fewer than four values. */
export function forecast(series: readonly number[], steps: number): Forecast {
  const usable = FORECASTERS.filter(({ least }) => series.length >= least);
  if (usable.length === 0 || steps < 1) {
    throw new Problem("BadRequestData", "A forecast needs four values or more");
  }
  const ahead = Math.min(steps, 3);
  const specifications = usable.map((one) => ({
    model: one.model,
    last: one.predict(series, steps),
    error: backtest(one, series, ahead),
  }));
  const tried = specifications.filter(({ error }) => error !== null);
  const best = tried.toSorted((a, b) => (a.error ?? 0) - (b.error ?? 0))[0]
    ?.model ?? drift.model;
  const chosen = usable.find(({ model }) => model === best) ?? drift;
  return {
    model: chosen.model,
    predictions: Array.from(
      { length: steps },
      (_, i) => chosen.predict(series, i + 1),
    ),
    specifications,
  };
}
