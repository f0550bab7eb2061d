import { Contradiction, type Row, type System } from "../solve/system.ts";
import type { Family } from "./family.ts";

/** What is left to find out once some cells are known. */
export interface Remainder {
  /** The unknown cells, in the order of the system's unknowns. */
  readonly cells: readonly number[];
  readonly system: System;
}

/** Limits of a cell's value for whoever does not know it. */
export interface Limits {
  readonly lower: (cell: number) => number;
  readonly upper: (cell: number) => number;
}

/**
 * The system of the cells that nobody knows. Throws `Contradiction` when the
 * known ones alone violate a row.
 */
export function substitute(
  family: Family,
  known: (cell: number) => number | undefined,
  limits: Limits = limitsOf(family),
): Remainder {
  const cells: number[] = [];
  const column = new Map<number, number>();
  const values = family.cells.map((_, cell) => known(cell));
  values.forEach((value, cell) => {
    if (value !== undefined) return;
    column.set(cell, cells.length);
    cells.push(cell);
  });
  const rows: Row[] = [];
  for (const row of family.rows) {
    const columns: number[] = [];
    const factors: number[] = [];
    let sum = 0;
    row.columns.forEach((cell, at) => {
      const own = column.get(cell);
      const factor = row.factors[at] ?? 0;
      if (own === undefined) sum += factor * (values[cell] ?? 0);
      else {
        columns.push(own);
        factors.push(factor);
      }
    });
    const low = row.low - sum;
    const high = row.high - sum;
    if (columns.length > 0) rows.push({ columns, factors, low, high });
    else if (low > 0 || high < 0) {
      throw new Contradiction("Published figures do not agree with each other");
    }
  }
  return {
    cells,
    system: {
      lower: cells.map(limits.lower),
      upper: cells.map(limits.upper),
      rows,
    },
  };
}

export function limitsOf({ caps }: Family): Limits {
  return { lower: () => 0, upper: (cell) => caps[cell] ?? Infinity };
}
