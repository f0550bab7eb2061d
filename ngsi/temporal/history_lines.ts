import type { HistoryRow } from "./history_row.ts";
import { rowsOfLine } from "./outbox_line.ts";

/** What waits in the outbox, a line for each thing that happened. */
export interface OutboxEntry {
  readonly seq: number;
  readonly rows: string;
}

/** Rows of an outbox entry are numbered below this. */
const ROWS_OF_ENTRY = 1_048_576;

/** Outbox entries and the file that is to have their rows. */
export interface LineTask {
  readonly file: string;
  readonly entries: readonly OutboxEntry[];
}

/** So much is written at once; all of it would be many times the entries in memory. */
const AT_ONCE = 1024 * 1024;
const encoder = new TextEncoder();

/**
 * Writes the rows of outbox entries, each with its number, as lines for DuckDB.
 * Resolves to whether some of them stand for earlier ones.
 */
export async function writeLines(
  { file, entries }: LineTask,
): Promise<boolean> {
  using opened = await Deno.open(file, {
    create: true,
    write: true,
    truncate: true,
  });
  let text = "";
  let restates = false;
  const flush = async () => {
    await writeAll(opened, encoder.encode(text));
    text = "";
  };
  for (const { seq, rows } of entries) {
    let next = Number(seq) * ROWS_OF_ENTRY;
    for (const line of rows.split("\n")) {
      for (const row of rowsOfLine(line)) {
        text += lineOf(next, row);
        restates ||= row.u !== undefined;
        next += 1;
      }
      if (text.length >= AT_ONCE) await flush();
    }
  }
  await flush();
  return restates;
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    done += await file.write(bytes.subarray(done));
  }
}

function lineOf(
  seq: number,
  { e, t, a, d, o, c, m, x, f, k, n, s, v, u }: HistoryRow,
): string {
  // What is missing becomes null.
  const row = JSON.stringify([seq, e, t, a, d, o, c, m, x, f, k, n, s, v, u]);
  return `${row}\n`;
}
