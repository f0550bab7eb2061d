import { type Cell, isSmall, people } from "./cell.ts";

/**
 * Decides which points of one running total are shown: a point differs from
 * the last shown one by nobody or by at least the threshold. `last` is the
 * last shown value, 0 before the first; some are withheld for another reason.
 * The argument stands in `stock.md`.
 */
export function decideSeries(
  points: readonly { readonly cell: Cell; readonly isWithheld: boolean }[],
  last: number,
): boolean[] {
  let before = last;
  return points.map(({ cell, isWithheld }) => {
    const shown = !isWithheld && moves(cell, before);
    if (shown) before = people(cell);
    return shown;
  });
}

/** Whether a running total may be shown after `before` was shown last. */
export function moves(cell: Cell, before: number): boolean {
  const step = Math.abs(people(cell) - before);
  return !isSmall(cell) && (step === 0 || step >= cell.threshold);
}
