import type { AnyTable, Dataset, Tables } from "../../dataset.ts";
import { lastDay } from "../../last_day.ts";
import type { ReleasedRow } from "../../released_row.ts";

export type ReleasedTables = Readonly<Record<string, readonly ReleasedRow[]>>;

/** A row of a released table, by its place. */
export interface Place {
  readonly table: string;
  readonly row: number;
}

/** Rows of one table that add up to one row of another. */
export interface Line {
  readonly table: string;
  readonly rows: readonly number[];
  readonly whole: Place;
  /** Where the rows add up to what the whole grew by: the row of its table shown before; none at the beginning. */
  readonly since?: number | undefined;
  /** Columns of which one is the sum of the other: of the whole, of the parts. */
  readonly measures: readonly (readonly [whole: string, part: string])[];
  readonly isDeclared: boolean;
  /** Whether zeros are withheld with the rest where all of its rows are. */
  readonly hidesZeros: boolean;
}

/**
 * The lines that a dataset declares: each breakdown adds up to its total, and
 * a finer breakdown of the same total to a coarser one, row by row.
 */
export function declaredLines(
  dataset: Dataset<Tables>,
  released: ReleasedTables,
): Line[] {
  const tables = Object.entries(dataset.tables);
  return tables.flatMap(([id, table]) => {
    const rule = table.disclosure;
    if (rule.kind !== "flow" && rule.kind !== "stock") return [];
    const { total } = rule;
    if (total === undefined) return [];
    const above = dataset.tables[total.table];
    if (above === undefined) return [];
    const coarser = tables.filter(([other, { disclosure, dimensions }]) =>
      other !== id && "total" in disclosure &&
      disclosure.total?.table === total.table &&
      dimensions.length < table.dimensions.length &&
      dimensions.every((name) => table.dimensions.includes(name))
    );
    return [
      ...linesUnder(released, [id, table], [total.table, above], total.at)
        .map((line) => ({ ...line, hidesZeros: true })),
      ...coarser.flatMap((whole) => linesUnder(released, [id, table], whole)),
    ];
  });
}

function linesUnder(
  released: ReleasedTables,
  [id, table]: readonly [string, AnyTable],
  [wholeId, whole]: readonly [string, AnyTable],
  at: Readonly<Record<string, string>> = {},
): Line[] {
  const shared = whole.measures.filter((name) => table.measures.includes(name));
  const measures = shared.map((name) => [name, name] as const);
  const daily = whole.period === "date" && table.period !== "date";
  const keyOf = (period: string, row: ReleasedRow, fixed: typeof at) =>
    [period, ...whole.dimensions.map((name) => fixed[name] ?? row[name])]
      .join("\u001f");
  const wholes = new Map(
    (released[wholeId] ?? []).map((row, index) => [
      keyOf(String(row[whole.period]), row, {}),
      index,
    ]),
  );
  const rows = released[id] ?? [];
  const lines = Map.groupBy(rows.keys(), (index) => {
    const row = rows[index] ?? { status: "withheld" };
    const period = String(row[table.period]);
    return keyOf(daily ? lastDay(period) : period, row, at);
  });
  return [...lines].flatMap(([key, rows]) => {
    const row = wholes.get(key);
    return row === undefined ? [] : [{
      table: id,
      rows,
      whole: { table: wholeId, row },
      measures,
      isDeclared: true,
      hidesZeros: false,
    }];
  });
}
