/**
 * What is known of a figure from released cells alone. `withheld` cells make it
 * a range; a range never holds less than what is public and is never a sum that
 * takes them for nought.
 */
export interface Reading {
  /** Cells of the tables it was read from. */
  readonly cells: number;
  readonly withheld: number;
  /** The least it may be; meaningless without cells. */
  readonly low: number;
  /** The most it may be; null when nothing published bounds it. */
  readonly high: number | null;
}

export type ReadingStatus = "published" | "range" | "withheld" | "missing";

export const MISSING: Reading = { cells: 0, withheld: 0, low: 0, high: 0 };

export function exactly(value: number): Reading {
  return { cells: 1, withheld: 0, low: value, high: value };
}

/** What may be shown of a reading: a figure, a range or neither. */
export function statusOf(reading: Reading): ReadingStatus {
  const { cells, withheld, low, high } = reading;
  if (cells === 0) return "missing";
  if (low === high) return "published";
  // One withheld cell alone, nothing but such cells, or no bound at all is no range to show.
  return withheld === cells || (low === 0 && high === null)
    ? "withheld"
    : "range";
}

/** The figure, where there is exactly one. */
export function valueOf(reading: Reading | undefined): number | undefined {
  return reading !== undefined && statusOf(reading) === "published"
    ? reading.low
    : undefined;
}

/** Readings of different cells added up; a range wherever one of them is one. */
export function sumOf(readings: readonly Reading[]): Reading {
  return readings.reduce((sum, one) => ({
    cells: sum.cells + one.cells,
    withheld: sum.withheld + one.withheld,
    low: sum.low + one.low,
    high: sum.high === null || one.high === null ? null : sum.high + one.high,
  }), MISSING);
}

/** The quotient; a range wherever either part is one. */
export function quotient(part: Reading, whole: Reading): Reading {
  if (part.cells === 0 || whole.cells === 0) return MISSING;
  const cells = part.cells + whole.cells;
  const withheld = part.withheld + whole.withheld;
  const over = (a: number, b: number) => b === 0 ? null : a / b;
  const low = whole.high === null ? 0 : over(part.low, whole.high);
  const high = part.high === null ? null : over(part.high, whole.low);
  if (low === null) return MISSING;
  const bare = statusOf(part) === "withheld" || statusOf(whole) === "withheld";
  // Nothing is known of a part that is withheld, so nothing of the quotient.
  return bare
    ? { cells, withheld: cells, low: 0, high: null }
    : { cells, withheld, low, high };
}
