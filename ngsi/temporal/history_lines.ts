import type { Entity } from "../entity/entity.ts";
import { type HistoryRow, rowsOfChange } from "./history_row.ts";

/** What waits in the outbox: lines, each a row or an array with a new entity. */
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
  return rows.split("\n").flatMap((line) => {
    const read = JSON.parse(line) as HistoryRow | readonly [Entity];
    return ("e" in read ? [read] : rowsOfNew(read[0])).map(
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
    );
  });
}

function rowsOfNew(after: Entity): HistoryRow[] {
  const { id, createdAt } = after;
  return rowsOfChange({ id, before: undefined, after, at: createdAt });
}
