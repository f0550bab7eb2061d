import { asked } from "./asked.ts";
import { type Finding, finding, looksPersonal } from "./finding.ts";
import type { Header } from "./header.ts";
import { placeOf, type Row } from "./read_table.ts";
import type { SheetColumn } from "./sheet.ts";
import { certainOf } from "./values/certain.ts";
import { type CellReading, readValue } from "./values/read_value.ts";
import { isMunicipality } from "./values/codes.ts";

/** A row as the standard would have it, beside what stands in the file. */
export interface ReadRow {
  readonly row: Row;
  /** By position in the file: the corrected value where one is certain, else the file's. */
  readonly corrected: readonly string[];
  readonly findings: readonly Finding[];
}

/** Reads rows of one table; equal values of a column are read once. */
export type RowReader = (row: Row) => ReadRow;

const REMEMBERED = 5000;
const NONE: readonly Finding[] = [];

/** What reads rows under a header, cell by cell by the kind of its column. */
export function rowReader({ columns }: Header): RowReader {
  const cells = columns.flatMap((column, index) =>
    column === undefined ? [] : [{
      column,
      index,
      certain: certainOf(column),
      shiftable: mayBeShifted(column),
      known: new Map<string, CellReading>(),
      // Values stand in runs: equal neighbours are compared, not read.
      clean: "",
    }]
  );
  return (row) => {
    let findings: Finding[] | undefined;
    let corrected: string[] | undefined;
    for (const cell of cells) {
      const { column, index, certain, shiftable, known } = cell;
      const text = row.cells[index];
      if (text === undefined || text === "") continue;
      const shifted = shiftable && isShifted(row, columns, index);
      if (!shifted) {
        if (text === cell.clean) continue;
        if (certain?.test(text)) {
          cell.clean = text;
          continue;
        }
      }
      let reading = known.get(text);
      if (reading === undefined) {
        reading = readValue(column, text);
        if (known.size < REMEMBERED) known.set(text, reading);
      }
      const { codes, value } = reading;
      if (codes.length === 0 && value === text) cell.clean = text;
      if (value !== undefined && value !== text) {
        corrected ??= [...row.cells];
        corrected[index] = value;
      }
      if (shifted) {
        const place = placeOf(row, index, column.name);
        (findings ??= []).push(
          finding(place, "shifted_value", { asks: asked(column) }),
        );
      } else if (codes.length > 0) {
        const place = placeOf(row, index, column.name);
        (findings ??= []).push(...told(place, column, text, {
          codes,
          ...(value === undefined || value === text ? {} : { value }),
        }));
      }
    }
    return {
      row,
      corrected: corrected ?? row.cells,
      findings: findings ?? NONE,
    };
  };
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
