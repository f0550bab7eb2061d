import { type CheckedSheet, checkSheet } from "./check_sheet.ts";
import { checkStatistics } from "./check_statistics.ts";
import { type Correction, correctSheet, correctStatistics } from "./correct.ts";
import { type Finding, finding } from "./finding.ts";
import { readTable } from "./read_table.ts";
import { recognise } from "./recognise.ts";
import type { Sheet } from "./sheet.ts";
import { SHEETS } from "./sheets/all.ts";

export interface CheckOptions {
  /** Helps to recognise the sheet, and is itself checked. */
  readonly fileName: string;
  /** The sheet the file should follow; else it is recognised. */
  readonly sheet?: Sheet;
  /** The municipality whose file it is. */
  readonly municipality?: string;
}

/** What was found in one file. */
export interface FileReport {
  readonly sheet?: Pick<Sheet, "id" | "slug" | "title" | "edition">;
  /** `current` or the name of an older edition. */
  readonly edition?: string;
  readonly encoding: string;
  /** Rows of data. */
  readonly rows: number;
  /** By row, then as found. */
  readonly findings: readonly Finding[];
  /** The corrected file; `undefined` when the file could not be read. */
  readonly correct?: () => Correction;
}

/** The sheet of an official number, such as `03`. */
export function sheetNumbered(id: string): Sheet | undefined {
  return SHEETS.find((one) => one.id === id.padStart(2, "0"));
}

/**
 * Checks a municipal CSV or XLSX file against the standard sheet it follows,
 * or against the rules for statistical tables where it follows none.
 */
export async function checkFile(
  bytes: Uint8Array,
  { fileName, sheet, municipality }: CheckOptions,
): Promise<FileReport> {
  const table = await readTable(bytes);
  const { encoding, rows } = table;
  if (rows.length === 0) {
    const findings = table.findings.some(({ severity }) => severity === "error")
      ? table.findings
      : [finding({ row: 0 }, "empty_file")];
    return { encoding, rows: 0, findings };
  }
  const recognised = recognise(rows, fileName, sheet);
  if (recognised === undefined) {
    const checked = checkStatistics(table);
    return {
      encoding,
      rows: rows.length - checked.headerAt - 1,
      findings: sorted([
        ...table.findings,
        finding(
          { row: 0 },
          "unknown_sheet",
          sheet === undefined ? {} : { severity: "error", detail: sheet.id },
        ),
        ...quoting(bytes, table.format),
        ...checked.findings,
      ]),
      correct: () => correctStatistics(table, checked),
    };
  }
  const checked = checkSheet(rows, recognised, municipality);
  const { id, slug, title, edition } = recognised.sheet;
  const findings = sorted([
    ...table.findings,
    ...nameOf(fileName, slug, checked),
    ...checked.findings,
  ]);
  return {
    sheet: { id, slug, title, edition },
    edition: recognised.edition,
    encoding,
    rows: checked.rows.length,
    findings,
    correct: () => correctSheet(checked, findings, recognised.sheet),
  };
}

function sorted(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => a.row - b.row);
}

function nameOf(
  fileName: string,
  slug: string,
  { rows }: CheckedSheet,
): Finding[] {
  if (rows.length === 0) return [finding({ row: 0 }, "empty_file")];
  return new RegExp(`^\\d{6}_${slug}(_all|_new)?\\.(csv|xlsx)$`).test(fileName)
    ? []
    : [finding({ row: 0 }, "file_name", { detail: slug })];
}

/** Rule 4-12; told once, at the first field. */
function quoting(bytes: Uint8Array, format: "csv" | "xlsx"): Finding[] {
  const at = bytes[0] === 0xef ? 3 : 0;
  return format === "xlsx" || bytes[at] === 0x22
    ? []
    : [finding({ row: 1 }, "unquoted")];
}
