import type { AnyTable } from "../dataset.ts";
import type { ReleasedRow } from "../released_row.ts";
import { intervalsOf } from "./solve/intervals.ts";
import { propagate } from "./solve/propagate.ts";
import type { Row } from "./solve/system.ts";

/** The rows of one table that add up to one total, and what bounds them. */
export interface Line {
  readonly table: AnyTable;
  readonly rows: readonly ReleasedRow[];
  /** Least value of a withheld row: 1 where zeros are always shown. */
  readonly least: number;
  /** Inhabitants behind a row. */
  readonly cap: (row: ReleasedRow) => number;
}

// A line is one equation and needs no solver; lines that share a column do.
const SECONDS = 60;

/**
 * How many values each withheld row may take, given everything that the lines
 * of one total publish together: each adds up to the total, and a table that
 * breaks another down adds up to that one row by row.
 */
export function widthsOf(
  lines: readonly Line[],
  total: ReleasedRow,
  measure: string,
  isPeople: boolean,
): Map<ReleasedRow, number> {
  const unknown: ReleasedRow[] = [];
  const column = new Map<ReleasedRow, number>();
  const lower: number[] = [];
  const upper: number[] = [];
  for (const { rows, least, cap } of lines) {
    for (const row of rows) {
      if (row.status !== "withheld") continue;
      column.set(row, unknown.length);
      unknown.push(row);
      lower.push(least);
      upper.push(isPeople ? cap(row) : Infinity);
    }
  }
  // Amounts may be fractions; then one value less is counted.
  let isWhole = true;
  const equal = (
    parts: readonly ReleasedRow[],
    whole: ReleasedRow,
  ): Row => {
    const columns: number[] = [];
    const factors: number[] = [];
    let rest = 0;
    const add = (row: ReleasedRow, factor: number) => {
      const own = column.get(row);
      if (own === undefined) rest -= factor * Number(row[measure] ?? 0);
      else {
        columns.push(own);
        factors.push(factor);
      }
    };
    parts.forEach((row) => add(row, 1));
    add(whole, -1);
    isWhole &&= Number.isInteger(rest);
    return { columns, factors, low: Math.floor(rest), high: Math.ceil(rest) };
  };
  const sums = lines.map(({ rows }) => equal(rows, total));
  const links = lines.flatMap((coarse) =>
    lines.filter((fine) => breaksDown(fine.table, coarse.table))
      .flatMap((fine) =>
        coarse.rows.map((whole) =>
          equal(
            fine.rows.filter((row) =>
              coarse.table.dimensions.every((name) => row[name] === whole[name])
            ),
            whole,
          )
        )
      )
  );
  const system = {
    lower,
    upper,
    rows: [...sums, ...links].filter((row) => row.columns.length > 0),
  };
  const widths = new Map<ReleasedRow, number>();
  const tell = (at: number, low: number, high: number) => {
    const row = unknown[at];
    if (row !== undefined) widths.set(row, high - low + (isWhole ? 1 : 0));
  };
  if (links.length === 0) {
    // One equation each: the bounds that follow from it are all reached.
    const bounded = propagate(system);
    bounded.lower.forEach((low, at) => tell(at, low, bounded.upper[at] ?? low));
    return widths;
  }
  const asking = { stopwatch: () => 0, limit: SECONDS, random: () => 0.5 };
  for (const { columns, intervals } of intervalsOf(system, asking)) {
    columns.forEach((at, index) => {
      const { low = 0, high = 0, exact = false } = intervals[index] ?? {};
      if (exact) tell(at, low, high);
      else tell(at, 0, 0);
    });
  }
  return widths;
}

function breaksDown(fine: AnyTable, coarse: AnyTable): boolean {
  return fine.dimensions.length > coarse.dimensions.length &&
    coarse.dimensions.every((name) => fine.dimensions.includes(name));
}
