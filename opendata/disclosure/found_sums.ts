import type { ReleasedRow } from "../released_row.ts";
import { type Cell, people } from "./cell.ts";
import type { Decided } from "./decided.ts";
import { protectLine } from "./flow.ts";
import { type Grid, keyOf } from "./grid.ts";
import type { Line } from "./published/lines.ts";
import { withholding } from "./withholding.ts";

/** A table that may show what rows of another add up to. */
export interface Shown {
  readonly grid: Grid;
  readonly rows: readonly ReleasedRow[];
}

/**
 * Rows of tables without a declared total may still add up to a figure that
 * another table shows: received by each method, and received in all. Where they
 * do in the exact figures of a new period, the line is protected like one that
 * declares its total; where the other figure is withheld, the line is withheld
 * whole. Answers the rows of `undeclared`, by table.
 */
export function protectFoundSums(
  undeclared: ReadonlyMap<string, Decided>,
  others: ReadonlyMap<string, Shown>,
  secret: () => number,
): Map<string, readonly ReleasedRow[]> {
  const tables = new Map(
    [...undeclared].map(([id, { grid, rows, frozen }]) => [
      id,
      tableOf(grid, rows, grid.periods.filter((one) => !frozen.has(one))),
    ]),
  );
  const fresh = new Set(
    [...tables.values()].flatMap(({ cells }) => [...cells.keys()]),
  );
  const wholes = new Map(tables);
  for (const [id, { grid, rows }] of others) {
    if (wholes.has(id)) continue;
    const periods = grid.periods.filter((one) => fresh.has(one));
    wholes.set(id, tableOf(grid, rows, periods));
  }
  for (let moved = true; moved;) {
    moved = false;
    for (const [id, parts] of tables) {
      for (const [other, whole] of wholes) {
        if (id === other || !mayAddUp(whole.grid, parts.grid)) continue;
        moved = protectAgainst(whole, parts, secret) || moved;
      }
    }
  }
  return new Map([...tables].map(([id, one]) => [id, one.rows]));
}

/**
 * Lines of the tables that declare no total of which something is withheld,
 * under a figure that is shown, where the exact figures add up to what is shown.
 */
export function foundLines(shown: ReadonlyMap<string, Shown>): Line[] {
  const all = new Map(
    [...shown].map(([id, { grid, rows }]) => [
      id,
      tableOf(grid, rows, grid.periods),
    ]),
  );
  const found: Line[] = [];
  for (const [id, parts] of all) {
    const rule = parts.grid.table.disclosure;
    if ("total" in rule && rule.total !== undefined) continue;
    for (const [other, whole] of all) {
      if (id === other || !mayAddUp(whole.grid, parts.grid)) continue;
      for (const { period, cells, sum, pairs } of sumsIn(whole, parts)) {
        const at = indexOf(whole, period, sum);
        const above = whole.rows[at];
        if (above?.status !== "published") continue;
        const rows = cells.map((cell) => indexOf(parts, period, cell));
        if (!rows.some((row) => parts.rows[row]?.status === "withheld")) {
          continue;
        }
        const names = whole.grid.table.measures;
        const measures = pairs.filter(([of]) =>
          above[names[of] ?? ""] === sum.values[of]
        ).map(([of, part]) =>
          [names[of] ?? "", parts.grid.table.measures[part] ?? ""] as const
        );
        if (measures.length === 0) continue;
        found.push({
          table: id,
          rows,
          whole: { table: other, row: at },
          measures,
          isDeclared: false,
          hidesZeros: true,
        });
      }
    }
  }
  return found;
}

interface Table {
  readonly grid: Grid;
  readonly rows: ReleasedRow[];
  /** Cells of the periods that may still be decided. */
  readonly cells: ReadonlyMap<string, readonly Cell[]>;
  readonly at: ReadonlyMap<string, number>;
}

function tableOf(
  grid: Grid,
  rows: readonly ReleasedRow[],
  periods: readonly string[],
): Table {
  const { period, dimensions } = grid.table;
  return {
    grid,
    rows: [...rows],
    cells: new Map(periods.map((one) => [one, grid.cells(one)])),
    at: new Map(rows.map((row, index) => [
      keyOf([String(row[period]), ...dimensions.map((d) => String(row[d]))]),
      index,
    ])),
  };
}

function mayAddUp({ table: whole }: Grid, { table: parts }: Grid): boolean {
  return whole.period === parts.period &&
    whole.dimensions.every((name) => parts.dimensions.includes(name));
}

interface Found {
  readonly period: string;
  readonly cells: readonly Cell[];
  readonly sum: Cell;
  /** Measures by their place: of the whole, of the parts. */
  readonly pairs: readonly (readonly [of: number, part: number])[];
}

/** Lines of cells that do add up to a cell of the other table. */
function* sumsIn(whole: Table, parts: Table): Generator<Found> {
  const { table } = parts.grid;
  const named = whole.grid.table.dimensions.map((name) =>
    table.dimensions.indexOf(name)
  );
  const candidates = pairsOf(whole, parts);
  for (const [period, cells] of parts.cells) {
    const sums = new Map(
      (whole.cells.get(period) ?? []).map((cell) => [keyOf(cell.key), cell]),
    );
    const lines = Map.groupBy(
      cells,
      (cell) => keyOf(named.map((at) => cell.key[at] ?? "")),
    );
    for (const [key, line] of lines) {
      const sum = sums.get(key);
      if (sum === undefined || people(sum) === 0) continue;
      const pairs = candidates.filter(([of, part]) =>
        (sum.values[of] ?? 0) > 0 &&
        line.reduce((all, cell) => all + (cell.values[part] ?? 0), 0) ===
          sum.values[of]
      );
      if (pairs.length > 0) yield { period, cells: line, sum, pairs };
    }
  }
}

const indexOf = ({ at }: Table, period: string, cell: Cell) =>
  at.get(keyOf([period, ...cell.key])) ?? -1;

/** Answers whether more was withheld. */
function protectAgainst(
  whole: Table,
  parts: Table,
  secret: () => number,
): boolean {
  const { table } = parts.grid;
  let moved = false;
  for (const { period, cells, sum, pairs } of sumsIn(whole, parts)) {
    const indices = cells.map((cell) => indexOf(parts, period, cell));
    const isHidden = (index: number) =>
      parts.rows[index]?.status === "withheld";
    const already = new Set(
      indices.flatMap((index, at) => isHidden(index) ? [at] : []),
    );
    const above = whole.rows[indexOf(whole, period, sum)];
    const isTold = above?.status === "published";
    if (isTold && already.size === 0) continue;
    const additive = [...new Set([0, ...pairs.map(([, part]) => part)])];
    const withheld = isTold
      ? protectLine(
        cells.map((cell) => withOnly(cell, additive)),
        secret,
        { already, isShared: true },
      )
      : "all";
    indices.forEach((index, at) => {
      const row = parts.rows[index];
      if (row === undefined || isHidden(index)) return;
      if (withheld !== "all" && !withheld.has(at)) return;
      parts.rows[index] = withholding(row, table.measures);
      moved = true;
    });
  }
  return moved;
}

/** A cell of some of its measures; an amount that is none of them is not told. */
function withOnly(cell: Cell, measures: readonly number[]): Cell {
  const { amount, ...own } = cell;
  const at = measures.indexOf(amount?.at ?? -1);
  return {
    ...own,
    values: measures.map((one) => cell.values[one] ?? 0),
    ...(amount && at !== -1 && { amount: { ...amount, at } }),
  };
}

/** Measures of which one may be the sum of the other: of one name, or people of any. */
function pairsOf(whole: Table, parts: Table): [number, number][] {
  return whole.grid.table.measures.flatMap((name, of) =>
    parts.grid.table.measures.flatMap((other, part) =>
      name === other || part === 0 ? [[of, part] as [number, number]] : []
    )
  );
}
