import { sql } from "@hiraku/kernel/store";

const contributions = sql`list_reverse_sort(flatten(
  list(largest) filter (largest is not null)))`;
const tokens = sql`list_sort(list_distinct(flatten(
  list(households) filter (households is not null))))`;

/** Added to the version of every asset that keeps what the gate judges by; raised when that changes. */
export const BESIDE_VERSION = 1;

/** The two largest contributions of single people to the amounts of some rows. */
export const LARGEST = sql`
  ${contributions}[1] as first, ${contributions}[2] as second`;

/** Two households of the people of some rows, or the only one. */
export const HOUSEHOLDS = sql`
  ${tokens}[1]::varchar as household, ${tokens}[2]::varchar as another`;

/** A row with what the release gate judges it by, and hands to nobody. */
export function withBeside(
  { first, second, household, another, ...row }: Record<string, unknown>,
): Record<string, unknown> {
  return {
    ...row,
    ...(first !== undefined &&
      { largest: [Number(first ?? 0), Number(second ?? 0)] }),
    ...(household !== undefined &&
      { households: [household, another].filter((one) => one !== null) }),
  };
}
