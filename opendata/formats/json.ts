import type { Municipality } from "@hiraku/kernel";
import { columnOf } from "../column.ts";
import type { AnyTable, Dataset } from "../dataset.ts";
import type { ReleasedRow } from "../released_row.ts";
import { withheldMark } from "./mark.ts";

/** A table as JSON, one row a line; a withheld figure is null and `status` says so. */
export function jsonText(
  dataset: Dataset,
  id: string,
  table: AnyTable,
  rows: readonly ReleasedRow[],
  { code }: Municipality,
): string {
  const names = [table.period, ...table.dimensions, ...table.measures];
  const head = JSON.stringify({
    dataset: dataset.id,
    table: id,
    municipality: code,
    columns: names.map((name) => ({ name, ...columnOf(table.row, name) })),
    withheld: withheldMark("data").explained,
  });
  const lines = rows.map((row) => JSON.stringify(row)).join(",\n");
  return `${head.slice(0, -1)},"rows":[\n${lines}\n]}\n`;
}
