import type { Row, System } from "./system.ts";

/** Whether a part is one sum of its unknowns, each taken once. */
export function isOneSum({ rows: [row, ...others] }: System): boolean {
  return row !== undefined && others.length === 0 &&
    row.factors.every((factor) => factor === 1);
}

/**
 * A whole solution of one sum in which one unknown is as small or as large as
 * it can be. Bounds must be those that `propagate` gives: then they are reached.
 */
export function reached(
  { lower, upper }: System,
  { low, high }: Row,
  column: number,
  value: number,
): Float64Array {
  const values = Float64Array.from(lower);
  values[column] = value;
  let rest = low - values.reduce((sum, one) => sum + one, 0);
  const most = high - low + rest;
  // Anything that brings the sum to at least `low` stays under `high` too.
  for (let at = 0; at < values.length && rest > 0; at++) {
    if (at === column) continue;
    const own = values[at] ?? 0;
    const step = Math.min(rest, (upper[at] ?? own) - own);
    values[at] = own + step;
    rest -= step;
  }
  if (rest > 0 || most < 0) {
    throw new Error("A propagated bound is not reached");
  }
  return values;
}
