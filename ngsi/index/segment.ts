import type { Stretch } from "../query/narrowing.ts";
import {
  addFrom,
  type Column,
  countIn,
  type Placed,
  placedIn,
} from "./column.ts";
import { EntitySet } from "./entity_set.ts";
import type { Part } from "./part.ts";

/** Rows that stay as they are, kept in the store a column each; columns are in memory when they have been asked for. */
export class Segment implements Part {
  readonly id: number;
  readonly live: EntitySet;
  /** Entities that it has rows of, and those that it says are gone. */
  readonly all: Uint32Array;
  readonly gone: Uint32Array;
  /** Columns in memory; null for a path without rows. */
  readonly #columns = new Map<number, Column | null>();
  readonly #used = new Map<number, number>();
  readonly #names = new Map<number, EntitySet>();

  constructor(
    { id, live, all, gone }: {
      id: number;
      live: EntitySet;
      all: Uint32Array;
      gone: Uint32Array;
    },
  ) {
    this.id = id;
    this.live = live;
    this.all = all;
    this.gone = gone;
  }

  /** How much there is to read when it is merged. */
  get size(): number {
    return this.all.length + this.gone.length;
  }

  has(path: number): boolean {
    return this.#columns.has(path);
  }

  column(path: number): Column | undefined {
    return this.#columns.get(path) ?? undefined;
  }

  keep(path: number, column: Column | null): void {
    this.#columns.set(path, column);
  }

  count(path: number, over: Stretch): number {
    const column = this.column(path);
    return column === undefined ? 0 : countIn(column, over);
  }

  add(path: number, over: Stretch, into: EntitySet): void {
    const column = this.column(path);
    if (column === undefined) return;
    if (over.table !== "name") return addFrom(column, over, this.live, into);
    let names = this.#names.get(path);
    if (names === undefined) {
      names = new EntitySet();
      names.addSome(column.pks, 0, column.pks.length);
      this.#names.set(path, names);
    }
    into.addBoth(names, this.live);
  }

  placed(path: number, over: Stretch): Placed[] {
    const column = this.column(path);
    return column === undefined ? [] : placedIn(column, over, this.live);
  }

  /** Remembers when columns were asked for last. */
  touch(paths: Iterable<number>, at: number): void {
    for (const path of paths) this.#used.set(path, at);
  }

  /** Columns in memory with their bytes and when they were asked for. */
  *weights(): Generator<{ path: number; bytes: number; used: number }> {
    for (const [path, column] of this.#columns) {
      const used = this.#used.get(path) ?? 0;
      if (column !== null) yield { path, bytes: bytesIn(column), used };
    }
  }

  drop(path: number): void {
    this.#columns.delete(path);
    this.#names.delete(path);
  }
}

const BYTES_OF_TEXT = 64;

function bytesIn(column: Column): number {
  const bytes = column.pks.byteLength;
  switch (column.table) {
    case "name":
      return 2 * bytes;
    case "number":
      return bytes + column.keys.byteLength;
    case "text":
      return bytes + column.starts.byteLength +
        column.keys.length * BYTES_OF_TEXT;
    case "box":
      return bytes + column.keys.byteLength + column.bounds.byteLength;
  }
}
