import type {
  PublishedVersion,
  ReleasedRow,
  TableEntry,
} from "@hiraku/opendata";

/** Released rows of one table and the version they come from. */
export interface Source {
  readonly version: PublishedVersion;
  /** The id of the table. */
  readonly table: string;
  readonly entry: TableEntry;
  readonly rows: readonly ReleasedRow[];
  /** The column that says which time a row speaks of. */
  readonly period: string;
  readonly dimensions: readonly string[];
  /** Rows by period, in order of time. */
  readonly byPeriod: ReadonlyMap<string, readonly ReleasedRow[]>;
}

/** The rows of a table, laid out by period. */
export function indexed(
  version: PublishedVersion,
  entry: TableEntry,
  rows: readonly ReleasedRow[],
): Source {
  const period = entry.columns.find(({ role }) => role === "period")?.name ??
    "";
  const groups = Map.groupBy(rows, (row) => String(row[period]));
  return {
    version,
    table: entry.id,
    entry,
    rows,
    period,
    dimensions: entry.columns.filter(({ role }) => role === "dimension")
      .map(({ name }) => name),
    byPeriod: new Map([...groups].sort(([a], [b]) => a < b ? -1 : 1)),
  };
}

/** A released figure; `undefined` when it is withheld or missing. */
export function figure(
  row: ReleasedRow | undefined,
  column: string,
): number | undefined {
  const value = row?.[column];
  return typeof value === "number" ? value : undefined;
}

export function withheldCount(rows: readonly ReleasedRow[]): number {
  return rows.filter((row) => row.status === "withheld").length;
}
