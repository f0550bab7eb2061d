import {
  type Cell,
  isOneHousehold,
  isSensitive,
  isSmall,
  nearStep,
  people,
} from "./cell.ts";
import { keepsAmounts } from "./keeps_amounts.ts";
import { intervals } from "./line_intervals.ts";
import { partner } from "./partner.ts";

/** Which cells of one line are withheld: some by index, or the whole line. */
export type Withheld = ReadonlySet<number> | "all";

const NOTHING: ReadonlySet<number> = new Set();

export interface Circumstances {
  /** Cells that are withheld before. */
  readonly already?: ReadonlySet<number>;
  /** Which cells may be withheld besides; all by default. */
  readonly may?: (index: number) => boolean;
  /** Whether a person may stand in several of the cells. */
  readonly isShared?: boolean;
}

/**
 * Protects the cells that add up to one published total (all measures of a
 * cell share its fate). Cells come in public order; complements stand near
 * those they protect, chosen by a secret (a number in [0, 1) each time it is
 * asked). The argument stands in `flow.md`.
 */
export function protectLine(
  cells: readonly Cell[],
  secret: () => number,
  { already = NOTHING, may = () => true, isShared = false }: Circumstances = {},
): Withheld {
  const hidden = new Set(already);
  cells.forEach((cell, index) => {
    if (isSensitive(cell)) hidden.add(index);
  });
  if (hidden.size === 0) return NOTHING;
  for (;;) {
    const withheld = cells.filter((_, index) => hidden.has(index));
    const isSafe = isWide(withheld) && keepsFlagged(withheld) &&
      keepsFromContributors(withheld) && keepsAmounts(withheld, isShared) &&
      !isOneHousehold(withheld);
    if (isSafe) return hidden;
    const candidates = [...cells.keys()].filter((index) =>
      !hidden.has(index) && may(index) &&
      cells[index]?.values.some((value) => value > 0)
    );
    const open = [...hidden];
    const near = open[Math.floor(secret() * open.length)] ?? 0;
    const complement = partner(candidates, near, secret);
    if (complement === undefined) return "all";
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
    const step = isFew ? undefined : nearStep(cell);
    if (step !== undefined) {
      return {
        low: Math.max(1, step - cell.threshold + 1),
        high: Math.min(cap, step + cell.threshold - 1),
        flagged: true,
      };
    }
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

/** Contributors who may put together what they know of their own. */
const CONSPIRATORS = 2;

/** Two people who are all of one or two cells must not tell another small one. */
function keepsFromContributors(withheld: readonly Cell[]): boolean {
  const counts = withheld.map(people);
  const sum = sumOf(withheld, 0);
  const own = [...counts.keys()].filter((at) =>
    (counts[at] ?? 0) > 0 && (counts[at] ?? 0) <= CONSPIRATORS
  );
  const groups = own.flatMap((one) => [
    [one],
    ...own.filter((other) =>
      other > one && (counts[one] ?? 0) + (counts[other] ?? 0) <= CONSPIRATORS
    ).map((other) => [one, other]),
  ]);
  return groups.every((group) => {
    const others = withheld.filter((_, at) => !group.includes(at));
    const rest = group.reduce((all, at) => all - (counts[at] ?? 0), sum);
    const limits = others.map(({ cap = Infinity }) => ({ low: 1, high: cap }));
    return intervals(rest, limits).every(({ low, high }, at) => {
      const other = others[at];
      return other === undefined || high > low || !isSmall(other);
    });
  });
}

function sumOf(cells: readonly Cell[], measure: number): number {
  return cells.reduce((all, cell) => all + (cell.values[measure] ?? 0), 0);
}
