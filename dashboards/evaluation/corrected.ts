import { at } from "./least_squares.ts";

/** How p-values of many tests are corrected for their number. */
export type Correction = "benjamini-hochberg" | "holm";

/** Corrected p-values in the order given: the false discovery rate, or any false finding at all. */
export function corrected(
  pValues: readonly number[],
  by: Correction,
): number[] {
  const n = pValues.length;
  const order = pValues.map((_, i) => i)
    .sort((a, b) => at(pValues, a) - at(pValues, b));
  const out = new Array<number>(n).fill(1);
  let bound = by === "holm" ? 0 : 1;
  const places = order.map((_, rank) => by === "holm" ? rank : n - 1 - rank);
  for (const rank of places) {
    const place = at(order, rank);
    const p = at(pValues, place);
    bound = by === "holm"
      ? Math.max(bound, Math.min(1, (n - rank) * p))
      : Math.min(bound, n / (rank + 1) * p);
    out[place] = bound;
  }
  return out;
}
