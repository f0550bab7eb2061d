import { Problem } from "@hiraku/kernel";
import {
  type Assumption,
  type Evaluation,
  evidenceOf,
  open,
  tested,
  warningsOf,
} from "./evaluation.ts";
import type { Inference } from "./quantiles.ts";
import type { DidSpec } from "./spec.ts";
import { columnOf, frameOf, type Table } from "./table.ts";
import { type Observation, twoWay, twoWayFewClusters } from "./two_way.ts";

type Spec = Extract<DidSpec, { form: "panel" }>;

/** Units over periods, with an effect of each unit and of each period. */
export function evaluatePanel(table: Table, spec: Spec): Evaluation {
  const frame = frameOf(table, spec.where, [
    ["outcome", spec.outcome],
    ["unit", spec.unit],
    ["period", spec.period],
    ["treatment", columnOf(spec.treatment)],
  ]);
  const outcome = frame.numbers("outcome", spec.outcome);
  const period = frame.numbers("period", spec.period);
  const treatment = frame.flags("treatment", spec.treatment);
  const rows = frame.texts("unit", spec.unit).map((unit, i) => ({
    unit,
    period: period[i] ?? 0,
    outcome: outcome[i] ?? 0,
    treatment: treatment[i] ?? 0,
  }));
  if (new Set(rows.map((row) => `${row.period} ${row.unit}`)).size < frame.n) {
    throw new Problem("BadRequestData", "unit, period: two rows are the same");
  }
  const starts = startsOf(rows);
  for (const { unit, period, treatment } of rows) {
    if (treatment === 0 && period > (starts.get(unit) ?? Infinity)) {
      throw new Problem("BadRequestData", "treatment: ends within a unit");
    }
  }
  const clusters = new Set(rows.map(({ unit }) => unit)).size;

  return {
    ...twoWay(rows, spec.level),
    design: "did",
    model:
      `${spec.outcome} = effect of ${spec.unit} + effect of ${spec.period} + treatment; the estimate is the coefficient of treatment`,
    errors: `cluster (CR1) by ${spec.unit}`,
    n: frame.n,
    clusters,
    assumptions: [
      placebo(rows, starts, spec.level),
      open(
        "nothing else changed",
        "No other event touched the treated units alone at the same time",
      ),
    ],
    evidence: evidenceOf("2a"),
    warnings: [
      ...warningsOf(frame, clusters),
      ...(starts.size < 5
        ? [
          `With ${starts.size} treated units the error is not to be trusted; consider sc`,
        ]
        : []),
      ...(new Set(starts.values()).size > 1
        ? [
          "Treatment starts at several times; this average may weigh effects wrongly, consider form staggered",
        ]
        : []),
    ],
    details: {
      treatedUnits: starts.size,
      periods: new Set(period).size,
      ...(spec.few_clusters && {
        fewClusters: twoWayFewClusters(rows, spec.few_clusters),
      }),
    },
  };
}

/** First treated period of each unit that ever is. */
function startsOf(rows: readonly Observation[]): Map<string, number> {
  const starts = new Map<string, number>();
  for (const { unit, period, treatment } of rows) {
    if (treatment === 0) continue;
    starts.set(unit, Math.min(period, starts.get(unit) ?? Infinity));
  }
  return starts;
}

/** Untreated rows alone, the last period before treatment taken for treated. */
function placebo(
  rows: readonly Observation[],
  starts: ReadonlyMap<string, number>,
  level: number,
): Assumption {
  const name = "parallel trends";
  const untreated = rows.filter(({ treatment }) => treatment === 0);
  const lasts = new Map<string, number>();
  for (const { unit, period } of untreated) {
    if (!starts.has(unit)) continue;
    lasts.set(unit, Math.max(period, lasts.get(unit) ?? -Infinity));
  }
  const shifted = untreated.map((row) => ({
    ...row,
    treatment: Number(lasts.get(row.unit) === row.period),
  }));
  let inference: Inference;
  try {
    inference = twoWay(shifted, level);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return open(name, "There are too few periods before for a placebo");
  }
  return tested(
    name,
    "Placebo: the last period before treatment taken for treated, treated rows left out",
    inference,
  );
}
