import { Problem } from "@hiraku/kernel";
import { at, dot, leastSquares } from "./least_squares.ts";
import type { Inference } from "./quantiles.ts";
import { type Drawn, reassigned, wildBootstrap } from "./few_clusters.ts";
import { inferAll } from "./regression.ts";
import type { FewClusters } from "./spec.ts";

/** One unit in one period. */
export interface Observation {
  readonly unit: string;
  readonly period: number;
  readonly outcome: number;
  readonly treatment: number;
}

/**
 * Treatment's coefficient beside effects of unit and period, which are swept
 * out by turns, so that a panel with gaps is fitted too. CR1 by unit counts
 * every effect as a coefficient.
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
  const units = codes(rows.map(({ unit }) => unit));
  const periods = codes(rows.map(({ period }) => period));
  const sweep = (values: number[]) => swept(values, units.of, periods.of);
  const treatment = sweep(rows.map((row) => row.treatment));
  const k = units.count + periods.count;
  if (rows.length <= k || dot(treatment, treatment) < 1e-9) {
    throw new Problem(
      "BadRequestData",
      "treatment: unit and period leave nothing of it to compare",
    );
  }
  const outcome = sweep(rows.map((row) => row.outcome));
  const fit = {
    ...leastSquares(treatment.map((value) => [value]), outcome, ["treatment"]),
    k,
  };
  const clusters = rows.map(({ unit }) => unit);
  const [inference] = inferAll(fit, { kind: "cluster", clusters }, level);
  if (inference === undefined) throw new Error("A fit has a coefficient");
  return { inference, fit, sweep, outcome };
}

function codes(
  values: readonly (string | number)[],
): { of: number[]; count: number } {
  const known = new Map<string | number, number>();
  const of = values.map((value) => {
    const code = known.get(value) ?? known.size;
    known.set(value, code);
    return code;
  });
  return { of, count: known.size };
}

function swept(values: number[], ...groupings: number[][]): number[] {
  const rest = [...values];
  const size = Math.sqrt(dot(values, values)) || 1;
  for (let turn = 0; turn < 10_000; turn++) {
    let moved = 0;
    for (const grouping of groupings) moved += sweepOnce(rest, grouping);
    if (Math.sqrt(moved) < 1e-13 * size) return rest;
  }
  throw new Problem("BadRequestData", "unit, period: the panel is too torn");
}

function sweepOnce(rest: number[], grouping: number[]): number {
  const sums: number[] = [];
  const counts: number[] = [];
  grouping.forEach((code, i) => {
    sums[code] = (sums[code] ?? 0) + at(rest, i);
    counts[code] = (counts[code] ?? 0) + 1;
  });
  let moved = 0;
  grouping.forEach((code, i) => {
    const mean = at(sums, code) / at(counts, code);
    rest[i] = at(rest, i) - mean;
    moved += mean * mean;
  });
  return moved;
}
