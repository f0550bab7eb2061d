import { Problem } from "@hiraku/kernel";
import { at } from "./least_squares.ts";
import type { Condition, Flag } from "./spec.ts";

/** A CSV file as text. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The rows a design uses: those that meet `where` and lack nothing it reads. */
export interface Frame {
  readonly n: number;
  /** Rows that lacked a value of a column in use, that of `where` among them. */
  readonly incomplete: number;
  numbers(field: string, column: string): number[];
  /** Whole numbers. */
  counts(field: string, column: string): number[];
  texts(field: string, column: string): string[];
  /** 0 or 1 a row. */
  flags(field: string, flag: Flag): number[];
}

/** Decimal digits; what else JavaScript would take for a number is none here. */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** A month or day, which has no place on a scale of numbers. */
const MONTH = /^\d{4}[-/]\d{1,2}([-/]\d{1,2})?$/;
/** Sizes whose squares, and squares of those, are numbers still. */
const [SMALLEST, LARGEST] = [1e-60, 1e60];
const MISSING = new Set(["", "NA", "NaN", "null"]);

/** Reads CSV (RFC 4180) whose first line names the columns; `,`, `;` or tab. */
export function readTable(text: string): Table {
  const source = text.replace(/^\uFEFF/, "");
  const head = source.slice(0, source.search(/[\r\n]|$/));
  const [delimiter = ","] = [",", ";", "\t"].sort((a, b) =>
    head.split(b).length - head.split(a).length
  );
  const [columns = [], ...rows] = records(source, delimiter);
  if (new Set(columns).size !== columns.length) {
    throw new Problem("BadRequestData", "The file names a column twice");
  }
  rows.forEach((row, i) => {
    if (row.length === columns.length) return;
    throw new Problem(
      "BadRequestData",
      `Record ${
        i + 2
      } of the file has ${row.length} values for ${columns.length} columns`,
    );
  });
  return { columns, rows };
}

function records(source: string, delimiter: string): string[][] {
  const all: string[][] = [];
  let record: string[] = [];
  const value = new RegExp(
    `(?:"((?:[^"]|"")*)"|([^"${delimiter}\\r\\n]*))(${delimiter}|\\r\\n|\\n|\\r|$)`,
    "y",
  );
  while (value.lastIndex < source.length) {
    const start = value.lastIndex;
    const match = value.exec(source);
    if (match === null) {
      throw new Problem(
        "BadRequestData",
        `Record ${all.length + 1} of the file has a stray quotation mark`,
      );
    }
    record.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] === delimiter) {
      // A delimiter at the very end is followed by one more empty value.
      if (value.lastIndex === source.length) record.push("");
      else continue;
    }
    if (record.length > 1 || record[0] !== "") all.push(record);
    record = [];
    if (value.lastIndex === start) break;
  }
  if (record.length > 0) all.push(record);
  return all;
}

/** Takes the rows that `where` asks for and that lack none of `fields`' columns. */
export function frameOf(
  table: Table,
  where: readonly Condition[],
  fields: readonly (readonly [field: string, column: string])[],
): Frame {
  const place = (field: string, column: string): number => {
    const found = table.columns.indexOf(column);
    if (found >= 0) return found;
    throw new Problem(
      "BadRequestData",
      `${field}: the file has no column '${column}'`,
    );
  };
  const conditions = where.map((condition) => ({
    condition,
    column: place("where", condition.column),
  }));
  const told = (row: readonly string[], column: number) =>
    !MISSING.has(at(row, column).trim());
  // A row that lacks what a condition reads may or may not meet it.
  const unknown = table.rows.filter((row) =>
    conditions.some(({ column }) => !told(row, column))
  );
  const met = table.rows.filter((row) =>
    conditions.every(({ condition, column }) =>
      told(row, column) && meets("where", at(row, column).trim(), condition)
    )
  );
  const places = fields.map(([field, column]) => place(field, column));
  const rows = met.filter((row) => places.every((i) => told(row, i)));
  const texts = (field: string, column: string) => {
    const i = place(field, column);
    return rows.map((row) => at(row, i).trim());
  };
  const numbers = (field: string, column: string) => {
    const values = texts(field, column).map((text) =>
      numberIn(field, column, text)
    );
    if (
      field === "outcome" && values.length > 2 &&
      values.every((value) => value === values[0])
    ) {
      throw new Problem("BadRequestData", "outcome: is the same in every row");
    }
    return values;
  };
  const counts = (field: string, column: string) => {
    const values = numbers(field, column);
    if (values.every(Number.isSafeInteger)) return values;
    throw new Problem(
      "BadRequestData",
      `${field}: column '${column}' holds what is not a count`,
    );
  };
  const flags = (field: string, flag: Flag) => {
    if (typeof flag !== "string") {
      const i = place(field, flag.column);
      return rows.map((row) => Number(meets(field, at(row, i).trim(), flag)));
    }
    const values = numbers(field, flag);
    if (values.every((value) => value === 0 || value === 1)) return values;
    throw new Problem(
      "BadRequestData",
      `${field}: column '${flag}' holds other values than 0 and 1`,
    );
  };
  return {
    n: rows.length,
    incomplete: unknown.length + met.length - rows.length,
    numbers,
    counts,
    texts,
    flags,
  };
}

/** The column that a flag reads. */
export function columnOf(flag: Flag): string {
  return typeof flag === "string" ? flag : flag.column;
}

function meets(
  field: string,
  text: string,
  { column, equals, at_least = -Infinity, at_most = Infinity }: Condition,
): boolean {
  const equal = equals === undefined || text === String(equals) ||
    (typeof equals === "number" && Number(text) === equals);
  if (at_least === -Infinity && at_most === Infinity) return equal;
  const value = numberIn(field, column, text);
  return equal && value >= at_least && value <= at_most;
}

function numberIn(field: string, column: string, text: string): number {
  const value = Number(text);
  const size = Math.abs(value);
  if (NUMBER.test(text)) {
    if (value === 0 || (size >= SMALLEST && size <= LARGEST)) return value;
    throw new Problem(
      "BadRequestData",
      `${field}: column '${column}' holds a number too large or too small to reckon with`,
    );
  }
  throw new Problem(
    "BadRequestData",
    `${field}: column '${column}' holds what is not a number${
      MONTH.test(text)
        ? "; count months or years, such as 24304 for April 2025"
        : ""
    }`,
  );
}
