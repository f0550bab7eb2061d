import { licenceAddress } from "../catalogue/addresses.ts";
import { typeOf } from "../formats/content.ts";
import { columnIri } from "../formats/json_ld.ts";
import { withheldMark } from "../formats/mark.ts";
import { sheetFields } from "../formats/sheet.ts";
import type { Manifest } from "../manifest.ts";
import { type CsvFile, layoutOf } from "./layout_of.ts";

const TYPES = {
  month: "gYearMonth",
  date: "date",
  instant: "dateTime",
  integer: "integer",
  number: "number",
  string: "string",
} as const;

/** Metadata of a CSV file for the Web (W3C CSVW), as `{file}-metadata.json`. */
export function csvwMetadata(
  manifest: Manifest,
  { file, table, language }: CsvFile,
): Record<string, unknown> {
  const layout = layoutOf(manifest);
  const fields = sheetFields(table, layout, language);
  const mark = withheldMark("statistical-table").shown ?? "X";
  const columns = fields.map(({ header, column, part }, at) => ({
    name: column === undefined
      ? ["place_code", "place_name"][at]
      : part === "name"
      ? `${csvwName(column.name, at)}_name`
      : csvwName(column.name, at),
    titles: header,
    ...(column && part === "value" && {
      propertyUrl: columnIri(manifest.dataset, column.name),
    }),
    datatype: column === undefined || part !== "value"
      ? "string"
      : TYPES[typeOf(column)],
    null: layout === "standard" ? [""] : ["", mark],
  }));
  const keys = columns.filter((_, at) => {
    const { column, part } = fields[at] ?? {};
    return part === "value" && column !== undefined &&
      column.role !== "measure";
  }).map(({ name }) => name);
  return {
    "@context": ["http://www.w3.org/ns/csvw", { "@language": language }],
    url: file.name,
    "dc:title": table.title[language],
    "dc:description": table.description[language],
    "dc:license": { "@id": licenceAddress(manifest.licence) },
    dialect: {
      encoding: "utf-8",
      delimiter: ",",
      quoteChar: '"',
      header: true,
      lineTerminators: ["\r\n"],
    },
    tableSchema: {
      columns,
      ...(layout === "statistics" && keys.length > 0 && { primaryKey: keys }),
    },
  };
}

// A column's name may hold letters, digits and `_` alone (CSVW 5.6).
function csvwName(name: string, at: number): string {
  return /^[A-Za-z][A-Za-z0-9_]*$/.test(name) ? name : `column_${at + 1}`;
}
