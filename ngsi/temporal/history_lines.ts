import { rowsOfLine } from "./outbox_line.ts";

/** What waits in the outbox, a line for each thing that happened. */
export interface OutboxEntry {
  readonly seq: number;
  readonly rows: string;
}

/** Rows of an outbox entry are numbered below this. */
const ROWS_OF_ENTRY = 1_048_576;

/** The rows of outbox entries, each with its number, as lines for DuckDB. */
export function historyLines(entries: readonly OutboxEntry[]): string[] {
  return entries.flatMap(numbered);
}

function numbered({ seq, rows }: OutboxEntry): string[] {
  let next = Number(seq) * ROWS_OF_ENTRY;
  return rows.split("\n").flatMap((line) =>
    rowsOfLine(line).map(
      ({ e, t, a, d, o, c, m, x, f, k, n, s, v, u }) =>
        JSON.stringify([
          next++,
          e,
          t,
          a,
          d,
          o,
          c,
          m,
          x,
          f ?? null,
          k,
          n,
          s,
          v,
          u ?? null,
        ]),
    )
  );
}
