import { sql } from "@hiraku/kernel/store";

const all = sql`list_reverse_sort(flatten(
  list(largest) filter (largest is not null)))`;

/** The two largest contributions of single people to the amounts of some rows. */
export const LARGEST = sql`${all}[1] as first, ${all}[2] as second`;

/** A row as the release gate wants it, which judges by the two and hands them to nobody. */
export function withLargest(
  { first, second, ...row }: Record<string, unknown>,
): Record<string, unknown> {
  if (first === undefined) return row;
  return { ...row, largest: [Number(first ?? 0), Number(second ?? 0)] };
}
