import { type SheetChart, withCharts } from "./sheet_charts.ts";

type Value = string | number | null;

/** Cells of one row; figures stay numbers. */
export type SheetRow = (Value | { value: string; fontWeight: "bold" })[];

/** One sheet of a workbook. */
export interface Sheet {
  readonly title: string;
  readonly rows: readonly SheetRow[];
  readonly chart?: SheetChart | undefined;
}

const FORMULA = /^[=+\-@]/;

/** A workbook of these sheets, in their order. */
export async function writeBook(
  sheets: readonly Sheet[],
): Promise<Uint8Array> {
  const { default: write } = await import("write-excel-file/universal");
  const names = new Set<string>();
  const named = sheets.map(({ title, ...rest }) => ({
    name: sheetName(title, names),
    ...rest,
  }));
  const blob = await write(
    named.map(({ name, rows }) => ({ sheet: name, data: [...rows] })),
  ).toBlob();
  return withCharts(new Uint8Array(await blob.arrayBuffer()), named);
}

export function bold(value: string): { value: string; fontWeight: "bold" } {
  return { value: plainText(value), fontWeight: "bold" };
}

/** Words that a spreadsheet would take for a formula are kept as words. */
export function plainText(value: string): string {
  return FORMULA.test(value) ? `'${value}` : value;
}

/** At most 31 letters, none of them reserved, no name twice. */
function sheetName(title: string, taken: Set<string>): string {
  const plain = title.replaceAll(/[\\/?*[\]:]/g, " ").slice(0, 28);
  let name = plain;
  for (let count = 2; taken.has(name); count++) name = `${plain} ${count}`;
  taken.add(name);
  return name;
}
