import { type Cell, levelOf } from "./cell.ts";
import { intervals } from "./line_intervals.ts";
import { concentrationLevel } from "./rules/concentration.ts";

/**
 * Whether what anybody can compute of withheld amounts, their sum, says too
 * much of one person: the sum must stand the rules like any other, and leave
 * each amount as uncertain as they ask. Where people may stand in several
 * cells, one is supposed to be the largest in all.
 */
export function keepsAmounts(
  withheld: readonly Cell[],
  isShared: boolean,
): boolean {
  const amounts = withheld.flatMap(({ amount }) => amount ?? []);
  const [one] = amounts;
  if (one?.at === undefined || amounts.length < withheld.length) return true;
  const value = amounts.reduce((sum, { value }) => sum + value, 0);
  const nth = (n: number) =>
    amounts.reduce((sum, { largest }) => sum + (largest[n] ?? 0), 0);
  const largest = isShared
    ? [nth(0), nth(1)]
    : amounts.flatMap((amount) => amount.largest).sort((a, b) => b - a);
  if (concentrationLevel({ value, largest }, one.rules) > 0) return false;
  const told = intervals(
    value,
    amounts.map(() => ({ low: 1, high: Infinity })),
  );
  return withheld.every((cell, at) => {
    const { low = 0, high = 0 } = told[at] ?? {};
    return isFarOff(cell, low, high);
  });
}

/** Whether an interval leaves the cell's amount as uncertain as the rules ask. */
export function isFarOff(cell: Cell, low: number, high: number): boolean {
  const level = levelOf(cell);
  const value = cell.amount?.value ?? 0;
  return level === 0 ||
    (high - value >= level && value - low >= Math.min(level, value - 1));
}
