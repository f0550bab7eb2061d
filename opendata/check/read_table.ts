import { parse } from "csv-parse/sync";
import readXlsx from "read-excel-file/universal";
import { type Finding, finding, letter } from "./finding.ts";
import { readRecords } from "./read_records.ts";
import { marksOf, unpackedSize } from "./spreadsheet.ts";

/** A row and where it stands in the file, from 1. */
export interface Row {
  readonly number: number;
  readonly cells: readonly string[];
}

export interface FileTable {
  readonly format: "csv" | "xlsx";
  readonly encoding: string;
  /** Every row, blank ones too. */
  readonly rows: readonly Row[];
  /** What is wrong with the file as a file. */
  readonly findings: readonly Finding[];
}

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const MAXIMUM_UNPACKED = 256 * 1024 * 1024;
const FILE = { row: 0 };

/** The one table of a CSV or XLSX file. A file that cannot be read has no rows and one finding. */
export async function readTable(bytes: Uint8Array): Promise<FileTable> {
  try {
    return ZIP.every((byte, i) => bytes[i] === byte)
      ? await spreadsheet(bytes)
      : separated(bytes);
  } catch {
    return {
      format: "csv",
      encoding: "unknown",
      rows: [],
      findings: [finding(FILE, "unreadable_file")],
    };
  }
}

async function spreadsheet(bytes: Uint8Array): Promise<FileTable> {
  if (unpackedSize(bytes) > MAXIMUM_UNPACKED) {
    throw new RangeError("The spreadsheet is too large when unpacked");
  }
  const sheets = await readXlsx(new Blob([new Uint8Array(bytes)]));
  const filled = sheets.filter(({ data }) => data.length > 0);
  const findings = [...await marksOf(bytes)];
  if (filled.length > 1) findings.push(finding(FILE, "several_sheets"));
  const rows = (filled[0]?.data ?? []).map((cells, i) => ({
    number: i + 1,
    cells: cells.map(cellText),
  }));
  return { format: "xlsx", encoding: "xlsx", rows, findings };
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (!(value instanceof Date)) return String(value);
  const text = value.toISOString();
  // A spreadsheet keeps a time of day as a part of its day zero.
  return text.startsWith("1899-12-3")
    ? text.slice(11, 16)
    : text.replace("T00:00:00.000Z", "");
}

function separated(bytes: Uint8Array): FileTable {
  const { text, encoding } = decoded(bytes);
  const findings: Finding[] = [];
  if (encoding === "utf-8") findings.push(finding(FILE, "no_bom"));
  if (encoding === "cp932") findings.push(finding(FILE, "not_utf8"));
  if (encoding.startsWith("utf-16")) findings.push(finding(FILE, "utf16"));
  const delimiter = delimiterOf(text);
  if (delimiter !== ",") findings.push(finding(FILE, "delimiter"));
  const wellFormed = readRecords(text, delimiter);
  if (wellFormed?.mixedLineEnds ?? mixedOutside(text)) {
    findings.push(finding(FILE, "mixed_line_ends"));
  }
  const strict = wellFormed?.records ?? recordsOf(text, delimiter, false);
  const records = strict ?? recordsOf(text, delimiter, true) ?? [];
  if (strict === undefined) findings.push(finding(FILE, "broken_quotes"));
  const rows = records.map((cells, i) => ({ number: i + 1, cells }));
  return { format: "csv", encoding, rows, findings };
}

function mixedOutside(text: string): boolean {
  const outside = text.replaceAll(/"[^"]*"/g, "");
  return /\r\n/.test(outside) && /(^|[^\r])\n|\r(?!\n)/.test(outside);
}

function recordsOf(
  text: string,
  delimiter: string,
  relaxed: boolean,
): string[][] | undefined {
  try {
    return parse(text, {
      delimiter,
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      relax_quotes: relaxed,
    });
  } catch (error) {
    if (relaxed) throw error;
    return undefined;
  }
}

function delimiterOf(text: string): string {
  const [head = ""] = text.split(/[\r\n]/, 1);
  const count = (sign: string) => head.split(sign).length;
  return [",", "\t", ";"].reduce((best, sign) =>
    count(sign) > count(best) ? sign : best
  );
}

/** BOM first, then strict UTF-8: CP932 accepts some UTF-8 by mistake. */
function decoded(bytes: Uint8Array): { text: string; encoding: string } {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) {
    return { text: decode(bytes, "utf-8"), encoding: "utf-8-bom" };
  }
  if (a === 0xff && b === 0xfe) {
    return { text: decode(bytes, "utf-16le"), encoding: "utf-16le" };
  }
  if (a === 0xfe && b === 0xff) {
    return { text: decode(bytes, "utf-16be"), encoding: "utf-16be" };
  }
  try {
    return { text: decode(bytes, "utf-8"), encoding: "utf-8" };
  } catch {
    return { text: decode(bytes, "shift_jis"), encoding: "cp932" };
  }
}

function decode(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding, { fatal: true }).decode(bytes);
}

/** Where a cell stands, for a finding. */
export function placeOf(
  row: Row,
  index: number,
  name: string,
): { row: number; column: string; name: string } {
  return { row: row.number, column: letter(index), name };
}

export function isBlank({ cells }: Row): boolean {
  return cells.every((cell) => cell.trim() === "");
}
