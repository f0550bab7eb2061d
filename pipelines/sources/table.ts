import { parse } from "csv-parse/sync";
import { decoded, isSpreadsheet, sheetsIn } from "@hiraku/opendata";

export type Cell = string | number | null;

/** A row and where it stands in the file, from 1. */
export interface Row {
  readonly number: number;
  readonly cells: readonly Cell[];
}

/** The rows of a CSV file or of each sheet of a spreadsheet. Throws when the bytes are damaged. */
export async function tablesIn(bytes: Uint8Array): Promise<Row[][]> {
  if (!isSpreadsheet(bytes)) return [csvRows(decoded(bytes).text)];
  return (await sheetsIn(bytes)).map((rows) =>
    rows.map((cells, i) => ({ number: i + 1, cells: cells.map(cell) }))
  );
}

function csvRows(text: string): Row[] {
  const records = parse(text, {
    info: true,
    relaxColumnCount: true,
    relaxQuotes: true,
    skipEmptyLines: true,
  }) as unknown as { record: string[]; info: { lines: number } }[];
  return records.map(({ record, info }) => ({
    number: info.lines,
    cells: record.map((text) => text.trim() === "" ? null : text),
  }));
}

function cell(value: unknown): Cell {
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === "number") return value;
  if (value === null || value === undefined) return null;
  const text = String(value);
  return text.trim() === "" ? null : text;
}
