import type { Changes, TableEntry } from "./manifest.ts";
import type { ReleasedRow } from "./released_row.ts";

/** One row that is new, gone or different; never told of by its values. */
export interface RowChange {
  readonly change: "added" | "removed" | "changed";
  readonly key: Readonly<Record<string, string | number | null>>;
  /** Columns whose values differ. */
  readonly columns?: readonly string[];
}

/** How one table differs from its earlier self. */
export interface TableChanges {
  readonly table: string;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  /** The first of them, in the order of the rows. */
  readonly rows: readonly RowChange[];
}

const MOST_TOLD = 1_000;

/** Compares two states of a table row by row; rows are known again by their key. */
export function tableChanges(
  { id, columns, key }: TableEntry,
  before: readonly ReleasedRow[],
  after: readonly ReleasedRow[],
): TableChanges {
  const keys = key ??
    columns.filter(({ role }) => role !== "measure").map(({ name }) => name);
  const names = [...columns.map(({ name }) => name), "status"];
  const keyText = (row: ReleasedRow) =>
    JSON.stringify(keys.map((name) => row[name] ?? null));
  const earlier = new Map<string, ReleasedRow[]>();
  for (const row of before) {
    const text = keyText(row);
    const same = earlier.get(text);
    if (same === undefined) earlier.set(text, [row]);
    else same.push(row);
  }
  const count = { added: 0, removed: 0, changed: 0 };
  const rows: RowChange[] = [];
  const tell = (
    change: RowChange["change"],
    row: ReleasedRow,
    differing?: readonly string[],
  ) => {
    count[change] += 1;
    if (rows.length >= MOST_TOLD) return;
    rows.push({
      change,
      key: Object.fromEntries(keys.map((name) => [name, row[name] ?? null])),
      ...(differing && { columns: differing }),
    });
  };
  for (const row of after) {
    const old = earlier.get(keyText(row))?.shift();
    if (old === undefined) {
      tell("added", row);
      continue;
    }
    const differing = names.filter((name) =>
      (old[name] ?? null) !== (row[name] ?? null)
    );
    if (differing.length > 0) tell("changed", row, differing);
  }
  for (const left of earlier.values()) {
    for (const row of left) tell("removed", row);
  }
  return { table: id, ...count, rows };
}

/** The numbers alone, as a manifest keeps them. */
export function countsOfChanges(
  since: string,
  tables: readonly TableChanges[],
): Changes {
  return {
    since,
    tables: tables.map(({ rows: _, ...counts }) => counts),
  };
}
