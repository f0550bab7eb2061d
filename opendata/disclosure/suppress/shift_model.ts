import type { Family } from "../model/family.ts";
import { rowsTouching } from "../model/neighbourhood.ts";
import type { Limits } from "../model/substitute.ts";
import { LinearModel } from "../solve/linear_model.ts";
import { type Row, type System, total } from "../solve/system.ts";

/** A way to move figures that leaves every relation as it is. */
export interface Shift {
  /** Cells that move, and by how much (not always a whole number). */
  readonly moves: ReadonlyMap<number, number>;
}

export type Found = Shift | "impossible" | "unknown";

const MOVED = 1e-7;

/**
 * Finds the cheapest shift of figures that moves one cell by a given amount.
 * Cells that are already withheld move for nothing; every other one that moves
 * will have to be withheld. Must be disposed of.
 */
export class ShiftModel implements Disposable {
  readonly #cells: readonly number[];
  readonly #column: ReadonlyMap<number, number>;
  readonly #system: System;
  readonly #costs: number[];
  #linear: LinearModel | undefined;
  #whole: LinearModel | undefined;

  /** `cells` are those that may move; all others are known to everybody. */
  constructor(
    family: Family,
    values: readonly number[],
    cells: readonly number[],
    limits: Limits,
    cost: (cell: number) => number,
  ) {
    this.#cells = cells;
    this.#column = new Map(cells.map((cell, at) => [cell, at]));
    const width = cells.length;
    const rows: Row[] = [];
    for (const row of rowsTouching(family, cells)) {
      const columns: number[] = [];
      const factors: number[] = [];
      row.columns.forEach((cell, at) => {
        const column = this.#column.get(cell);
        if (column === undefined) return;
        columns.push(column, column + width);
        factors.push(row.factors[at] ?? 0, -(row.factors[at] ?? 0));
      });
      if (columns.length === 0) continue;
      const now = total(row, values);
      rows.push({ columns, factors, low: row.low - now, high: row.high - now });
    }
    const up = cells.map((cell) => limits.upper(cell) - (values[cell] ?? 0));
    const down = cells.map((cell) => (values[cell] ?? 0) - limits.lower(cell));
    this.#system = {
      lower: [...up, ...down].map(() => 0),
      upper: [...up, ...down].map((room) => Math.max(0, room)),
      rows,
    };
    const costs = cells.map(cost);
    this.#costs = [...costs, ...costs];
  }

  /** Lets a cell move for nothing from now on. */
  release(cell: number): void {
    const column = this.#column.get(cell);
    if (column === undefined) return;
    for (const one of [column, column + this.#cells.length]) {
      this.#costs[one] = 0;
      this.#linear?.cost(one, 0);
      this.#whole?.cost(one, 0);
    }
  }

  shift(cell: number, amount: number, seconds: number, whole = false): Found {
    const width = this.#cells.length;
    const column = this.#column.get(cell);
    if (column === undefined) return "impossible";
    const moved = amount > 0 ? column : column + width;
    const still = amount > 0 ? column + width : column;
    const room = this.#system.upper[moved] ?? 0;
    if (room < Math.abs(amount)) return "impossible";
    const model = this.#model(whole);
    model.bound(moved, Math.abs(amount), room);
    model.bound(still, 0, 0);
    const answer = model.minimise(seconds);
    model.bound(moved, 0, room);
    model.bound(still, 0, this.#system.upper[still] ?? 0);
    if (answer.kind === "infeasible") return "impossible";
    if (answer.kind !== "optimal") return "unknown";
    const { values } = answer.optimum;
    const moves = new Map<number, number>();
    this.#cells.forEach((one, at) => {
      const move = (values[at] ?? 0) - (values[at + width] ?? 0);
      if (Math.abs(move) > MOVED) moves.set(one, move);
    });
    return { moves };
  }

  #model(whole: boolean): LinearModel {
    if (whole) {
      return this.#whole ??= new LinearModel(this.#system, this.#costs, true);
    }
    return this.#linear ??= new LinearModel(this.#system, this.#costs);
  }

  [Symbol.dispose](): void {
    this.#linear?.[Symbol.dispose]();
    this.#whole?.[Symbol.dispose]();
  }
}
