import { asked } from "./asked.ts";
import { type Finding, finding, looksPersonal } from "./finding.ts";
import type { Header } from "./header.ts";
import { placeOf, type Row } from "./read_table.ts";
import type { SheetColumn } from "./sheet.ts";
import { type CellReading, readValue } from "./values/read_value.ts";
import { isMunicipality } from "./values/codes.ts";

/** A row as the standard would have it, beside what stands in the file. */
export interface ReadRow {
  readonly row: Row;
  /** By position in the file: the corrected value where one is certain, else the file's. */
  readonly corrected: readonly string[];
  readonly findings: readonly Finding[];
}

/** Answers the reading of a value; equal values of a column are read once. */
export type Reader = (column: SheetColumn, text: string) => CellReading;

const REMEMBERED = 5000;

/** A reader with a memory, since columns repeat their values. */
export function reader(): Reader {
  const memory = new Map<SheetColumn, Map<string, CellReading>>();
  return (column, text) => {
    let known = memory.get(column);
    if (known === undefined) {
      known = new Map();
      memory.set(column, known);
    }
    const before = known.get(text);
    if (before !== undefined) return before;
    const reading = readValue(column, text);
    if (known.size < REMEMBERED) known.set(text, reading);
    return reading;
  };
}

/** Reads every cell of a row by the kind of its column. */
export function readRow(row: Row, { columns }: Header, read: Reader): ReadRow {
  const findings: Finding[] = [];
  let corrected: string[] | undefined;
  columns.forEach((column, index) => {
    const text = row.cells[index] ?? "";
    if (column === undefined || text === "") return;
    const { codes, value } = read(column, text);
    if (value !== undefined && value !== text) {
      corrected ??= [...row.cells];
      corrected[index] = value;
    }
    if (isShifted(row, columns, index)) {
      const place = placeOf(row, index, column.name);
      findings.push(finding(place, "shifted_value", { asks: asked(column) }));
    } else if (codes.length > 0) {
      findings.push(...told(placeOf(row, index, column.name), column, text, {
        codes,
        ...(value === undefined || value === text ? {} : { value }),
      }));
    }
  });
  return { row, corrected: corrected ?? row.cells, findings };
}

function told(
  place: ReturnType<typeof placeOf>,
  column: SheetColumn,
  text: string,
  { codes, value }: CellReading,
): Finding[] {
  const hidden = column.personal ||
    (column.kind !== "phone" && looksPersonal(text));
  return codes.map((code) =>
    finding(place, code, {
      asks: asked(column),
      ...(hidden ? {} : { found: text }),
      ...(value === undefined || hidden ? {} : { proposal: value }),
    })
  );
}

const FORMAT = /^(csv|tsv|xlsx?|pdf|docx?|json|geojson|xml|rdf|zip|shp|html?)$/;
const LICENCE = /^(cc[- ]?by|cc0|pdl|クリエイティブ)/i;

function mayBeShifted({ kind, name }: SheetColumn): boolean {
  return kind === "digits" || kind === "email" || kind === "url" ||
    name.startsWith("ファイル");
}

/** Whether the value is one of another column of this row whose own cell is empty. */
function isShifted(
  { cells }: Row,
  columns: Header["columns"],
  index: number,
): boolean {
  const column = columns[index];
  if (column === undefined || !mayBeShifted(column)) return false;
  const text = (cells[index] ?? "").trim();
  if (text === "") return false;
  const emptyOf = (suits: (one: SheetColumn) => boolean) =>
    columns.some((one, at) =>
      one !== undefined && at !== index && suits(one) &&
      (cells[at] ?? "").trim() === ""
    );
  if (column.kind === "digits" && isMunicipality(text)) {
    return emptyOf(({ name }) => name === "市区町村コード");
  }
  const foreign = column.kind === "email" && !text.includes("@") ||
    column.kind === "url" && !/[.:/]/.test(text);
  if (foreign) return isShifted({ number: 0, cells }, columns, index - 1);
  if (!column.name.startsWith("ファイル")) return false;
  const words = text.normalize("NFKC").toLowerCase().split(/[;,、]/);
  if (
    words.every((word) => FORMAT.test(word)) && !column.name.endsWith("形式")
  ) {
    return emptyOf(({ name }) => name.endsWith("形式"));
  }
  return LICENCE.test(text) && !/ライセンス|規約/.test(column.name) &&
    emptyOf(({ name }) => name === "ファイル_ライセンス");
}
