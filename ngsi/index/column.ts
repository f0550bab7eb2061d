import { compareText } from "../query/compare_text.ts";
import type { Stretch } from "../query/narrowing.ts";
import type { Box } from "../geo/box.ts";
import { cellRanges } from "../geo/cell.ts";
import type { EntitySet } from "./entity_set.ts";

/**
 * The rows of one path in the order of their keys: numbers, texts (each with
 * the rows that begin at `starts`), or cells with the bounds of geometries, four
 * numbers each. A name has no keys.
 */
export type Column =
  | { readonly table: "name"; readonly pks: Uint32Array }
  | {
    readonly table: "number";
    readonly pks: Uint32Array;
    readonly keys: Float64Array;
  }
  | {
    readonly table: "text";
    readonly pks: Uint32Array;
    readonly keys: readonly string[];
    readonly starts: Uint32Array;
  }
  | {
    readonly table: "box";
    readonly pks: Uint32Array;
    readonly keys: Float64Array;
    readonly bounds: Float64Array;
  };

/** Where a geometry that an entity has lies, in degrees. */
export interface Placed {
  readonly pk: number;
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** Rows of a stretch, a few more for boxes. */
export function countIn(column: Column, over: Stretch): number {
  return spansOf(column, over).reduce((sum, [from, to]) => sum + to - from, 0);
}

/** Adds the entities of a stretch that are among others, or all of them. */
export function addFrom(
  column: Column,
  over: Stretch,
  among: EntitySet | undefined,
  into: EntitySet,
): void {
  if (over.table === "box") {
    for (const { pk } of placedIn(column, over, among)) into.add(pk);
    return;
  }
  for (const [from, to] of spansOf(column, over)) {
    into.addSome(column.pks, from, to, among);
  }
}

/** The geometries whose bounds meet a box, of entities that are among others. */
export function placedIn(
  column: Column,
  over: Stretch,
  among?: EntitySet,
): Placed[] {
  const found: Placed[] = [];
  if (column.table !== "box" || over.table !== "box") return found;
  const { pks, bounds } = column;
  for (const [from, to] of spansOf(column, over)) {
    for (let i = from; i < to; i++) {
      const pk = pks[i] ?? 0;
      if (!over.boxes.some((box) => meetsAt(bounds, i, box))) continue;
      if (among !== undefined && !among.has(pk)) continue;
      found.push({
        pk,
        west: bounds[4 * i] ?? 0,
        south: bounds[4 * i + 1] ?? 0,
        east: bounds[4 * i + 2] ?? 0,
        north: bounds[4 * i + 3] ?? 0,
      });
    }
  }
  return found;
}

/** Whether the bounds at a place in a list of four numbers each meet a box. */
export function meetsAt(
  bounds: ArrayLike<number>,
  i: number,
  { west, south, east, north }: Box,
): boolean {
  return (bounds[4 * i] ?? 0) <= east && west <= (bounds[4 * i + 2] ?? 0) &&
    (bounds[4 * i + 1] ?? 0) <= north && south <= (bounds[4 * i + 3] ?? 0);
}

type Span = readonly [from: number, to: number];

function spansOf(column: Column, over: Stretch): readonly Span[] {
  const { pks } = column;
  if (over.table === "name") return [[0, pks.length]];
  if (column.table === "box" && over.table === "box") {
    const { keys } = column;
    return over.boxes.flatMap(cellRanges).map(([first, last]) => [
      firstWhere(keys.length, (i) => (keys[i] ?? 0) >= first),
      firstWhere(keys.length, (i) => (keys[i] ?? 0) > last),
    ]);
  }
  if (
    over.table === "box" || column.table === "name" || column.table === "box"
  ) {
    return [];
  }
  const order = column.table === "number"
    ? byNumber(column.keys)
    : byText(column.keys);
  const { from, to } = over.bounds;
  const end = column.keys.length;
  const low = from === undefined ? 0 : firstWhere(end, (i) => {
    const at = order(i, from.value);
    return from.open ? at > 0 : at >= 0;
  });
  const high = to === undefined ? end : firstWhere(end, (i) => {
    const at = order(i, to.value);
    return to.open ? at >= 0 : at > 0;
  });
  if (high <= low) return [];
  if (column.table === "number") return [[low, high]];
  return [[column.starts[low] ?? 0, column.starts[high] ?? pks.length]];
}

type Order = (i: number, wanted: number | string) => number;

function byNumber(keys: Float64Array): Order {
  return (i, wanted) => (keys[i] ?? 0) - Number(wanted);
}

function byText(keys: readonly string[]): Order {
  return (i, wanted) => compareText(keys[i] ?? "", String(wanted));
}

/** The first of so many places where a condition holds that goes on to hold. */
export function firstWhere(
  end: number,
  holds: (i: number) => boolean,
): number {
  let low = 0;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
