import { type Cell, people } from "./cell.ts";

/** One period of a running total broken down by area or group. */
export interface StockPeriod {
  readonly cells: readonly Cell[];
  /** Cells that are withheld for another reason. */
  readonly already?: readonly boolean[];
  /** Whether the sum of the cells is public in this period. */
  readonly totalShown: boolean;
  /** What an earlier release fixed, cell by cell; absent for a new period. */
  readonly frozen?: readonly (number | undefined)[];
}

/**
 * The cells over time: what each holds, what is shown, and how far a withheld
 * figure could differ without any published figure changing.
 */
export class Timeline {
  /** Increases so far, by period (shifted by one) and cell. */
  readonly #grown: number[][] = [];
  readonly #values: number[][] = [];
  readonly #shown: boolean[][] = [];
  readonly #allowances: (readonly number[] | undefined)[] = [];
  readonly #width: number;

  constructor(width: number) {
    this.#width = width;
    this.#grown.push(new Array<number>(width).fill(0));
  }

  get length(): number {
    return this.#values.length;
  }

  push(cells: readonly Cell[], frozen?: StockPeriod["frozen"]): void {
    const values = cells.map((cell, at) => frozen?.[at] ?? people(cell));
    const last = this.#values.at(-1) ?? values.map(() => 0);
    const before = this.#grown.at(-1) ?? [];
    this.#values.push(values);
    this.#shown.push(cells.map((_, at) => frozen?.[at] !== undefined));
    this.#grown.push(
      values.map((value, at) =>
        (before[at] ?? 0) + Math.max(0, value - (last[at] ?? 0))
      ),
    );
  }

  /** Shows or withholds a cell of the newest period. */
  show(cell: number, shown: boolean): void {
    const row = this.#shown.at(-1);
    if (row !== undefined) row[cell] = shown;
  }

  /** Ends the newest period. One withheld whole tells no more than its total does. */
  settle(): readonly boolean[] {
    const row = this.#shown.at(-1) ?? [];
    const newest = this.length - 1;
    this.#allowances.push(
      row.includes(true)
        ? undefined
        : row.map((_, at) => this.room(newest, at)),
    );
    return row;
  }

  /** The room a withheld figure had when its whole period was withheld; else no limit. */
  allowance(period: number, cell: number): number {
    return this.#allowances[period]?.[cell] ?? Infinity;
  }

  shown(period: number, cell: number): boolean {
    return this.#shown[period]?.[cell] ?? true;
  }

  /** The value shown last before a period; 0 at the beginning. */
  lastShown(period: number, cell: number): number {
    return this.#values[this.#start(period, cell)]?.[cell] ?? 0;
  }

  /** Increase in the periods after `from` up to and including `to`. */
  increase(cell: number, from: number, to: number): number {
    const high = this.#grown[to + 1]?.[cell] ?? 0;
    return Math.max(0, high - (this.#grown[from + 1]?.[cell] ?? 0));
  }

  #start(period: number, cell: number): number {
    let at = period - 1;
    while (at >= 0 && !this.shown(at, cell)) at -= 1;
    return at;
  }

  /** The first period after this one at which the cell is shown again. */
  #end(period: number, cell: number): number {
    let at = period + 1;
    while (at < this.length && !this.shown(at, cell)) at += 1;
    return at < this.length ? at : Infinity;
  }

  /** Increase of a withheld stretch up to `to` that could lie elsewhere: its first unit cannot. */
  #loose(cell: number, start: number, from: number, to: number): number {
    const all = this.increase(cell, from, to);
    const first = from === start && this.increase(cell, start, start + 1) > 0;
    return Math.max(0, all - (first ? 1 : 0));
  }

  /**
   * How many whole numbers a withheld figure may take at least, by exchanges
   * of newcomers with other withheld cells that leave every period's total and
   * every shown figure as they are.
   */
  room(period: number, cell: number): number {
    const start = this.#start(period, cell);
    const end = this.#end(period, cell);
    const partners = Array.from({ length: this.#width }, (_, at) => at)
      .filter((at) => at !== cell && !this.shown(period, at))
      .map((at) => {
        const until = Math.min(end, this.#end(period, at));
        const from = this.#start(period, at);
        return { at, from, until };
      });

    let up = 0;
    for (const one of partners.toSorted((a, b) => a.until - b.until)) {
      const later = this.#later(cell, period, one.until);
      const early = this.#loose(
        one.at,
        one.from,
        Math.max(start, one.from),
        period,
      );
      up += Math.min(early, later - up);
    }

    let down = 0;
    for (let month = start + 1; month <= period; month++) {
      const own = this.#loose(cell, start, month - 1, month);
      const capacity = partners.filter((one) => one.from < month)
        .reduce((sum, one) => sum + this.#later(one.at, period, one.until), 0);
      down += Math.min(own, capacity - down);
    }
    return up + down + 1;
  }

  #later(cell: number, period: number, until: number): number {
    return until === Infinity ? Infinity : this.increase(cell, period, until);
  }
}
