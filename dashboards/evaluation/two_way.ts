import { Problem } from "@hiraku/kernel";
import { at, dot, leastSquares } from "./least_squares.ts";
import type { Inference } from "./quantiles.ts";
import { inferAll } from "./regression.ts";

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
  const fit = leastSquares(
    treatment.map((value) => [value]),
    sweep(rows.map((row) => row.outcome)),
    ["treatment"],
  );
  const clusters = rows.map(({ unit }) => unit);
  return at(inferAll({ ...fit, k }, { kind: "cluster", clusters }, level), 0);
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
