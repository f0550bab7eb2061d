import { Problem } from "@hiraku/kernel";
import {
  type Assumption,
  type Evaluation,
  evidenceOf,
  open,
  tested,
  warningsOf,
} from "./evaluation.ts";
import { at, type Fit, leastSquares } from "./least_squares.ts";
import type { Inference } from "./quantiles.ts";
import { inferAll } from "./regression.ts";
import type { ItsSpec } from "./spec.ts";
import { spacingWarnings } from "./spacing.ts";
import { frameOf, type Table } from "./table.ts";

interface Point {
  readonly time: number;
  readonly value: number;
}

/** One series before and after an interruption. */
export function evaluateIts(table: Table, spec: ItsSpec): Evaluation {
  const frame = frameOf(table, spec.where, [
    ["outcome", spec.outcome],
    ["time", spec.time],
  ]);
  const values = frame.numbers("outcome", spec.outcome);
  const series = frame.numbers("time", spec.time)
    .map((time, i) => ({ time, value: at(values, i) }))
    .sort((a, b) => a.time - b.time);
  if (new Set(series.map(({ time }) => time)).size < series.length) {
    throw new Problem("BadRequestData", "time: two rows have the same time");
  }
  const main = fitted(series, spec);
  const { fit, names, inferences } = main;
  const slope = spec.change === "level_and_slope";

  return {
    ...main.level,
    design: "its",
    model: `${spec.outcome} = ${
      names.join(" + ")
    }; the estimate is the coefficient of after (at ${spec.interruption})`,
    errors: errorsName(spec),
    n: fit.n,
    clusters: null,
    assumptions: [
      independence(fit, spec),
      placebo(series, spec),
      open(
        "nothing else changed",
        `No other event touched the series at ${spec.interruption}; there is no control`,
      ),
    ],
    evidence: evidenceOf("2b"),
    warnings: [
      ...warningsOf(frame, null),
      ...spacingWarnings(series.map(({ time }) => time)),
    ],
    details: {
      coefficients: names.map((name, j) => ({ name, ...at(inferences, j) })),
      ...(slope ? { changeOfSlope: at(inferences, 3) } : {}),
      specifications: specifications(series, spec),
    },
  };
}

/** Fits the series; time counts from the interruption. */
function fitted(
  series: readonly Point[],
  spec: ItsSpec,
): { fit: Fit; names: string[]; inferences: Inference[]; level: Inference } {
  const after = series.filter(({ time }) => time >= spec.interruption).length;
  if (Math.min(after, series.length - after) < 3) {
    throw new Problem(
      "BadRequestData",
      "interruption: fewer than three rows on one side",
    );
  }
  if (spec.errors.kind === "newey-west" && spec.errors.lags >= series.length) {
    throw new Problem("BadRequestData", "errors.lags: not below the rows");
  }
  const names = [
    "constant",
    "after",
    ...(spec.change === "level" ? [] : ["time"]),
    ...(spec.change === "level_and_slope" ? ["after × time"] : []),
    ...waves(spec).flatMap((wave) => [`sine ${wave}`, `cosine ${wave}`]),
  ];
  const rows = series.map(({ time }) => {
    const post = Number(time >= spec.interruption);
    const since = time - spec.interruption;
    return [
      1,
      post,
      ...(spec.change === "level" ? [] : [since]),
      ...(spec.change === "level_and_slope" ? [post * since] : []),
      ...waves(spec).flatMap((wave) => {
        const angle = 2 * Math.PI * wave * time / (spec.season?.period ?? 1);
        return [Math.sin(angle), Math.cos(angle)];
      }),
    ];
  });
  const fit = leastSquares(rows, series.map(({ value }) => value), names, {
    field: spec.season === undefined ? "time" : "season",
  });
  const inferences = inferAll(fit, spec.errors, spec.level);
  return { fit, names, inferences, level: at(inferences, 1) };
}

function waves({ season }: ItsSpec): number[] {
  return Array.from({ length: season?.harmonics ?? 0 }, (_, i) => i + 1);
}

/** Durbin-Watson, by the rule of thumb that 1.5 to 2.5 is near 2. */
function independence(fit: Fit, spec: ItsSpec): Assumption {
  const e = fit.residuals;
  const moves = e.slice(1).reduce(
    (sum, one, i) => sum + (one - at(e, i)) ** 2,
    0,
  );
  const statistic = moves / fit.residualSumOfSquares;
  const near = statistic > 1.5 && statistic < 2.5;
  const borne = spec.errors.kind === "newey-west";
  return {
    name: "errors fit the dependence in time",
    finding: near || borne ? "supported" : "contradicted",
    detail: `Durbin-Watson statistic, near 2 without autocorrelation${
      borne ? "; Newey-West errors allow for it" : ""
    }`,
    estimate: statistic,
  };
}

/** The same model on the rows before alone, interrupted half way. */
function placebo(series: readonly Point[], spec: ItsSpec): Assumption {
  const name = "no change before";
  const before = series.filter(({ time }) => time < spec.interruption);
  const interruption = before[Math.floor(before.length / 2)]?.time ?? 0;
  try {
    const { level } = fitted(before, { ...spec, interruption });
    return tested(
      name,
      `Placebo: the same model on the rows before, interrupted at ${interruption}`,
      level,
    );
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return open(name, "There are too few rows before for a placebo");
  }
}

/** The estimate under each model of change and kind of error. */
function specifications(
  series: readonly Point[],
  spec: ItsSpec,
): Record<string, unknown>[] {
  const lags = Math.floor(4 * (series.length / 100) ** (2 / 9));
  const kinds: ItsSpec["errors"][] = [
    { kind: "classical" },
    spec.errors.kind === "newey-west"
      ? spec.errors
      : { kind: "newey-west", lags },
  ];
  const changes = ["level", "level_with_trend", "level_and_slope"] as const;
  return changes.flatMap((change) =>
    kinds.flatMap((errors) => {
      const other = { ...spec, change, errors };
      try {
        const { level } = fitted(series, other);
        return [{ change, errors: errorsName(other), ...level }];
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        return [];
      }
    })
  );
}

function errorsName({ errors }: ItsSpec): string {
  return errors.kind === "classical"
    ? "classical"
    : `Newey-West, ${errors.lags} lags`;
}
