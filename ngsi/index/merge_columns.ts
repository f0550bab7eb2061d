import { compareText } from "../query/compare_text.ts";
import type { Column } from "./column.ts";
import { EntitySet } from "./entity_set.ts";

/** A column of a segment and the entities of which the segment has the newest rows. */
export interface Source {
  readonly column: Column;
  readonly live: EntitySet;
}

const A_WHILE = 4096;

/** One column out of several of the same path; it yields now and then, so that others get a turn. */
export function* mergeColumns(
  sources: readonly Source[],
): Generator<void, Column> {
  switch (sources[0]?.column.table) {
    case "number":
      return yield* mergeNumbers(sources);
    case "text":
      return yield* mergeTexts(sources);
    case "box":
      return yield* mergeBoxes(sources);
    default:
      return { table: "name", pks: mergeNames(sources) };
  }
}

/** Entities of all sources, in order. */
function mergeNames(sources: readonly Source[]): Uint32Array {
  const all = new EntitySet();
  for (const { column: { pks }, live } of sources) {
    all.addSome(pks, 0, pks.length, live);
  }
  return Uint32Array.from(all.slice(Infinity));
}

function* mergeNumbers(sources: readonly Source[]): Generator<void, Column> {
  const rows = totalRows(sources);
  const keys = new Float64Array(rows);
  const pks = new Uint32Array(rows);
  let end = 0;
  let steps = 0;
  for (const heads of smallestFirst(sources, numberAt, compareNumbers)) {
    for (const { source: { column, live }, at } of heads) {
      const pk = column.pks[at] ?? 0;
      if (!live.has(pk)) continue;
      keys[end] = column.table === "number" ? column.keys[at] ?? 0 : 0;
      pks[end] = pk;
      end += 1;
    }
    if (++steps % A_WHILE === 0) yield;
  }
  return { table: "number", keys: keys.slice(0, end), pks: pks.slice(0, end) };
}

function* mergeBoxes(sources: readonly Source[]): Generator<void, Column> {
  const rows = totalRows(sources);
  const keys = new Float64Array(rows);
  const pks = new Uint32Array(rows);
  const bounds = new Float64Array(4 * rows);
  let end = 0;
  let steps = 0;
  for (const heads of smallestFirst(sources, numberAt, compareNumbers)) {
    for (const { source: { column, live }, at } of heads) {
      const pk = column.pks[at] ?? 0;
      if (column.table !== "box" || !live.has(pk)) continue;
      keys[end] = column.keys[at] ?? 0;
      pks[end] = pk;
      bounds.set(column.bounds.subarray(4 * at, 4 * at + 4), 4 * end);
      end += 1;
    }
    if (++steps % A_WHILE === 0) yield;
  }
  return {
    table: "box",
    keys: keys.slice(0, end),
    pks: pks.slice(0, end),
    bounds: bounds.slice(0, 4 * end),
  };
}

function* mergeTexts(sources: readonly Source[]): Generator<void, Column> {
  const keys: string[] = [];
  const starts: number[] = [];
  const pks = new Uint32Array(totalRows(sources));
  let end = 0;
  let steps = 0;
  for (const heads of smallestFirst(sources, textAt, compareText)) {
    const start = end;
    let key = "";
    for (const { source: { column, live }, at } of heads) {
      if (column.table !== "text") continue;
      key = column.keys[at] ?? "";
      const last = column.starts[at + 1] ?? column.pks.length;
      for (let i = column.starts[at] ?? 0; i < last; i++) {
        const pk = column.pks[i] ?? 0;
        if (live.has(pk)) pks[end++] = pk;
      }
    }
    if (end > start) {
      keys.push(key);
      starts.push(start);
      if (heads.length > 1) pks.subarray(start, end).sort();
    }
    if (++steps % A_WHILE === 0) yield;
  }
  return {
    table: "text",
    keys,
    starts: Uint32Array.from(starts),
    pks: pks.slice(0, end),
  };
}

interface Head {
  readonly source: Source;
  readonly end: number;
  at: number;
}

/** Where the smallest key stands, again and again until all is read. */
function* smallestFirst<K>(
  sources: readonly Source[],
  keyAt: (column: Column, at: number) => K,
  compare: (a: K, b: K) => number,
): Generator<readonly Head[]> {
  let heads: Head[] = sources.map((source) => ({
    source,
    end: keyCount(source.column),
    at: 0,
  }));
  const equal: Head[] = [];
  while (true) {
    equal.length = 0;
    let ended = false;
    for (const head of heads) {
      if (head.at >= head.end) {
        ended = true;
        continue;
      }
      const [first] = equal;
      const order = first === undefined ? 0 : compare(
        keyAt(head.source.column, head.at),
        keyAt(first.source.column, first.at),
      );
      if (order > 0) continue;
      if (order < 0) equal.length = 0;
      equal.push(head);
    }
    if (equal.length === 0) return;
    yield equal;
    for (const head of equal) head.at += 1;
    if (ended) heads = heads.filter(({ at, end }) => at < end);
  }
}

function keyCount(column: Column): number {
  return column.table === "text" ? column.keys.length : column.pks.length;
}

function totalRows(sources: readonly Source[]): number {
  return sources.reduce((sum, { column }) => sum + column.pks.length, 0);
}

function numberAt(column: Column, at: number): number {
  return column.table === "number" || column.table === "box"
    ? column.keys[at] ?? 0
    : 0;
}

function textAt(column: Column, at: number): string {
  return column.table === "text" ? column.keys[at] ?? "" : "";
}

function compareNumbers(a: number, b: number): number {
  return a - b;
}
