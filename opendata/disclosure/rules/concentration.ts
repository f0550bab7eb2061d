/** What is summed of people, and who of them holds most of it. */
export interface Held {
  readonly value: number;
  /** Contributions of single people, largest first. */
  readonly largest: readonly number[];
}

/** When a sum says too much of one of those it is made of. */
export interface Concentration {
  /** The n largest may hold k % together. */
  readonly dominance: readonly { readonly n: number; readonly k: number }[];
  /** The second largest may come no nearer to the first than p % of that. */
  readonly p?: number | undefined;
}

/**
 * By how much a sum must be uncertain because the n largest hold more than k %
 * (Handbook on SDC, protection levels); 0 when none of the rules meets it.
 */
export function dominanceLevel(
  { value, largest }: Held,
  { dominance }: Concentration,
): number {
  if (value <= 0) return 0;
  return Math.max(
    0,
    ...dominance.map(({ n, k }) => 100 / k * top(largest, n) - value),
  );
}

/** By how much, since the second largest could tell the first within p %. */
export function nearnessLevel(
  { value, largest }: Held,
  { p }: Concentration,
): number {
  if (value <= 0 || p === undefined) return 0;
  return Math.max(0, p / 100 * top(largest, 1) - (value - top(largest, 2)));
}

export function concentrationLevel(held: Held, rules: Concentration): number {
  return Math.max(dominanceLevel(held, rules), nearnessLevel(held, rules));
}

function top(largest: readonly number[], n: number): number {
  return largest.slice(0, n).reduce((sum, one) => sum + one, 0);
}
