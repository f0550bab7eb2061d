import { columnNamed } from "./column_names.ts";
import { isBlank, type Row } from "./read_table.ts";
import type { Sheet, SheetColumn } from "./sheet.ts";
import { SHEETS } from "./sheets/all.ts";

export const CURRENT = "current";

/** Which sheet and edition a table follows and where its header stands. */
export interface Recognised {
  readonly sheet: Sheet;
  /** `current`, or the name of an older edition. */
  readonly edition: string;
  readonly columns: readonly SheetColumn[];
  /** Index into the rows. */
  readonly headerAt: number;
}

const LOOK_AHEAD = 20;
const ENOUGH = 0.5;

/**
 * The sheet whose names the header has, helped by the file's name. With
 * `wanted` only that sheet is looked for, and a weak likeness is enough.
 */
export function recognise(
  rows: readonly Row[],
  fileName: string,
  wanted?: Sheet,
): Recognised | undefined {
  let best: Recognised | undefined;
  let most = wanted === undefined ? ENOUGH : 0;
  rows.slice(0, LOOK_AHEAD).forEach((row, headerAt) => {
    if (isBlank(row)) return;
    for (const sheet of wanted === undefined ? SHEETS : [wanted]) {
      for (const [edition, columns] of editionsOf(sheet)) {
        const likeness = likenessOf(row, columns);
        const score = likeness + (named(fileName, sheet) ? 0.2 : 0);
        if (likeness === 0 || score <= most) continue;
        most = score;
        best = { sheet, edition, columns, headerAt };
      }
    }
  });
  return best;
}

/** The current edition first, so that it wins where two fit alike. */
function editionsOf(
  sheet: Sheet,
): readonly (readonly [string, readonly SheetColumn[]])[] {
  return [[CURRENT, sheet.columns], ...Object.entries(sheet.formerly)];
}

function likenessOf(
  { cells }: Row,
  columns: readonly SheetColumn[],
): number {
  const named = cells.filter((cell) => cell.trim() !== "");
  const matched = new Set(
    named.map((cell) => columnNamed(columns, cell)).filter(Boolean),
  ).size;
  if (matched < 3) return 0;
  return 0.7 * matched / named.length + 0.3 * matched / columns.length;
}

function named(fileName: string, { slug }: Sheet): boolean {
  const stem = fileName.toLowerCase().replace(/\.[^.]*$/, "");
  return stem === slug || new RegExp(`(^|_)${slug}(_|$)`).test(stem);
}
