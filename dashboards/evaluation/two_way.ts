import { Problem } from "@hiraku/kernel";
import { at, dot, leastSquares } from "./least_squares.ts";
import type { Inference } from "./quantiles.ts";
import { type Drawn, reassigned, wildBootstrap } from "./few_clusters.ts";
import { inferAll, refuseEmptyClusters } from "./regression.ts";
import type { FewClusters } from "./spec.ts";
import { twoEffects } from "./two_effects.ts";

/** One unit in one period. */
export interface Observation {
  readonly unit: string;
  readonly period: number;
  readonly outcome: number;
  readonly treatment: number;
}

/**
 * Treatment's coefficient beside effects of unit and period, which are swept
 * out, so that a panel with gaps is fitted too. CR1 by unit counts every effect
 * as a coefficient.
 */
export function twoWay(
  rows: readonly Observation[],
  level: number,
): Inference {
  return fitted(rows, level).inference;
}

/** Tests of the same coefficient that few units do not mislead. */
export function twoWayFewClusters(
  rows: readonly Observation[],
  spec: FewClusters,
): { wildBootstrap: Drawn; randomisation: Drawn } {
  const { inference, fit, sweep, outcome } = fitted(rows, 0.95);
  const [treatment, clusters] = [
    fit.design.map((row) => at(row, 0)),
    rows.map(({ unit }) => unit),
  ];
  const size = dot(treatment, treatment);
  const count = new Set(clusters).size;
  const starts = new Map<string, number>();
  for (const { unit, period, treatment } of rows) {
    const start = treatment === 0 ? Infinity : period;
    starts.set(unit, Math.min(start, starts.get(unit) ?? Infinity));
  }
  const places = new Map([...starts.keys()].map((unit, i) => [unit, i]));
  return {
    wildBootstrap: wildBootstrap({
      pull: treatment.map((one) => one / size),
      restricted: outcome,
      residuals: (vector) => {
        const left = sweep([...vector]);
        const share = dot(treatment, left) / size;
        return left.map((one, i) => one - share * at(treatment, i));
      },
      clusters,
      statistic: inference.statistic,
      factor: count / (count - 1) * (fit.n - 1) / (fit.n - fit.k),
    }, spec),
    // Outcomes are orthogonal to the effects, so treatment need not be swept.
    randomisation: reassigned(
      [...starts.values()],
      (assignment) =>
        rows.reduce(
          (sum, { unit, period }, i) =>
            period >= at(assignment, places.get(unit) ?? 0)
              ? sum + at(outcome, i)
              : sum,
          0,
        ),
      spec,
    ),
  };
}

function fitted(rows: readonly Observation[], level: number) {
  const clusters = rows.map(({ unit }) => unit);
  const effects = twoEffects(clusters, rows.map(({ period }) => period));
  const treatment = effects.sweep(rows.map((row) => row.treatment));
  const k = effects.count + 1;
  if (rows.length <= k || dot(treatment, treatment) < 1e-9) {
    throw new Problem(
      "BadRequestData",
      "treatment: unit and period leave nothing of it to compare",
    );
  }
  const outcome = effects.sweep(rows.map((row) => row.outcome));
  const fit = {
    ...leastSquares(treatment.map((value) => [value]), outcome, ["treatment"]),
    k,
  };
  const errors = { kind: "cluster", clusters } as const;
  refuseEmptyClusters(fit, errors, 0, "unit");
  const [inference] = inferAll(fit, errors, level);
  if (inference === undefined) throw new Error("A fit has a coefficient");
  return { inference, fit, sweep: effects.sweep, outcome };
}
