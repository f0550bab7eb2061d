import type { Text } from "@hiraku/kernel";
import { letter } from "../check/file_bytes.ts";
import type { TableEntry } from "../manifest.ts";
import { type Content, typeOf } from "./content.ts";
import { withheldMark } from "./mark.ts";
import { sheet, sheetFields } from "./sheet.ts";
import { encoded } from "./write_text.ts";
import { xml } from "./xml.ts";
import { writeZip } from "./zip_file.ts";

/** Rows that a sheet of Excel holds, its header left out. */
export const MOST_XLSX_ROWS = 1_048_575;

const SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE =
  "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const HEAD = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n`;

/** A workbook of two sheets: the data as in the Japanese CSV, and the codebook in both languages. */
export async function writeXlsx(content: Content, path: string): Promise<void> {
  const { header, lines } = sheet(content, "ja");
  const numeric = sheetFields(content.table, content.layout, "ja")
    .map(({ column, part }) =>
      part === "value" && column !== undefined &&
      (typeOf(column) === "integer" || typeOf(column) === "number")
    );
  await writeZip(path, [
    part("[Content_Types].xml", CONTENT_TYPES),
    part("_rels/.rels", relationships([["officeDocument", "xl/workbook.xml"]])),
    part("xl/workbook.xml", workbook("データ", "コードブック")),
    part(
      "xl/_rels/workbook.xml.rels",
      relationships([
        ["worksheet", "worksheets/sheet1.xml"],
        ["worksheet", "worksheets/sheet2.xml"],
      ]),
    ),
    {
      name: "xl/worksheets/sheet1.xml",
      content: () => encoded(worksheet(header, lines(), numeric)),
    },
    {
      name: "xl/worksheets/sheet2.xml",
      content: () =>
        encoded(worksheet(CODEBOOK_HEADER, codebook(content.table), [])),
    },
  ]);
}

const CODEBOOK_HEADER = [
  "項目",
  "項目名",
  "Title",
  "単位",
  "型",
  "値",
  "値の意味",
  "Meaning",
];

/** Every column and, where its values are codes with names, a line a value. */
export function* codebook(table: TableEntry): Generator<string[]> {
  for (const { name, title, unit, names, ...column } of table.columns) {
    yield [
      name,
      title.ja,
      title.en,
      unit?.ja ?? "",
      typeOf({ name, title, ...column }),
      "",
      "",
      "",
    ];
    for (const [value, meaning] of Object.entries(names ?? {})) {
      yield [name, "", "", "", "", value, meaning.ja, meaning.en];
    }
  }
  if (table.withheld > 0) {
    const { shown, explained }: { shown: string | null; explained: Text } =
      withheldMark("statistical-table");
    yield ["", "", "", "", "", shown ?? "", explained.ja, explained.en];
  }
}

function* worksheet(
  header: readonly string[],
  lines: Iterable<readonly string[]>,
  numeric: readonly boolean[],
): Generator<string> {
  const letters = header.map((_, at) => letter(at));
  yield `${HEAD}<worksheet xmlns="${SPREADSHEET}"><sheetData>`;
  let number = 1;
  const row = (cells: readonly string[], numeric: readonly boolean[]) => {
    const text = cells.map((text, at) =>
      cell(text, `${letters[at]}${number}`, numeric[at] ?? false)
    ).join("");
    return `<row r="${number++}">${text}</row>`;
  };
  yield row(header, []);
  for (const line of lines) yield row(line, numeric);
  yield "</sheetData></worksheet>";
}

const NUMBER = /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/;

function cell(text: string, at: string, numeric: boolean): string {
  if (text === "") return "";
  return numeric && NUMBER.test(text)
    ? `<c r="${at}"><v>${text}</v></c>`
    : `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${
      xml(text)
    }</t></is></c>`;
}

const CONTENT_TYPES = `${HEAD}<Types xmlns="${PACKAGE}/content-types">` +
  `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
  `<Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>` +
  `<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
  `</Types>`;

function relationships(
  targets: readonly (readonly [string, string])[],
): string {
  const all = targets.map(([kind, target], at) =>
    `<Relationship Id="rId${
      at + 1
    }" Type="${OFFICE}/${kind}" Target="${target}"/>`
  );
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${
    all.join("")
  }</Relationships>`;
}

function workbook(...sheets: readonly string[]): string {
  const all = sheets.map((name, at) =>
    `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`
  );
  return `${HEAD}<workbook xmlns="${SPREADSHEET}" xmlns:r="${OFFICE}"><sheets>${
    all.join("")
  }</sheets></workbook>`;
}

function part(
  name: string,
  text: string,
): { name: string; content: () => Iterable<Uint8Array> } {
  return { name, content: () => encoded([text]) };
}
