import type { Rule, Total } from "../dataset.ts";
import type { ReleasedRow } from "../released_row.ts";
import { MERGED } from "./areas.ts";
import { allAlike } from "./all_alike.ts";
import { type Cell, isSensitive } from "./cell.ts";
import { protectLine } from "./flow.ts";
import { type Grid, keyOf } from "./grid.ts";
import { lastDay } from "../last_day.ts";
import { decideSeries } from "./series.ts";
import { decideStock } from "./stock.ts";

/** The released table that a breakdown adds up to. */
export interface ReleasedTotal {
  readonly rule: Total;
  readonly grid: Grid | undefined;
  readonly rows: readonly ReleasedRow[];
  readonly frozen: readonly ReleasedRow[];
}

/** Whether a row is withheld for another reason. */
export type Already = (period: string, cell: Cell) => boolean;

type AdditiveRule = Extract<Rule, { kind: "flow" | "stock" }>;

/**
 * The frozen rows of a table and, behind them, the rows of its new periods. A
 * period before the newest released one is never added later: what was not
 * there when its neighbours were judged stays away.
 */
export function decideTable(
  grid: Grid,
  rule: AdditiveRule,
  frozen: readonly ReleasedRow[],
  total: ReleasedTotal | undefined,
  secret: () => number,
  already: Already = () => false,
): ReleasedRow[] {
  const { table } = grid;
  const known = new Set(frozen.map((row) => String(row[table.period])));
  const newest = [...known].sort().at(-1) ?? "";
  const fresh = grid.periods.filter((period) => period > newest);
  const decided = total === undefined
    ? rule.kind === "flow"
      ? totalFlow(grid, fresh, already)
      : totalStock(grid, fresh, frozen, already)
    : rule.kind === "flow"
    ? brokenDownFlow(grid, fresh, total, secret, already)
    : brokenDownStock(
      grid,
      [...known].sort(),
      fresh,
      frozen,
      total,
      secret,
      already,
    );
  return [...frozen, ...decided];
}

function totalFlow(
  grid: Grid,
  fresh: readonly string[],
  already: Already,
): ReleasedRow[] {
  return fresh.flatMap((period) => {
    const cells = grid.cells(period);
    const alike = allAlike(grid.table, cells);
    return cells.map((cell) =>
      row(
        grid,
        period,
        cell,
        !isSensitive(cell) && !alike.has(cell) && !already(period, cell),
      )
    );
  });
}

function totalStock(
  grid: Grid,
  fresh: readonly string[],
  frozen: readonly ReleasedRow[],
  already: Already,
): ReleasedRow[] {
  const people = grid.table.measures[0] ?? "";
  const series = new Map<string, { period: string; cell: Cell }[]>();
  for (const period of fresh) {
    for (const cell of grid.cells(period)) {
      const key = keyOf(cell.key);
      series.set(key, [...series.get(key) ?? [], { period, cell }]);
    }
  }
  return [...series].flatMap(([key, points]) => {
    const last = frozen.findLast((one) =>
      one.status === "published" && rowKey(grid, one) === key
    );
    const shown = decideSeries(
      points.map(({ period, cell }) => ({
        cell,
        isWithheld: already(period, cell),
      })),
      Number(last?.[people] ?? 0),
    );
    return points.map(({ period, cell }, at) =>
      row(grid, period, cell, shown[at] ?? false)
    );
  });
}

function brokenDownFlow(
  grid: Grid,
  fresh: readonly string[],
  total: ReleasedTotal,
  secret: () => number,
  already: Already,
): ReleasedRow[] {
  const totals = totalsOf(grid, total);
  return fresh.flatMap((period) => {
    const lines = Map.groupBy(
      grid.cells(period),
      (cell) => totals.keyOf(period, cell),
    );
    return [...lines].flatMap(([key, cells]) => {
      const withheld = totals.reconcile(key, cells) &&
          (cells.every(isEmpty) ||
            !cells.some((cell) => isEmpty(cell) && already(period, cell)))
        ? protectLine(cells, secret, {
          already: new Set(
            cells.flatMap((cell, at) => already(period, cell) ? [at] : []),
          ),
        })
        : "all";
      return cells.map((cell, at) =>
        row(grid, period, cell, withheld !== "all" && !withheld.has(at))
      );
    });
  });
}

/** Zeros under a total are withheld with its whole line only. */
const isEmpty = ({ values }: Cell) => values.every((value) => value === 0);

function brokenDownStock(
  grid: Grid,
  known: readonly string[],
  fresh: readonly string[],
  frozen: readonly ReleasedRow[],
  total: ReleasedTotal,
  secret: () => number,
  already: Already,
): ReleasedRow[] {
  const totals = totalsOf(grid, total);
  const people = grid.table.measures[0] ?? "";
  const frozenRows = Map.groupBy(
    frozen,
    (one) => String(one[grid.table.period]),
  );
  const periods = [...known, ...fresh].sort().map((period) => {
    const cells = grid.cells(period);
    const key = totals.keyOf(period, cells[0]);
    const before = frozenRows.get(period);
    if (before !== undefined && !grid.periods.includes(period)) {
      throw new Error(`The exact rows of ${period} are missing`);
    }
    return {
      period,
      cells,
      already: cells.map((cell) => already(period, cell)),
      totalShown: before === undefined
        ? totals.reconcile(key, cells)
        : totals.isShown(key),
      ...(before && {
        frozen: cells.map((cell) => frozenValue(grid, before, cell, people)),
      }),
    };
  });
  const shown = decideStock(periods, secret);
  return periods.flatMap(({ period, cells, frozen }, at) =>
    frozen !== undefined
      ? []
      : cells.map((cell, index) =>
        row(grid, period, cell, shown[at]?.[index] ?? false)
      )
  );
}

/** What was shown of a cell, also when its districts share a row only since. */
function frozenValue(
  grid: Grid,
  rows: readonly ReleasedRow[],
  cell: Cell,
  people: string,
): number | undefined {
  const parts = rows.filter((one) =>
    grid.table.dimensions.every((name, at) => {
      const members = String(one[name]).split(MERGED);
      const own = (cell.key[at] ?? "").split(MERGED);
      return members.every((member) => own.includes(member));
    })
  );
  const shown = parts.length > 0 &&
    parts.every((one) => one.status === "published");
  return shown
    ? parts.reduce((sum, one) => sum + Number(one[people]), 0)
    : undefined;
}

interface Totals {
  keyOf(period: string, cell: Cell | undefined): string;
  isShown(key: string): boolean;
  /** Whether the cells may be shown at all: their total is shown and is their sum. */
  reconcile(key: string, cells: readonly Cell[]): boolean;
}

function totalsOf(grid: Grid, total: ReleasedTotal): Totals {
  const above = total.grid;
  if (above === undefined) throw new Error("A total comes before its parts");
  const index = (rows: readonly ReleasedRow[]) =>
    new Map(rows.map((one) => [
      keyOf([String(one[above.table.period]), rowKey(above, one)]),
      one,
    ]));
  const released = index(total.rows);
  const frozen = index(total.frozen);
  const exact = new Map<string, Cell>();
  for (const period of above.periods) {
    for (const cell of above.cells(period)) {
      exact.set(keyOf([period, keyOf(cell.key)]), cell);
    }
  }
  return {
    keyOf: (period, cell) => {
      const key = above.table.dimensions.map((name) => {
        const own = grid.table.dimensions.indexOf(name);
        return own === -1 ? total.rule.at?.[name] ?? "" : cell?.key[own] ?? "";
      });
      const day = above.table.period === "date" ? lastDay(period) : period;
      return keyOf([day, keyOf(key)]);
    },
    isShown: (key) => released.get(key)?.status === "published",
    reconcile: (key, cells) => {
      const shown = released.get(key);
      if (shown === undefined) throw new Error("A breakdown has no total");
      const whole = exact.get(key);
      const adds = (figure: (measure: string, at: number) => unknown) =>
        above.table.measures.every((measure, at) =>
          figure(measure, at) ===
            cells.reduce((sum, cell) => sum + (cell.values[at] ?? 0), 0)
        );
      const wasFrozen = frozen.has(key);
      if (!wasFrozen && !adds((_, at) => whole?.values[at])) {
        throw new Error(`A breakdown does not add up to its total`);
      }
      return shown.status === "published" &&
        adds((measure) => shown[measure]);
    },
  };
}

function rowKey(grid: Grid, one: ReleasedRow): string {
  return keyOf(grid.table.dimensions.map((name) => String(one[name])));
}

function row(
  grid: Grid,
  period: string,
  cell: Cell,
  shown: boolean,
): ReleasedRow {
  const { table } = grid;
  return {
    [table.period]: period,
    ...Object.fromEntries(
      table.dimensions.map((name, at) => [name, cell.key[at] ?? ""]),
    ),
    ...Object.fromEntries(
      table.measures.map((
        name,
        at,
      ) => [name, shown ? cell.values[at] ?? 0 : null]),
    ),
    status: shown ? "published" : "withheld",
  };
}
