import { figure, type Source } from "../released/source.ts";
import type { ReleasedRow } from "@hiraku/opendata";
import { MISSING, type Reading } from "./reading.ts";

/** Published totals of the rows that a table breaks down, where it breaks one down. */
export interface Totals {
  /** The rows of the total that a row belongs to; a name for the block and its figure. */
  blockOf(row: ReleasedRow): string;
  total(block: string): ReleasedRow | undefined;
  /** Every row of the block in the breakdown. */
  rows(block: string): readonly ReleasedRow[];
}

/**
 * The sum of released cells. What a block's published total leaves after its
 * shown cells is shared by its withheld ones: all of it when every withheld cell
 * of the block is in the selection, at most all of it otherwise. Without a
 * published total nothing bounds the sum from above.
 */
export function sumCells(
  rows: readonly ReleasedRow[],
  column: string,
  totals: Totals | undefined,
): Reading {
  if (rows.length === 0) return MISSING;
  let shown = 0;
  const hidden: ReleasedRow[] = [];
  let cells = 0;
  for (const row of rows) {
    const value = figure(row, column);
    if (value !== undefined) {
      shown += value;
      cells += 1;
    } else if (row.status === "withheld") {
      hidden.push(row);
      cells += 1;
    }
  }
  if (cells === 0) return MISSING;
  let low = shown;
  let high: number | null = shown;
  const blocks = Map.groupBy(hidden, (row) => totals?.blockOf(row) ?? "");
  for (const [block, ofBlock] of blocks) {
    const left = totals && leftOver(totals, block, column);
    if (left === undefined) {
      high = null;
      continue;
    }
    if (high !== null) high += left.value;
    if (ofBlock.length === left.withheld) low += left.value;
  }
  return { cells, withheld: hidden.length, low, high };
}

/** What withheld cells of a block hold together. */
function leftOver(
  totals: Totals,
  block: string,
  column: string,
): { value: number; withheld: number } | undefined {
  const total = figure(totals.total(block), column);
  if (total === undefined) return undefined;
  let value = total;
  let withheld = 0;
  for (const row of totals.rows(block)) {
    const shown = figure(row, column);
    if (shown !== undefined) value -= shown;
    else withheld += 1;
  }
  // A total that does not fit its parts bounds nothing.
  return value < 0 ? undefined : { value, withheld };
}

const known = new WeakMap<Source, Totals | undefined>();

/** The totals of a breakdown, read from the table it adds up to. */
export function totalsOf(
  source: Source,
  whole: Source | undefined,
): Totals | undefined {
  if (!known.has(source)) known.set(source, layOut(source, whole));
  return known.get(source);
}

function layOut(
  source: Source,
  whole: Source | undefined,
): Totals | undefined {
  const total = source.entry.total;
  if (total === undefined || whole === undefined) return undefined;
  const at = total.at ?? {};
  const shared = whole.dimensions.filter((name) => !(name in at));
  if (!shared.every((name) => source.dimensions.includes(name))) {
    return undefined;
  }
  const nameOf = (period: string, row: ReleasedRow) =>
    [period, ...shared.map((name) => row[name])].join("\u0000");
  const wholes = new Map(
    whole.rows.filter((row) =>
      Object.entries(at).every(([name, value]) => row[name] === value)
    ).map((row) => [nameOf(String(row[whole.period]), row), row]),
  );
  const blockOf = (row: ReleasedRow) =>
    nameOf(periodIn(whole, String(row[source.period])), row);
  let blocks: Map<string, ReleasedRow[]> | undefined;
  return {
    blockOf,
    total: (block) => wholes.get(block),
    rows(block) {
      blocks ??= Map.groupBy(source.rows, blockOf);
      return blocks.get(block) ?? [];
    },
  };
}

/** A month as a table by days names it: its last day. */
function periodIn(whole: Source, period: string): string {
  if (whole.period === "month" || period.length > 7) return period;
  return lastDay(period);
}

/** The last day of a month such as `2026-02`. */
export function lastDay(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}
