import { parse } from "csv-parse/sync";
import { decoded, isSpreadsheet, letter, sheetsIn } from "./file_bytes.ts";
import { type Finding, finding } from "./finding.ts";
import { readRecords } from "./read_records.ts";
import { marksOf } from "./spreadsheet.ts";

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

const FILE = { row: 0 };

/** The one table of a CSV or XLSX file. A file that cannot be read has no rows and one finding. */
export async function readTable(bytes: Uint8Array): Promise<FileTable> {
  try {
    return isSpreadsheet(bytes) ? await spreadsheet(bytes) : separated(bytes);
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
  const filled = (await sheetsIn(bytes)).filter((rows) => rows.length > 0);
  const findings = [...await marksOf(bytes)];
  if (filled.length > 1) findings.push(finding(FILE, "several_sheets"));
  const rows = (filled[0] ?? []).map((cells, i) => ({
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
