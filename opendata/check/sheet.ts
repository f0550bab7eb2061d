import type { Text } from "@hiraku/kernel";
import { SHARED } from "./shared_columns.ts";

const KINDS = [
  "text",
  "id",
  "code",
  "town",
  "kana",
  "latitude",
  "longitude",
  "email",
  "flag",
  "phone",
  "digits",
  "url",
  "postal",
  "corporate",
  "weekdays",
  "time",
  "date",
  "poi",
  "integer",
  "number",
] as const;

/** What the cells of a column hold; `list` is one word of a code list. */
export type Kind = typeof KINDS[number] | "list";

/**
 * The official mark of a column. `formerly`: required in the edition of
 * 2017-2020 and not confirmed for this one; `unknown`: not confirmed at all.
 */
export type Mark =
  | "required"
  | "recommended"
  | "optional"
  | "formerly"
  | "unknown";

export interface SheetColumn {
  readonly name: string;
  readonly kind: Kind;
  /** The words a `list` column may hold. */
  readonly words: readonly string[];
  readonly mark: Mark;
  /** Whether a cell may speak of a person, so that findings never show it. */
  readonly personal: boolean;
}

/** One standard sheet: its current columns in order and those of older editions. */
export interface Sheet {
  /** The official number, such as `03`. */
  readonly id: string;
  readonly slug: string;
  readonly title: Text;
  readonly edition: string;
  /** Public places the columns were taken from. */
  readonly sources: readonly string[];
  /** Whether names and order are confirmed; else they are inferred from siblings. */
  readonly confirmed: boolean;
  readonly columns: readonly SheetColumn[];
  readonly formerly: Readonly<Record<string, readonly SheetColumn[]>>;
}

interface Written extends Omit<Sheet, "columns" | "formerly"> {
  /** A line a column: `name : kind : mark`; a kind with `|` is a code list, a line with `@` a shared block. */
  readonly columns: string;
  readonly formerly?: Readonly<Record<string, string>>;
}

const MARKS: readonly Mark[] = [
  "required",
  "recommended",
  "optional",
  "formerly",
];

const PERSONAL =
  /氏名|法人名|所有者|代表者|開設者|管理者|営業者|作成者|担当者|生年月日/;

/** A sheet from its compact notation. Throws where the notation is wrong. */
export function sheet(written: Written): Sheet {
  const { formerly = {} } = written;
  const read = (text: string) => columnsOf(text, written.id);
  return {
    ...written,
    columns: read(written.columns),
    formerly: Object.fromEntries(
      Object.entries(formerly).map(([name, text]) => [name, read(text)]),
    ),
  };
}

// Sheet 15 lists sole traders: their name, address and telephone are a person's.
const OF_PERSONS = new Set(["15"]);
const REACHES = /氏名|名称|法人|電話|FAX|住所|所在地|方書|メール|郵便/;

function columnsOf(text: string, id: string): SheetColumn[] {
  const lines = text.trim().split("\n").flatMap((line) =>
    SHARED[line]?.trim().split("\n") ?? [line]
  );
  return lines.map((line) => {
    const [name = "", written = "", mark = "unknown"] = line.split(" : ");
    const words = written.includes("|") ? written.split("|") : [];
    const kind = words.length > 0
      ? "list"
      : KINDS.find((one) => one === written);
    const known = MARKS.find((one) => one === mark) ?? "unknown";
    if (name === "" || kind === undefined) {
      throw new Error(`Sheet ${id}: '${line}' is no column`);
    }
    const personal = PERSONAL.test(name) ||
      (OF_PERSONS.has(id) && REACHES.test(name));
    return { name, kind, words, mark: known, personal };
  });
}
