import { type Cell, isSmall } from "./cell.ts";

/** Which cells of one line are withheld: some by index, or the whole line. */
export type Withheld = ReadonlySet<number> | "all";

const NOTHING: ReadonlySet<number> = new Set();

/**
 * Protects the cells that add up to one published total (all measures of a
 * cell share its fate). Cells come in public order, the first to be withheld
 * as a complement first. The argument stands in `flow.md`.
 */
export function protectLine(cells: readonly Cell[]): Withheld {
  const hidden = new Set<number>();
  cells.forEach((cell, index) => {
    if (isSmall(cell)) hidden.add(index);
  });
  if (hidden.size === 0) return NOTHING;
  for (;;) {
    if (isProtected(cells, hidden)) return hidden;
    const complement = cells.findIndex((cell, index) =>
      !hidden.has(index) && cell.values.some((value) => value > 0)
    );
    if (complement === -1) return "all";
    hidden.add(complement);
  }
}

function isProtected(
  cells: readonly Cell[],
  hidden: ReadonlySet<number>,
): boolean {
  const withheld = cells.filter((_, index) => hidden.has(index));
  const needed = Math.max(...withheld.map((cell) => cell.threshold));
  const measures = withheld[0]?.values.length ?? 0;
  for (let measure = 0; measure < measures; measure++) {
    const sum = withheld.reduce(
      (all, cell) => all + (cell.values[measure] ?? 0),
      0,
    );
    const limits = withheld.map((cell) => ({
      low: 1,
      high: measure === 0 ? cell.cap ?? Infinity : Infinity,
    }));
    const widths = intervals(sum, limits).map(({ low, high }) =>
      high - low + 1
    );
    if (Math.min(...widths) < needed) return false;
  }
  return true;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Exactly what someone who knows the sum and each cell's limits can say of
 * each cell: with one equation these bounds are reached by whole numbers.
 */
export function intervals(
  sum: number,
  limits: readonly Interval[],
): Interval[] {
  const lows = limits.reduce((all, one) => all + one.low, 0);
  return limits.map((one, index) => {
    const others = limits.reduce(
      (all, o, i) => i === index ? all : all + o.high,
      0,
    );
    return {
      low: Math.max(one.low, sum - others),
      high: Math.min(one.high, sum - (lows - one.low)),
    };
  });
}
