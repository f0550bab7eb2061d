import type { Kind, Sheet, SheetColumn } from "../check/sheet.ts";
import type { ColumnType } from "../column.ts";
import type { ColumnEntry } from "../manifest.ts";
import type { ReleasedRow } from "../released_row.ts";
import { englishColumn } from "./english_columns.ts";

const NUMBER = /^-?\d{1,15}(\.\d+)?$/;
const INTEGER = /^-?(0|[1-9]\d{0,14})$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** The type that values of a kind should have, and how to tell that they do. */
const TYPED: Readonly<Partial<Record<Kind, readonly [ColumnType, RegExp]>>> = {
  integer: ["integer", INTEGER],
  number: ["number", NUMBER],
  latitude: ["number", NUMBER],
  longitude: ["number", NUMBER],
  date: ["date", DATE],
};

/** Columns and typed rows of a sheet's lines; a column with one value of another kind is text. */
export function standardRows(
  { columns }: Sheet,
  lines: readonly (readonly string[])[],
): { columns: ColumnEntry[]; rows: ReleasedRow[] } {
  const entries = columns.map((column, at) => entryOf(column, lines, at));
  const rows = lines.map((line) => {
    const row: Record<string, string | number | null> = {};
    entries.forEach(({ name, type }, at) => {
      const text = line[at] ?? "";
      row[name] = text === ""
        ? null
        : type === "integer" || type === "number"
        ? Number(text)
        : text;
    });
    return { ...row, status: "published" as const };
  });
  return { columns: entries, rows };
}

function entryOf(
  { name, kind }: SheetColumn,
  lines: readonly (readonly string[])[],
  at: number,
): ColumnEntry {
  const [type, shape] = TYPED[kind] ?? [];
  const fits = shape !== undefined &&
    lines.every((line) => line[at] === "" || shape.test(line[at] ?? ""));
  return {
    name,
    role: "dimension",
    type: fits && type !== undefined ? type : "string",
    title: { ja: name, en: englishColumn(name) ?? name },
  };
}

const KEYS = ["ID", "NO", "学校ID", "支援制度ID"];
const OTHER_KEYS = [
  ["データセット_ID", "ファイル_ID"],
  ["調査年月日", "地域コード", "地域名"],
];

/** The columns by which a row of a sheet is known again. */
export function keyOf({ columns }: Sheet): string[] {
  const names = columns.map(({ name }) => name);
  const own = KEYS.find((one) => names.includes(one));
  return (own === undefined
    ? OTHER_KEYS.find((keys) => keys.every((one) => names.includes(one)))
    : [own]) ?? names;
}
