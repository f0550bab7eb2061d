import type { Municipality } from "@hiraku/kernel";
import type { ColumnEntry, TableEntry } from "../manifest.ts";
import type { ReleasedRow } from "../released_row.ts";

/** A table of a version as the formats write it. */
export interface Content {
  readonly dataset: string;
  readonly municipality: Municipality;
  /** A sheet of the municipal standard keeps its own columns; a statistic names its place in every row. */
  readonly layout: "statistics" | "standard";
  readonly table: TableEntry;
  readonly rows: readonly ReleasedRow[];
}

/** The fields of a row in the formats for machines. A sheet withholds nothing, and has no status. */
export function fieldsOf(
  { layout, table }: Pick<Content, "layout" | "table">,
): string[] {
  const names = table.columns.map(({ name }) => name);
  return layout === "standard" ? names : [...names, "status"];
}

/** The type of a column; measures of versions that do not say it are numbers. */
export function typeOf({ type, role }: ColumnEntry): NonNullable<
  ColumnEntry["type"]
> {
  return type ?? (role === "measure" ? "number" : "string");
}
