import type { AnyTable, RunningTotal } from "../dataset.ts";
import type { ReleasedRow } from "../released_row.ts";
import type { Cell } from "./cell.ts";
import type { Decided } from "./decided.ts";
import { protectLine } from "./flow.ts";
import { keyOf } from "./grid.ts";
import type { Line } from "./published/lines.ts";
import { withholding } from "./withholding.ts";

/** What one running total grew by since it was shown last, and what it consists of. */
interface Growth {
  readonly total: RunningTotal;
  readonly column: string;
  readonly cells: readonly { readonly cell: Cell; readonly row: number }[];
}

/**
 * A running total without a rule of its own tells, from one shown row to the
 * next, what the rows it sums add up to. Where some of those are withheld, more
 * of the new ones are, until that tells nothing; where nothing is left to
 * withhold, the total itself is, and its next row carries both. Changes the
 * rows in `parts`; answers those of the table with the totals.
 */
export function protectRunningTotals(
  table: AnyTable,
  rows: readonly ReleasedRow[],
  isFrozen: (row: ReleasedRow) => boolean,
  parts: Map<string, Decided>,
  secret: () => number,
): ReleasedRow[] {
  const decided = inOrder(table, rows);
  decided.forEach((row, at) => {
    if (isFrozen(row) || row.status !== "published") return;
    const more = growths(table, decided, at, parts).map((growth) => {
      const part = parts.get(growth.total.table);
      const { cells } = growth;
      const isHidden = (index: number) =>
        part?.rows[cells[index]?.row ?? -1]?.status === "withheld";
      const already = new Set([...cells.keys()].filter(isHidden));
      const period = part?.grid.table.period ?? "";
      const may = (index: number) =>
        !part?.frozen.has(
          String(part.rows[cells[index]?.row ?? -1]?.[period]),
        );
      const withheld = protectLine(
        cells.map(({ cell }) => cell),
        secret,
        { already, may, isShared: true },
      );
      return { growth, withheld };
    });
    if (more.some(({ withheld }) => withheld === "all")) {
      decided[at] = withholding(row, table.measures);
      return;
    }
    for (const { growth: { total, cells }, withheld } of more) {
      const part = parts.get(total.table);
      if (withheld === "all" || part === undefined) continue;
      const hidden = new Set([...withheld].map((index) => cells[index]?.row));
      parts.set(total.table, {
        ...part,
        rows: part.rows.map((one, index) =>
          hidden.has(index) && one.status === "published"
            ? withholding(one, part.grid.table.measures)
            : one
        ),
      });
    }
  });
  return decided;
}

/** What the shown rows of running totals tell of withheld rows, where it is true. */
export function runningLines(
  id: string,
  table: AnyTable,
  rows: readonly ReleasedRow[],
  parts: ReadonlyMap<string, Decided>,
): Line[] {
  const places = new Map(rows.map((row, at) => [row, at]));
  const ordered = inOrder(table, rows);
  return ordered.flatMap((row, at) =>
    row.status !== "published" ? [] : growths(table, ordered, at, parts)
      .filter(({ total, cells }) =>
        cells.some(({ row }) =>
          parts.get(total.table)?.rows[row]?.status === "withheld"
        )
      ).map(({ total, column, cells }): Line => {
        const before = shownBefore(table, ordered, at, total, parts);
        return {
          table: total.table,
          rows: cells.map((one) => one.row),
          whole: { table: id, row: places.get(row) ?? -1 },
          since: before === undefined ? undefined : places.get(before),
          measures: [[column, total.measure]],
          isDeclared: false,
          hidesZeros: false,
        };
      })
  );
}

function inOrder(
  { period }: AnyTable,
  rows: readonly ReleasedRow[],
): ReleasedRow[] {
  return rows.toSorted((a, b) =>
    String(a[period]) < String(b[period]) ? -1 : 1
  );
}

/** What the totals of a shown row grew by; without those that do not add up. */
function growths(
  table: AnyTable,
  ordered: readonly ReleasedRow[],
  at: number,
  parts: ReadonlyMap<string, Decided>,
): Growth[] {
  const rule = table.disclosure;
  const row = ordered[at];
  if (rule.kind !== "none" || row === undefined) return [];
  return Object.entries(rule.totals ?? {}).flatMap(([column, total]) => {
    const part = parts.get(total?.table ?? "");
    if (total === undefined || part === undefined) return [];
    const before = shownBefore(table, ordered, at, total, parts);
    const since = before === undefined ? "" : String(before[table.period]);
    const grown = Number(row[column]) - Number(before?.[column] ?? 0);
    const cells = cellsOf(part, table, row, total, since);
    const sum = cells.reduce((all, { cell }) => all + (cell.values[0] ?? 0), 0);
    return sum === grown ? [{ total, column, cells }] : [];
  });
}

function shownBefore(
  table: AnyTable,
  ordered: readonly ReleasedRow[],
  at: number,
  total: RunningTotal,
  parts: ReadonlyMap<string, Decided>,
): ReleasedRow | undefined {
  const shared = sharedWith(parts.get(total.table)?.grid.table, table);
  return ordered.slice(0, at).findLast((one) =>
    one.status === "published" &&
    shared.every((name) => one[name] === ordered[at]?.[name])
  );
}

const sharedWith = (part: AnyTable | undefined, table: AnyTable) =>
  (part?.dimensions ?? []).filter((name) => table.dimensions.includes(name));

/** The cells behind a total since a period, each with its measure alone, as it is told where it is shown. */
function cellsOf(
  { grid, rows }: Decided,
  table: AnyTable,
  row: ReleasedRow,
  { measure, at = {} }: RunningTotal,
  since: string,
): Growth["cells"] {
  const { period, dimensions, measures } = grid.table;
  const wanted = new Map<string, unknown>(Object.entries(at));
  for (const name of sharedWith(grid.table, table)) wanted.set(name, row[name]);
  const place = measures.indexOf(measure);
  const rowOf = new Map(rows.map((one, index) => [
    keyOf([String(one[period]), ...dimensions.map((d) => String(one[d]))]),
    index,
  ]));
  return grid.periods
    .filter((one) => one > since && one <= String(row[table.period]))
    .flatMap((one) =>
      grid.cells(one).filter(({ key }) =>
        dimensions.every((name, d) =>
          !wanted.has(name) || wanted.get(name) === key[d]
        )
      ).map((cell) => {
        const index = rowOf.get(keyOf([one, ...cell.key])) ?? -1;
        const shown = rows[index];
        const value = shown?.status === "published"
          ? Number(shown[measure])
          : cell.values[place] ?? 0;
        const { key, threshold, amount } = cell;
        return {
          row: index,
          cell: {
            key,
            values: [value],
            threshold,
            cap: undefined,
            ...(amount?.at === place &&
              { amount: { ...amount, value, at: 0 } }),
          },
        };
      })
    );
}
