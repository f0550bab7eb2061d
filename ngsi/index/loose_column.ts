import type { IndexTable } from "./index_path.ts";

const FIRST_ROOM = 64;

/**
 * The rows of one path in the order in which they came. Numbers lie side by
 * side in arrays that grow: a collector of garbage has nothing to follow there.
 */
export class LooseColumn {
  readonly table: IndexTable;
  length = 0;
  pks = new Uint32Array(FIRST_ROOM);
  /** Which rows of an entity these are. */
  stamps = new Uint32Array(FIRST_ROOM);
  /** Numbers, or the cells of geometries. */
  numbers: Float64Array;
  readonly texts: string[] = [];
  /** Four numbers each of geometries. */
  bounds: Float64Array;

  constructor(table: IndexTable) {
    this.table = table;
    const isNumber = table === "number" || table === "box";
    this.numbers = new Float64Array(isNumber ? FIRST_ROOM : 0);
    this.bounds = new Float64Array(table === "box" ? 4 * FIRST_ROOM : 0);
  }

  /** The bounds of a geometry are four numbers from `from` on. */
  add(
    pk: number,
    stamp: number,
    value: number | string,
    bounds: ArrayLike<number> | undefined,
    from = 0,
  ): void {
    if (this.length === this.pks.length) this.#grow();
    const at = this.length;
    this.pks[at] = pk;
    this.stamps[at] = stamp;
    if (this.table === "text") this.texts.push(value as string);
    else if (this.table !== "name") this.numbers[at] = value as number;
    for (let side = 0; bounds !== undefined && side < 4; side++) {
      this.bounds[4 * at + side] = bounds[from + side] ?? 0;
    }
    this.length = at + 1;
  }

  /** The rows that are to be kept. */
  kept(keeps: (i: number) => boolean): LooseColumn {
    const left = new LooseColumn(this.table);
    for (let i = 0; i < this.length; i++) {
      if (!keeps(i)) continue;
      if (left.length === left.pks.length) left.#grow();
      const at = left.length;
      left.pks[at] = this.pks[i] ?? 0;
      left.stamps[at] = this.stamps[i] ?? 0;
      if (this.table === "text") left.texts.push(this.texts[i] ?? "");
      else if (this.table !== "name") left.numbers[at] = this.numbers[i] ?? 0;
      if (this.table === "box") {
        left.bounds.set(this.bounds.subarray(4 * i, 4 * i + 4), 4 * at);
      }
      left.length = at + 1;
    }
    return left;
  }

  #grow(): void {
    this.pks = grown(this.pks, new Uint32Array(2 * this.pks.length));
    this.stamps = grown(this.stamps, new Uint32Array(2 * this.stamps.length));
    this.numbers = grown(
      this.numbers,
      new Float64Array(2 * this.numbers.length),
    );
    this.bounds = grown(this.bounds, new Float64Array(2 * this.bounds.length));
  }
}

function grown<A extends Uint32Array | Float64Array>(from: A, into: A): A {
  into.set(from);
  return into;
}
