import type { Language, Municipality } from "@hiraku/kernel";
import { isCoded, nameOf } from "../code_name.ts";
import type { ColumnEntry, TableEntry } from "../manifest.ts";
import type { Content } from "./content.ts";
import { withheldMark } from "./mark.ts";

/** A table as people read it: one header line, codes beside names, units in the header. */
export interface Sheet {
  readonly header: readonly string[];
  /** The lines one at a time, so that a large table is never held twice. */
  lines(): Iterable<string[]>;
}

/** One column of a sheet and what it says of the column it is made from. */
export interface SheetField {
  readonly header: string;
  /** Absent for the place, which every row of a statistic names. */
  readonly column?: ColumnEntry;
  readonly part: "value" | "name" | "place-code" | "place-name";
}

const WORDS = {
  ja: { code: "全国地方公共団体コード", name: "地方公共団体名" },
  en: { code: "Municipality code", name: "Municipality" },
};

/** The columns of a sheet, in their order. */
export function sheetFields(
  { columns }: Pick<TableEntry, "columns">,
  layout: Content["layout"],
  language: Language,
): SheetField[] {
  if (layout === "standard") {
    return columns.map((column) => ({
      header: column.name,
      column,
      part: "value",
    }));
  }
  const place: SheetField[] = [
    { header: WORDS[language].code, part: "place-code" },
    { header: WORDS[language].name, part: "place-name" },
  ];
  return [
    ...place,
    ...columns.flatMap((column): SheetField[] => {
      const title = titleOf(column, language);
      if (column.role === "measure" || !isCoded(column)) {
        return [{ header: title, column, part: "value" }];
      }
      const [code, name] = language === "ja"
        ? [`${title}コード`, `${title}名`]
        : [`${title} code`, `${title} name`];
      return [
        { header: code, column, part: "value" },
        { header: name, column, part: "name" },
      ];
    }),
  ];
}

function titleOf(
  { title, unit, role }: ColumnEntry,
  language: Language,
): string {
  if (role !== "measure" || unit === undefined) return title[language];
  return language === "ja"
    ? `${title.ja}（${unit.ja}）`
    : `${title.en} (${unit.en})`;
}

/** Lays a table out: a standard sheet by its definition, a statistic by the rules for statistical tables (MIC, e-Stat). */
export function sheet(
  { table, rows, municipality, layout }: Content,
  language: Language,
): Sheet {
  const fields = sheetFields(table, layout, language);
  const mark = markOf(layout);
  const readers = fields.map((field) =>
    reader(field, municipality, language, mark)
  );
  return {
    header: fields.map(({ header }) => header),
    *lines() {
      for (const row of rows) {
        const withheld = row.status === "withheld";
        yield readers.map((read) => read(row, withheld));
      }
    },
  };
}

/** What stands where a value is not shown; a standard sheet leaves the cell empty. */
export function markOf(layout: Content["layout"]): string {
  return layout === "standard"
    ? ""
    : withheldMark("statistical-table").shown ?? "";
}

type Reader = (
  row: Content["rows"][number],
  withheld: boolean,
) => string;

function reader(
  { column, part }: SheetField,
  municipality: Municipality,
  language: Language,
  mark: string,
): Reader {
  if (column === undefined) {
    const text = part === "place-code"
      ? municipality.code
      : municipality.name[language];
    return () => text;
  }
  const { name } = column;
  if (column.role === "measure") {
    return (row, withheld) => {
      const value = row[name];
      return withheld || value === null || value === undefined
        ? withheld ? mark : ""
        : String(value);
    };
  }
  const text = (row: Content["rows"][number]) => {
    const value = row[name];
    return value === null || value === undefined ? mark : String(value);
  };
  if (part === "value") return text;
  const names = new Map<string, string>();
  return (row) => {
    const code = text(row);
    let known = names.get(code);
    if (known === undefined) {
      known = nameOf(column, code, municipality)[language];
      names.set(code, known);
    }
    return known;
  };
}
