import { compareText } from "../query/compare_text.ts";
import type { IndexRow } from "./index_row.ts";
import type { Stretch } from "../query/narrowing.ts";
import { type Column, meetsAt, type Placed } from "./column.ts";
import { EntitySet } from "./entity_set.ts";
import type { Part } from "./part.ts";
import type { IndexTable } from "./index_path.ts";
import { LooseColumn } from "./loose_column.ts";
import { isReady, type ReadyRows, type RowBatch } from "./ready_rows.ts";
import { sealed } from "./sealed_column.ts";

const STALE_AT_LEAST = 20_000;

/** The newest rows, in memory, to be read from end to end. */
export class RecentRows implements Part {
  readonly live = new EntitySet();
  readonly #columns = new Map<number, LooseColumn>();
  /** Which rows of an entity are its newest; 0 for one that is gone. */
  readonly #stamps = new Map<number, number>();
  readonly #names = new Map<number, { stamp: number; set: EntitySet }>();
  /** The columns of the batch that came last. */
  #batch: { of: RowBatch; columns: (LooseColumn | undefined)[] } | undefined;
  #stamp = 0;
  #rows = 0;
  #rowsOf = new Map<number, number>();
  #liveRows = 0;

  /** How many entities it has rows of, or knows to be gone. */
  get size(): number {
    return this.#stamps.size;
  }

  knows(pk: number): boolean {
    return this.#stamps.has(pk);
  }

  /** Every entity it knows, also those that are gone, in order. */
  get known(): Uint32Array {
    return Uint32Array.from(this.#stamps.keys()).sort();
  }

  isGone(pk: number): boolean {
    return this.#stamps.get(pk) === 0;
  }

  /** Takes an entity's rows in place of those it has; paths have numbers. */
  put(
    pk: number,
    rows: readonly IndexRow[] | ReadyRows,
    numberOf: (path: string) => number | undefined,
  ): void {
    const ready = isReady(rows);
    const count = ready ? rows.to - rows.from : rows.length;
    this.#forget(pk);
    this.#stamp += 1;
    this.#stamps.set(pk, this.#stamp);
    this.#rowsOf.set(pk, count);
    this.#rows += count;
    this.#liveRows += count;
    this.live.add(pk);
    if (ready) this.#addReady(pk, rows, numberOf);
    else {
      for (const { path, table, value, bounds } of rows) {
        this.#column(numberOf(path), table)
          ?.add(pk, this.#stamp, value, bounds);
      }
    }
    const stale = this.#rows - this.#liveRows;
    if (stale > STALE_AT_LEAST && stale > this.#liveRows) this.#tidy();
  }

  #addReady(
    pk: number,
    { batch, from, to }: ReadyRows,
    numberOf: (path: string) => number | undefined,
  ): void {
    if (this.#batch?.of !== batch) {
      const columns = batch.paths.map((path, i) =>
        this.#column(numberOf(path), batch.tables[i] ?? "name")
      );
      this.#batch = { of: batch, columns };
    }
    const { columns } = this.#batch;
    const { path, value, texts, bounds, box } = batch;
    for (let i = from; i < to; i++) {
      const column = columns[path[i] ?? 0];
      const number = value[i] ?? 0;
      if (column?.table === "text") {
        column.add(pk, this.#stamp, texts[number] ?? "", undefined);
      } else if (column?.table === "box") {
        column.add(pk, this.#stamp, number, bounds, 4 * (box[i] ?? 0));
      } else column?.add(pk, this.#stamp, number, undefined);
    }
  }

  #column(
    path: number | undefined,
    table: IndexTable,
  ): LooseColumn | undefined {
    if (path === undefined) return undefined;
    let column = this.#columns.get(path);
    if (column === undefined) {
      this.#columns.set(path, column = new LooseColumn(table));
    }
    return column;
  }

  remove(pk: number): void {
    this.#forget(pk);
    this.#stamps.set(pk, 0);
    this.live.delete(pk);
  }

  count(path: number, over: Stretch): number {
    if (over.table === "name") {
      return this.#columns.get(path)?.length ?? 0;
    }
    const found = new EntitySet();
    this.add(path, over, found);
    return found.size;
  }

  add(path: number, over: Stretch, into: EntitySet): void {
    const column = this.#columns.get(path);
    if (column === undefined) return;
    if (over.table === "name") {
      return into.addBoth(this.#named(path, column), this.live);
    }
    const { pks, stamps, length } = column;
    const holds = testOf(column, over);
    for (let i = 0; i < length; i++) {
      const pk = pks[i] ?? 0;
      if (holds(i) && this.#isLive(pk, stamps[i])) into.add(pk);
    }
  }

  /** The entities whose newest rows have a name, kept until the next row. */
  #named(path: number, { pks, stamps, length }: LooseColumn): EntitySet {
    const known = this.#names.get(path);
    if (known?.stamp === this.#stamp) return known.set;
    const set = new EntitySet();
    for (let i = 0; i < length; i++) {
      const pk = pks[i] ?? 0;
      if (this.#isNewest(pk, stamps[i])) set.add(pk);
    }
    this.#names.set(path, { stamp: this.#stamp, set });
    return set;
  }

  placed(path: number, over: Stretch): Placed[] {
    const found: Placed[] = [];
    const column = this.#columns.get(path);
    if (column === undefined || over.table !== "box") return found;
    const { pks, stamps, bounds, length } = column;
    const [first, ...more] = over.boxes;
    if (first === undefined) return found;
    const onlyOne = more.length === 0;
    for (let i = 0; i < length; i++) {
      const meets = onlyOne
        ? meetsAt(bounds, i, first)
        : over.boxes.some((box) => meetsAt(bounds, i, box));
      if (meets && this.#isLive(pks[i] ?? 0, stamps[i])) {
        found.push(placedAt(column, i));
      }
    }
    return found;
  }

  /** What is live, one path after the other, in order. */
  *sealed(): Generator<readonly [path: number, column: Column]> {
    for (const [path, column] of this.#columns) {
      const left = this.#newestOf(column);
      if (left.length > 0) yield [path, sealed(left)];
    }
  }

  #newestOf(column: LooseColumn): LooseColumn {
    if (this.#rows === this.#liveRows) return column;
    const { pks, stamps } = column;
    return column.kept((i) => this.#isNewest(pks[i] ?? 0, stamps[i]));
  }

  #isLive(pk: number, stamp: number | undefined): boolean {
    return this.#isNewest(pk, stamp) && this.live.has(pk);
  }

  #isNewest(pk: number, stamp: number | undefined): boolean {
    return this.#stamps.get(pk) === stamp;
  }

  #forget(pk: number): void {
    this.#liveRows -= this.#rowsOf.get(pk) ?? 0;
    this.#rowsOf.delete(pk);
  }

  #tidy(): void {
    for (const [path, column] of this.#columns) {
      const left = this.#newestOf(column);
      if (left.length === 0) this.#columns.delete(path);
      else this.#columns.set(path, left);
    }
    this.#rows = this.#liveRows;
    this.#batch = undefined;
  }
}

function placedAt({ pks, bounds }: LooseColumn, i: number): Placed {
  return {
    pk: pks[i] ?? 0,
    west: bounds[4 * i] ?? 0,
    south: bounds[4 * i + 1] ?? 0,
    east: bounds[4 * i + 2] ?? 0,
    north: bounds[4 * i + 3] ?? 0,
  };
}

/** Whether the row at a place lies in a stretch. */
function testOf(column: LooseColumn, over: Stretch): (i: number) => boolean {
  if (over.table === "name") return () => true;
  if (over.table === "box") {
    const { bounds } = column;
    return (i) => over.boxes.some((box) => meetsAt(bounds, i, box));
  }
  const { from, to } = over.bounds;
  const { numbers, texts } = column;
  if (from !== undefined && from.value === to?.value) {
    if (over.table === "text") return (i) => texts[i] === from.value;
    const only = Number(from.value);
    return (i) => numbers[i] === only;
  }
  const order = over.table === "number"
    ? (i: number, wanted: number | string) => (numbers[i] ?? 0) - Number(wanted)
    : (i: number, wanted: number | string) =>
      compareText(texts[i] ?? "", String(wanted));
  return (i) => {
    if (from !== undefined) {
      const at = order(i, from.value);
      if (from.open ? at <= 0 : at < 0) return false;
    }
    if (to === undefined) return true;
    const at = order(i, to.value);
    return to.open ? at < 0 : at <= 0;
  };
}
