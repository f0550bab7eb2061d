import { type Content, typeOf } from "../formats/content.ts";
import { withheldMark } from "../formats/mark.ts";
import { sheetFields } from "../formats/sheet.ts";
import type { TableEntry } from "../manifest.ts";

const TYPES = {
  month: "yearmonth",
  date: "date",
  instant: "datetime",
  integer: "integer",
  number: "number",
  string: "string",
} as const;

type Descriptor = Record<string, unknown>;

/** The Table Schema (Data Package 2.0) of a CSV file. */
export function tableSchema(
  table: TableEntry,
  layout: Content["layout"],
  language: "ja" | "en",
): Descriptor {
  const fields = sheetFields(table, layout, language);
  const keys = fields.filter(({ column, part }) =>
    part === "value" && column !== undefined && column.role !== "measure"
  ).map(({ header }) => header);
  const mark = withheldMark("statistical-table");
  return {
    $schema: "https://datapackage.org/profiles/2.0/tableschema.json",
    fields: fields.map(({ header, column, part }) => ({
      name: header,
      type: column === undefined || part !== "value"
        ? "string"
        : TYPES[typeOf(column)],
      title: column?.title[language] ?? header,
      ...(column?.unit && { unit: column.unit[language] }),
      ...(part === "value" && column?.names && {
        categories: Object.entries(column.names).map(([value, label]) => ({
          value,
          label: label[language],
        })),
      }),
    })),
    missingValues: layout === "standard"
      ? [{ value: "", label: language === "ja" ? "空欄" : "empty" }]
      : [
        { value: "", label: language === "ja" ? "値なし" : "no value" },
        { value: mark.shown ?? "X", label: mark.explained[language] },
      ],
    ...(layout === "statistics" && keys.length > 0 && { primaryKey: keys }),
  };
}
