import { parse } from "csv-parse/sync";
import readXlsx from "read-excel-file/universal";
import { decode } from "./text.ts";
import { unpackedSize } from "./zip.ts";

export type Cell = string | number | null;

/** A row and where it stands in the file, from 1. */
export interface Row {
  readonly number: number;
  readonly cells: readonly Cell[];
}

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const MAXIMUM_UNPACKED = 256 * 1024 * 1024;

/** Whether the bytes are those of a spreadsheet (`.xlsx`). */
export function isSpreadsheet(bytes: Uint8Array): boolean {
  return ZIP.every((byte, i) => bytes[i] === byte);
}

/**
 * The rows of a CSV file (UTF-8 with or without BOM, or CP932) or of each
 * sheet of a spreadsheet. Throws when the bytes are damaged.
 */
export async function tablesIn(bytes: Uint8Array): Promise<Row[][]> {
  if (!isSpreadsheet(bytes)) return [csvRows(decode(bytes))];
  if (unpackedSize(bytes) > MAXIMUM_UNPACKED) {
    throw new RangeError("The spreadsheet is too large when unpacked");
  }
  const sheets = await readXlsx(new Blob([new Uint8Array(bytes)]));
  return sheets.map(({ data }) =>
    data.map((cells, i) => ({ number: i + 1, cells: cells.map(cell) }))
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

/** The letter of a column, from 0: A … Z, AA … */
export function letter(column: number): string {
  const rest = Math.floor(column / 26);
  const last = String.fromCharCode(65 + column % 26);
  return rest === 0 ? last : letter(rest - 1) + last;
}
