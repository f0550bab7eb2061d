import { Problem } from "@hiraku/kernel";
import type { Description } from "./description.ts";
import {
  drift,
  holt,
  intervalOf,
  linearTrend,
  type Prediction,
} from "./forecast.ts";
import { warningsOf } from "./evaluation.ts";
import { at } from "./least_squares.ts";
import { localLevel } from "./local_level.ts";
import {
  bestSmoothing,
  carriedOn,
  etsLevel,
  holtWinters,
  smoothedLevel,
} from "./smoothing.ts";
import type { ForecastSpec } from "./spec_describe.ts";
import { spacingWarnings } from "./spacing.ts";
import { frameOf, type Table } from "./table.ts";

interface Carried {
  readonly model: string;
  readonly predictions: readonly Prediction[];
  /** What the model found in the series. */
  readonly found: Readonly<Record<string, unknown>>;
}

/** Of an interval, against the size of the series: nothing but rounding. */
const EXACT = 1e-12;

/** Carries one series on by a named model. */
export function describeForecast(
  table: Table,
  spec: ForecastSpec,
): Description {
  const frame = frameOf(table, spec.where, [
    ["outcome", spec.outcome],
    ["time", spec.time],
  ]);
  const values = frame.numbers("outcome", spec.outcome);
  const order = frame.numbers("time", spec.time);
  const series = order.map((time, i) => ({ time, value: at(values, i) }))
    .sort((a, b) => a.time - b.time);
  if (new Set(order).size < order.length) {
    throw new Problem("BadRequestData", "time: two rows have the same time");
  }
  const { model, predictions, found } = carried(
    series.map(({ value }) => value),
    spec,
  );
  const told = predictions.map((one, i) => ({
    step: i + 1,
    value: one.value,
    ...intervalOf(one, spec.level),
  }));
  const last = at(told, told.length - 1);
  const size = Math.max(...values.map(Math.abs));
  return {
    design: "forecast",
    model:
      `${spec.outcome} by ${spec.time}: ${model}; the estimate is ${spec.steps} steps on`,
    n: series.length,
    estimate: last.value,
    interval: { level: spec.level, low: last.low, high: last.high },
    errors: "errors of the fit, taken to go on as they were",
    warnings: [
      ...warningsOf(frame, null),
      ...spacingWarnings(series.map(({ time }) => time)),
      ...(last.high - last.low <= EXACT * size
        ? ["The series is fitted without error: the interval says nothing"]
        : []),
    ],
    details: { predictions: told, ...found },
  };
}

function carried(series: readonly number[], spec: ForecastSpec): Carried {
  const { model, steps } = spec;
  const least = model.kind === "holt-winters" ? 2 * model.period + 1 : 4;
  if (series.length < least) {
    throw new Problem("BadRequestData", `outcome: fewer than ${least} values`);
  }
  if (
    model.kind === "holt-winters" && model.season === "multiplicative" &&
    series.some((value) => value <= 0)
  ) {
    throw new Problem(
      "BadRequestData",
      "model.season: multiplicative needs values above nought",
    );
  }
  const each = (of: (steps: number) => Prediction) =>
    Array.from({ length: steps }, (_, i) => of(i + 1));
  const sure = (value: number, variance: number): Prediction => ({
    value,
    standardError: Math.sqrt(variance),
    degreesOfFreedom: Infinity,
  });
  switch (model.kind) {
    case "linear":
      return {
        model: "a straight line, least squares",
        predictions: each((step) => linearTrend.predict(series, step)),
        found: {},
      };
    case "drift":
      return {
        model: "the last value and the mean change",
        predictions: each((step) => drift.predict(series, step)),
        found: {},
      };
    case "local-level": {
      const found = localLevel(series);
      return {
        model: "local level, maximum likelihood",
        predictions: each((step) =>
          sure(
            found.level,
            found.levelVariance + step * found.step + found.observation,
          )
        ),
        found: { ...found },
      };
    }
    case "level": {
      const alpha = model.alpha ?? bestSmoothing(series);
      const { level, sumOfSquares } = smoothedLevel(series, alpha);
      const variance = sumOfSquares / (series.length - 1);
      return {
        model: "exponential smoothing of the level",
        predictions: each((step) =>
          sure(level, variance * (1 + (step - 1) * alpha ** 2))
        ),
        found: { alpha, level, sumOfSquares },
      };
    }
    case "ets-ann": {
      const { alpha, level, variance } = etsLevel(series);
      return {
        model: "ETS(A,N,N), least squares",
        predictions: each((step) =>
          sure(level, variance * (1 + (step - 1) * alpha ** 2))
        ),
        found: { alpha, level, variance },
      };
    }
    case "holt": {
      const { alpha, beta } = model;
      const found = holt(series, alpha, beta);
      const variance = found.sumOfSquares / (series.length - 2);
      return {
        model: "Holt's linear trend, smoothing as given",
        predictions: each((step) => {
          let growth = 1;
          for (let j = 1; j < step; j++) {
            growth += (alpha * (1 + j * beta)) ** 2;
          }
          return sure(found.level + step * found.trend, variance * growth);
        }),
        found: { ...found },
      };
    }
    case "holt-winters": {
      const { alpha, beta, gamma, period, season } = model;
      const found = holtWinters(series, period, season, { alpha, beta, gamma });
      const variance = found.sumOfSquares / found.misses;
      return {
        model:
          `Holt and Winters' ${season} season of ${period}, smoothing as given`,
        predictions: each((step) => {
          let growth = 1;
          for (let j = 1; j < step; j++) {
            const again = j % period === 0 ? gamma * (1 - alpha) : 0;
            growth += (alpha * (1 + j * beta) + again) ** 2;
          }
          return sure(carriedOn(found, season, step), variance * growth);
        }),
        found: { ...found },
      };
    }
  }
}
