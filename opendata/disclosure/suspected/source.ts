import type { AnyTable } from "../../dataset.ts";
import type { ReleasedRow } from "../../released_row.ts";
import type { Reading } from "./reading.ts";

/** A table as far as it is decided. Its rows are changed in place. */
export interface Source {
  /** Of a table of another dataset with the dataset's. */
  readonly id: string;
  readonly table: AnyTable;
  readonly rows: ReleasedRow[];
  /** Whether it is of the dataset that is being released. */
  readonly isOwn: boolean;
  /** Exact rows that are withheld here and stand in another dataset. */
  readonly known: Map<number, readonly number[]>;
  readonly lines: Lines;
  /** What the rows say and what is known of them, as numbers. */
  readonly reading: Reading;
}

/** Rows of a table under one total. */
export interface Lines {
  /** Whether the table shows zeros, by measure. */
  readonly zeros: readonly boolean[];
  /** The number of each row's line. */
  readonly of: Int32Array;
  /** How many rows of each line are shown. */
  readonly shown: Int32Array;
}

/** Some rows of one column of a table. */
export interface Term {
  readonly source: Source;
  /** The place of the measure. */
  readonly at: number;
  readonly rows: readonly number[];
}

/** Rows of which a stranger suspects that they add up to what is known of others. */
export interface Suspicion {
  readonly parts: Term;
  /** Whether more belongs to the parts that is not out yet. */
  readonly isOpen?: boolean;
  /** Added, or subtracted where `isLess`. */
  readonly known: readonly (Term & { readonly isLess?: boolean })[];
  /** Whether more lines bear it out than it would tell, and none contradicts. */
  readonly isStrong: boolean;
}

/** Lines on which a suspicion has to rest, and how many of their sums differ. */
const ENOUGH = 8;
const DIFFERENT = 3;
/** A suspicion borne out so often is believed, also where it errs. */
const STRONG = 12;

/** Whether sums that agree are enough to suspect that all do. */
export function isSuspected(seen: readonly number[]): boolean {
  return seen.length >= ENOUGH && new Set(seen).size >= DIFFERENT;
}

/** Whether so many lines bear out what it says of those that are open. */
export function isBelieved(seen: readonly number[], open: number): boolean {
  return seen.length >= Math.max(STRONG, open);
}

/** How often two columns agree at least, that are suspected. */
export const LEAST_AGREEING = ENOUGH;

/** What counts no person is no secret. */
export function isAboutPeople({ table: { disclosure } }: Source): boolean {
  return disclosure.kind === "flow" || disclosure.kind === "stock";
}

export function isWithheld({ reading }: Source, index: number): boolean {
  return reading.hidden[index] === 1;
}

/** What those of some rows that are shown add up to. */
export function sumOf({ source: { reading }, rows, at }: Term): number {
  const figures = reading.figures[at];
  let sum = 0;
  for (const index of rows) {
    if (reading.hidden[index] === 0) sum += figures?.[index] ?? NaN;
  }
  return sum;
}

export function hiddenOf({ source, rows }: Term): number[] {
  return rows.filter((index) => isWithheld(source, index));
}

/** What is withheld counts so much: zeros are shown, but of lines that are withheld whole. */
export function leastWithheld({ source, rows, at }: Term): number {
  const { reading: { hidden }, lines: { zeros, of, shown } } = source;
  if (!zeros[at]) return 0;
  let least = 0;
  for (const index of rows) {
    if (hidden[index] === 1 && (shown[of[index] ?? -1] ?? 0) > 0) least += 1;
  }
  return least;
}
