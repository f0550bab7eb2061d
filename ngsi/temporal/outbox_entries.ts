import { sql } from "@hiraku/kernel/store";
import type { Changed } from "../entity/entity_writer.ts";
import type { Db } from "../db.ts";
import { statement } from "../statement.ts";
import { hasHistory } from "./history_row.ts";
import { lineOfChange } from "./outbox_line.ts";

/** What becomes one row of the outbox. */
export type Entry = Lines | Made;

interface Lines {
  readonly text: string;
}

/** Entities that are new, the transaction having kept them under numbers without a gap. */
interface Made {
  readonly first: number;
  last: number;
  length: number;
  readonly changes: Changed[];
}

const LARGEST_ENTRY = 5_000;
/** Fewer new entities are lines among others. */
const FEWEST_MADE = 16;

const insertLines = statement(() =>
  sql`INSERT INTO history_outbox (seq, rows) VALUES (${null}, ${null})`
);
// Copied where they are: to hand them over twice costs as much as to write them.
const insertMade = statement(() =>
  sql`
  INSERT INTO history_outbox (seq, rows)
  SELECT CAST(${null} AS BIGINT), string_agg('[' || document || ']', '\n')
  FROM (SELECT document FROM entity
    WHERE pk BETWEEN ${null} AND ${null} ORDER BY pk) AS made`
);

/** What changes leave in the outbox, in their order; of none of them nothing. */
export function entriesOfChanges(changes: readonly Changed[]): Entry[] {
  const entries: Entry[] = [];
  let lines: string[] = [];
  let made: Made | undefined;
  const line = (change: Changed) => {
    const one = lineOfChange(change);
    if (one !== undefined) lines.push(one);
  };
  const end = () => {
    if (made === undefined) return;
    if (made.changes.length < FEWEST_MADE) made.changes.forEach(line);
    else {
      entries.push(...entriesOfLines(lines), made);
      lines = [];
    }
    made = undefined;
  };
  for (const change of changes) {
    const { before, after, kept } = change;
    if (before !== undefined || !after || !kept || !hasHistory(after)) {
      end();
      line(change);
      continue;
    }
    if (made !== undefined && kept.pk !== made.last + 1) end();
    made ??= { first: kept.pk, last: kept.pk, length: 0, changes: [] };
    made.last = kept.pk;
    made.length += kept.document.length;
    made.changes.push(change);
  }
  end();
  entries.push(...entriesOfLines(lines));
  return entries;
}

export function entriesOfLines(lines: readonly string[]): Lines[] {
  const entries: Lines[] = [];
  for (let at = 0; at < lines.length; at += LARGEST_ENTRY) {
    entries.push({ text: lines.slice(at, at + LARGEST_ENTRY).join("\n") });
  }
  return entries;
}

/** Characters of an entry. */
export function sizeOf(entry: Entry): number {
  return "text" in entry ? entry.text.length : entry.length;
}

/** Writes an entry in the transaction that keeps its changes. */
export async function insertEntry(
  trx: Db,
  seq: number,
  entry: Entry,
): Promise<void> {
  if ("text" in entry) await insertLines(trx, [seq, entry.text]);
  else await insertMade(trx, [seq, entry.first, entry.last]);
}
