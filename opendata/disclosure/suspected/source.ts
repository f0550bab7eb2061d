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
  /** Dimensions of the total that the table breaks down; all but the last where it has none. */
  readonly lineColumns: readonly string[];
  /** What the rows say and what is known of them, as numbers. */
  readonly reading: Reading;
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
export function leastWithheld(term: Term): number {
  const { source, at } = term;
  const hidden = hiddenOf(term);
  if (hidden.length === 0) return 0;
  const { zeros, lineOf } = linesOf(source);
  if (!zeros[at]) return 0;
  const shown = new Map<string, boolean>();
  return hidden.filter((index) => {
    const line = lineOf(index);
    const known = shown.get(line) ?? isShownAnything(source, line);
    shown.set(line, known);
    return known;
  }).length;
}

interface Lines {
  /** Whether the table shows zeros, by measure. */
  readonly zeros: readonly boolean[];
  lineOf(index: number): string;
  readonly rows: ReadonlyMap<string, readonly number[]>;
}

const lines = new WeakMap<Source, Lines>();

function isShownAnything(source: Source, line: string): boolean {
  return (linesOf(source).rows.get(line) ?? [])
    .some((index) => source.rows[index]?.status === "published");
}

/** Rows under one total; of a table without a total, of one month and first codes. */
function linesOf(source: Source): Lines {
  const known = lines.get(source);
  if (known !== undefined) return known;
  const { table, rows, lineColumns } = source;
  const columns = [table.period, ...lineColumns];
  const lineOf = (index: number) =>
    columns.map((name) => rows[index]?.[name]).join("|");
  const made = {
    zeros: table.measures.map((name) => rows.some((row) => row[name] === 0)),
    lineOf,
    rows: Map.groupBy(rows.keys(), lineOf),
  };
  lines.set(source, made);
  return made;
}
