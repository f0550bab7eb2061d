/** One published row; a withheld one holds no figure. */
export type Row = Readonly<Record<string, string | number | null>>;

/** A table as its files and the manifest tell it. */
export interface Table {
  readonly id: string;
  readonly rule: string;
  readonly thresholds: readonly number[];
  readonly people: string | undefined;
  readonly total:
    | {
      readonly table: string;
      readonly at?: Readonly<Record<string, string>> | undefined;
    }
    | undefined;
  readonly period: string;
  readonly dimensions: readonly string[];
  readonly measures: readonly string[];
  readonly rows: readonly Row[];
}
export type Tables = ReadonlyMap<string, Table>;

/** A table that another breaks down, and which rows add up to which of its rows. */
export interface Whole {
  readonly above: Table;
  /** Whether it is the declared total, not a coarser breakdown of the same. */
  readonly isTotal: boolean;
  /** Rows count from 1. */
  readonly lines: readonly {
    readonly row: number;
    readonly rows: readonly number[];
  }[];
}

/** What the rows of a table add up to: its total, and coarser tables of that total. */
export function wholeOf(table: Table, tables: Tables): Whole[] {
  const { total } = table;
  const above = tables.get(total?.table ?? "");
  if (total === undefined || above === undefined) return [];
  const coarser = [...tables.values()].filter((one) =>
    one.id !== table.id && one.total?.table === total.table &&
    one.dimensions.length < table.dimensions.length &&
    one.dimensions.every((name) => table.dimensions.includes(name))
  );
  return [
    { above, isTotal: true, lines: linesUnder(table, above, total.at ?? {}) },
    ...coarser.map((above) => ({
      above,
      isTotal: false,
      lines: linesUnder(table, above, {}),
    })),
  ];
}

function linesUnder(
  table: Table,
  above: Table,
  at: Readonly<Record<string, string>>,
): Whole["lines"] {
  const isDaily = above.period === "date" && table.period === "month";
  const periodOf = (row: Row) => {
    const period = String(row[table.period]);
    if (!isDaily) return period;
    const [year, month] = period.split("-").map(Number);
    return new Date(Date.UTC(year ?? 0, month ?? 0, 0)).toISOString()
      .slice(0, 10);
  };
  const rest = (row: Row, fixed: typeof at) =>
    above.dimensions.map((name) => fixed[name] ?? row[name]).join("|");
  const wholes = new Map(
    above.rows.map((row, index) => [
      `${row[above.period]}|${rest(row, {})}`,
      index + 1,
    ]),
  );
  const lines = Map.groupBy(
    table.rows.keys(),
    (index) => {
      const row = table.rows[index] ?? {};
      return `${periodOf(row)}|${rest(row, at)}`;
    },
  );
  return [...lines].flatMap(([key, indices]) => {
    const row = wholes.get(key);
    return row === undefined
      ? []
      : [{ row, rows: [...indices].map((index) => index + 1) }];
  });
}
