import { parse } from "csv-parse/sync";
import { refuse } from "./spec.ts";

export type CsvRow = Readonly<Record<string, string>>;

/** The rows of a CSV by column name. A column that is asked for must be there. */
export function readCsv(
  text: string,
  { delimiter, columns, field }: {
    delimiter: string;
    columns: readonly string[];
    field: string;
  },
): CsvRow[] {
  let rows: string[][];
  try {
    rows = parse(text, {
      bom: true,
      delimiter,
      skip_empty_lines: true,
      relax_column_count: false,
    });
  } catch {
    refuse(field, "it is not a CSV with as many fields in every line");
  }
  const [header = [], ...lines] = rows;
  for (const column of columns) {
    if (!header.includes(column)) refuse(field, `no column '${column}'`);
    if (header.indexOf(column) < header.lastIndexOf(column)) {
      refuse(field, `two columns '${column}'`);
    }
  }
  return lines.map((line) =>
    Object.fromEntries(header.map((name, at) => [name, line[at] ?? ""]))
  );
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A whole number of the smallest unit; `line` is counted from the first row of figures. */
export function wholeOf(
  row: CsvRow,
  column: string,
  decimals: number,
  line: number,
): number {
  const text = (row[column] ?? "").trim();
  const scaled = Number(text) * 10 ** decimals;
  const whole = Math.round(scaled);
  if (
    !DECIMAL.test(text) || !Number.isSafeInteger(whole) ||
    Math.abs(scaled - whole) > 1e-6 * Math.max(1, Math.abs(scaled) * 1e-6)
  ) {
    refuse(
      "data",
      `row ${line}: '${column}' is no number with at most ${decimals} decimals`,
    );
  }
  return whole;
}
