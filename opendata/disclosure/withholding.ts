import type { ReleasedRow } from "../released_row.ts";

/** The row without its figures. */
export function withholding(
  row: ReleasedRow,
  measures: readonly string[],
): ReleasedRow {
  return {
    ...row,
    ...Object.fromEntries(measures.map((name) => [name, null])),
    status: "withheld",
  };
}
