/** `low <= sum of factor × unknown <= high`, over whole-number unknowns. */
export interface Row {
  readonly columns: readonly number[];
  readonly factors: readonly number[];
  readonly low: number;
  readonly high: number;
}

/** Unknown whole numbers with their bounds, and what is known of their sums. */
export interface System {
  readonly lower: readonly number[];
  /** `Infinity` where nothing bounds an unknown from above. */
  readonly upper: readonly number[];
  readonly rows: readonly Row[];
}

/** The parts of a system that share no row say nothing of each other. */
export interface Part {
  /** Unknowns of the whole system, in the order of the part's own. */
  readonly columns: readonly number[];
  readonly system: System;
}

export class Contradiction extends Error {
  override readonly name = "Contradiction";
}

export function partsOf({ lower, upper, rows }: System): Part[] {
  const above = lower.map((_, at) => at);
  const root = (at: number): number => {
    let one = at;
    while (above[one] !== one) {
      above[one] = above[above[one] ?? 0] ?? 0;
      one = above[one] ?? 0;
    }
    return one;
  };
  for (const { columns } of rows) {
    for (const column of columns) {
      above[root(column)] = root(columns[0] ?? column);
    }
  }
  const members = Map.groupBy(lower.keys(), root);
  const rowsOf = Map.groupBy(
    rows.filter((row) => row.columns.length > 0),
    (row) => root(row.columns[0] ?? 0),
  );
  return [...members].map(([key, columns]) => {
    const own = new Map(columns.map((column, at) => [column, at]));
    return {
      columns,
      system: {
        lower: columns.map((at) => lower[at] ?? 0),
        upper: columns.map((at) => upper[at] ?? Infinity),
        rows: (rowsOf.get(key) ?? []).map((row) => ({
          ...row,
          columns: row.columns.map((column) => own.get(column) ?? 0),
        })),
      },
    };
  });
}

/** Whether whole numbers satisfy every bound and every row, by addition alone. */
export function holds(
  { lower, upper, rows }: System,
  values: ArrayLike<number>,
): boolean {
  for (let at = 0; at < lower.length; at++) {
    const value = values[at] ?? NaN;
    if (!Number.isSafeInteger(value)) return false;
    if (value < (lower[at] ?? 0) || value > (upper[at] ?? 0)) return false;
  }
  return rows.every((row) => {
    const sum = total(row, values);
    return sum >= row.low && sum <= row.high;
  });
}

export function total(row: Row, values: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < row.columns.length; at++) {
    sum += (row.factors[at] ?? 0) * (values[row.columns[at] ?? 0] ?? 0);
  }
  return sum;
}
