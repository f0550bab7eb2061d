import type { HistoryRow } from "./history_row.ts";
import { rowsOfLine } from "./outbox_line.ts";

/** What waits in the outbox, a line for each thing that happened. */
export interface OutboxEntry {
  readonly seq: number;
  readonly rows: string;
}

/** Rows of an outbox entry are numbered below this. */
const ROWS_OF_ENTRY = 1_048_576;

/** The rows of outbox entries, each with its number, as lines for DuckDB. */
export interface HistoryLines {
  readonly text: string;
  /** Whether some rows stand for earlier ones. */
  readonly restates: boolean;
}

export function historyLines(entries: readonly OutboxEntry[]): HistoryLines {
  const lines: string[] = [];
  let restates = false;
  for (const { seq, rows } of entries) {
    let next = Number(seq) * ROWS_OF_ENTRY;
    for (const line of rows.split("\n")) {
      for (const row of rowsOfLine(line)) {
        lines.push(lineOf(next, row));
        restates ||= row.u !== undefined;
        next += 1;
      }
    }
  }
  return { text: lines.join("\n"), restates };
}

function lineOf(
  seq: number,
  { e, t, a, d, o, c, m, x, f, k, n, s, v, u }: HistoryRow,
): string {
  // What is missing becomes null.
  return JSON.stringify([seq, e, t, a, d, o, c, m, x, f, k, n, s, v, u]);
}
