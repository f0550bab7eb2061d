import { compareText } from "../query/compare_text.ts";
import type { Column } from "./column.ts";
import { EntitySet } from "./entity_set.ts";
import { mergeRuns, type Run } from "./merge_runs.ts";

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
  const { keys, rows } = yield* mergeRuns(runsOf(sources));
  return { table: "number", keys, pks: pksOf(sources, rows) };
}

function* mergeBoxes(sources: readonly Source[]): Generator<void, Column> {
  const { keys, rows } = yield* mergeRuns(runsOf(sources));
  const all = new Float64Array(4 * totalRows(sources));
  let end = 0;
  for (const { column } of sources) {
    if (column.table === "box") all.set(column.bounds, 4 * end);
    end += column.pks.length;
  }
  const bounds = new Float64Array(4 * rows.length);
  for (let i = 0; i < rows.length; i++) {
    const from = 4 * (rows[i] ?? 0);
    for (let side = 0; side < 4; side++) {
      bounds[4 * i + side] = all[from + side] ?? 0;
    }
  }
  return { table: "box", keys, pks: pksOf(sources, rows), bounds };
}

/** The live rows of each source, counted through from one source to the next. */
function runsOf(sources: readonly Source[]): Run[] {
  let before = 0;
  return sources.map(({ column, live }) => {
    const { pks } = column;
    const keys = new Float64Array(pks.length);
    const rows = new Uint32Array(pks.length);
    const own = "starts" in column || column.table === "name"
      ? keys
      : column.keys;
    let end = 0;
    for (let i = 0; i < pks.length; i++) {
      if (!live.has(pks[i] ?? 0)) continue;
      keys[end] = own[i] ?? 0;
      rows[end] = before + i;
      end += 1;
    }
    before += pks.length;
    return { keys: keys.subarray(0, end), rows: rows.subarray(0, end) };
  });
}

function pksOf(sources: readonly Source[], rows: Uint32Array): Uint32Array {
  const all = new Uint32Array(totalRows(sources));
  let end = 0;
  for (const { column: { pks } } of sources) {
    all.set(pks, end);
    end += pks.length;
  }
  return rows.map((row) => all[row] ?? 0);
}

function* mergeTexts(sources: readonly Source[]): Generator<void, Column> {
  const keys: string[] = [];
  const starts: number[] = [];
  const pks = new Uint32Array(totalRows(sources));
  let end = 0;
  let steps = 0;
  for (const heads of smallestFirst(sources)) {
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

/** Where the smallest text stands, again and again until all is read. */
function* smallestFirst(
  sources: readonly Source[],
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
      const order = first === undefined ? 0 : compareText(
        textAt(head.source.column, head.at),
        textAt(first.source.column, first.at),
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

function textAt(column: Column, at: number): string {
  return column.table === "text" ? column.keys[at] ?? "" : "";
}
