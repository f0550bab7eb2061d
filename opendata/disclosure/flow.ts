import { propagate } from "./solve/propagate.ts";
import { Contradiction } from "./solve/system.ts";
import { type Cell, isSmall } from "./cell.ts";

/** Which cells of one line are withheld: some by index, or the whole line. */
export type Withheld = ReadonlySet<number> | "all";

const NOTHING: ReadonlySet<number> = new Set();

/**
 * Protects the cells that add up to one published total (all measures of a
 * cell share its fate). Cells come in public order, the first to be withheld
 * as a complement first; some may be withheld `already`. The argument stands in
 * `flow.md`.
 */
export function protectLine(
  cells: readonly Cell[],
  already: ReadonlySet<number> = NOTHING,
): Withheld {
  const hidden = new Set(already);
  cells.forEach((cell, index) => {
    if (isSmall(cell)) hidden.add(index);
  });
  if (hidden.size === 0) return NOTHING;
  for (;;) {
    const withheld = cells.filter((_, index) => hidden.has(index));
    if (isWide(withheld) && keepsFlagged(withheld)) return hidden;
    const complement = cells.findIndex((cell, index) =>
      !hidden.has(index) && cell.values.some((value) => value > 0)
    );
    if (complement === -1) return "all";
    hidden.add(complement);
  }
}

function isWide(withheld: readonly Cell[]): boolean {
  const needed = Math.max(...withheld.map((cell) => cell.threshold));
  const measures = withheld[0]?.values.length ?? 0;
  for (let measure = 0; measure < measures; measure++) {
    const limits = withheld.map((cell) => ({
      low: 1,
      high: measure === 0 ? cell.cap ?? Infinity : Infinity,
    }));
    const widths = intervals(sumOf(withheld, measure), limits)
      .map(({ low, high }) => high - low + 1);
    if (Math.min(...widths) < needed) return false;
  }
  return true;
}

/** Whoever knows which cells are withheld for being small must not tell any of them. */
function keepsFlagged(withheld: readonly Cell[]): boolean {
  const limits = withheld.map((cell) => {
    const cap = cell.cap ?? Infinity;
    const count = cell.values[0] ?? 0;
    if (!isSmall(cell)) return { low: 1, high: cap, flagged: false };
    const isFew = count < cell.threshold;
    return isFew
      ? { low: 1, high: Math.min(cap, cell.threshold - 1), flagged: true }
      : {
        low: Math.max(1, cap - cell.threshold + 1),
        high: cap,
        flagged: true,
      };
  });
  return intervals(sumOf(withheld, 0), limits).every(({ low, high }, at) =>
    !limits[at]?.flagged || high > low || limits[at]?.low === limits[at]?.high
  );
}

function sumOf(cells: readonly Cell[], measure: number): number {
  return cells.reduce((all, cell) => all + (cell.values[measure] ?? 0), 0);
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Exactly what someone who knows the sum and each cell's limits can say of
 * each cell: with one equation the bounds that follow from it are reached by
 * whole numbers. None when the limits contradict the sum.
 */
export function intervals(
  sum: number,
  limits: readonly Interval[],
): Interval[] {
  try {
    const { lower, upper } = propagate({
      lower: limits.map((one) => one.low),
      upper: limits.map((one) => one.high),
      rows: [{
        columns: limits.map((_, at) => at),
        factors: limits.map(() => 1),
        low: Math.floor(sum),
        high: Math.floor(sum),
      }],
    });
    return limits.map((_, at) => ({
      low: lower[at] ?? 0,
      high: upper[at] ?? Infinity,
    }));
  } catch (error) {
    if (!(error instanceof Contradiction)) throw error;
    return limits.map(() => ({ low: 0, high: 0 }));
  }
}
