import type { Reading, Readings } from "./reading.ts";
import { has, type Slice, slicesOf, subsetsOf } from "./slices.ts";
import {
  isAboutPeople,
  isBelieved,
  isSuspected,
  LEAST_AGREEING,
  leastWithheld,
  type Source,
  sumOf,
  type Suspicion,
  type Term,
} from "./source.ts";

/** What rows of a table, or those of one of its codes, add up to where nothing is withheld. */
interface Sums {
  readonly slice: Slice;
  readonly places: Int32Array;
  /** Whether anything is withheld. */
  readonly isOpen: boolean;
  /** The places of lines that are shown whole, and their sums by measure. */
  readonly shown: Int32Array;
  readonly totals: readonly Float64Array[];
}

interface Column {
  readonly sums: Sums;
  readonly at: number;
}

interface Pair {
  readonly whole: Column;
  readonly parts: Column;
}

/**
 * Every two columns of two tables that a stranger suspects to tell the same,
 * of which one withholds what the other shows: by all dimensions that both
 * have, by fewer, or of one code of one more.
 */
export function* equalSums(
  sources: readonly Source[],
  readings: Readings,
): Generator<Suspicion> {
  const slices = sources.filter(isAboutPeople).flatMap(slicesOf);
  for (const { period, kept } of kindsOf(slices)) {
    const alike = slices.filter((one) =>
      one.source.table.period === period && has(one, kept)
    );
    const places = readings.placesOf(
      [...new Set(alike.map(({ source }) => source))].map(({ reading }) => ({
        reading,
        names: [period, ...kept],
      })),
    );
    const adder = new Adder(places);
    const own = alike.filter(({ source }) => source.isOwn)
      .map((slice) => adder.sumsOf(slice));
    const byFigure = new FiguresOf(own);
    for (const sums of own) {
      for (const pair of byFigure.pairsWith(sums)) yield* linesOf(pair);
    }
    for (const slice of alike) {
      if (slice.source.isOwn) continue;
      const sums = adder.sumsOf(slice);
      for (const { whole, parts } of byFigure.pairsWith(sums)) {
        yield* linesOf({ whole, parts });
        yield* linesOf({ whole: parts, parts: whole });
      }
    }
  }
}

/** What the dataset's own tables can be compared by. */
function kindsOf(slices: readonly Slice[]) {
  return new Map(
    slices.filter(({ source }) => source.isOwn).flatMap(
      ({ source: { table }, dimensions }) =>
        subsetsOf(dimensions).map((kept) =>
          [
            [table.period, ...kept].join(),
            { period: table.period, kept },
          ] as const
        ),
    ),
  ).values();
}

/** Adds up rows by their places. */
class Adder {
  readonly #places: ReadonlyMap<Reading, Int32Array>;
  /** 1 for a place that a slice has, 2 where something is withheld. */
  readonly #state: Uint8Array;
  readonly #sums: Float64Array[] = [];

  constructor(places: ReadonlyMap<Reading, Int32Array>) {
    this.#places = places;
    let most = -1;
    for (const one of places.values()) {
      for (const place of one) most = Math.max(most, place);
    }
    this.#state = new Uint8Array(most + 1);
  }

  sumsOf(slice: Slice): Sums {
    const { source: { reading }, rows } = slice;
    const places = this.#places.get(reading) ?? new Int32Array();
    const state = this.#state;
    const sums = reading.figures.map((_, at) =>
      this.#sums[at] ??= new Float64Array(state.length)
    );
    const touched: number[] = [];
    for (const index of rows) {
      const place = places[index] ?? 0;
      if (state[place] === 0) {
        state[place] = 1;
        touched.push(place);
        for (const column of sums) column[place] = 0;
      }
      if (reading.hidden[index] === 1) state[place] = 2;
      else {
        for (let at = 0; at < sums.length; at++) {
          const column = sums[at];
          if (column === undefined) continue;
          column[place] = (column[place] ?? 0) +
            (reading.figures[at]?.[index] ?? NaN);
        }
      }
    }
    const shown = touched.filter((place) => state[place] === 1);
    for (const place of touched) state[place] = 0;
    return {
      slice,
      places,
      isOpen: shown.length < touched.length,
      shown: Int32Array.from(shown),
      totals: sums.map((column) =>
        Float64Array.from(shown, (place) => column[place] ?? NaN)
      ),
    };
  }
}

const isFigure = (total: number) => total !== 0 && Number.isInteger(total);

/** The dataset's columns by what they say where. */
class FiguresOf {
  readonly #columns: readonly Column[];
  readonly #byPlace = new Map<number, Map<number, number[]>>();

  constructor(all: readonly Sums[]) {
    this.#columns = all.flatMap((sums) =>
      sums.totals.map((_, at): Column => ({ sums, at }))
    );
    this.#columns.forEach(({ sums, at }, number) => {
      sums.totals[at]?.forEach((total, i) => {
        if (!isFigure(total)) return;
        const place = sums.shown[i] ?? -1;
        const here = this.#byPlace.get(place) ?? new Map<number, number[]>();
        this.#byPlace.set(place, here);
        const same = here.get(total);
        if (same === undefined) here.set(total, [number]);
        else same.push(number);
      });
    });
  }

  /** Every column of the dataset that agrees with one of some sums often enough. */
  *pairsWith(sums: Sums): Generator<Pair> {
    const met = new Uint16Array(this.#columns.length);
    for (const at of sums.totals.keys()) {
      const touched: number[] = [];
      sums.totals[at]?.forEach((total, i) => {
        if (!isFigure(total)) return;
        const here = this.#byPlace.get(sums.shown[i] ?? -1)?.get(total) ?? [];
        for (const number of here) {
          if (met[number] === 0) touched.push(number);
          met[number] = (met[number] ?? 0) + 1;
        }
      });
      for (const number of touched) {
        const times = met[number] ?? 0;
        met[number] = 0;
        const parts = this.#columns[number];
        if (parts === undefined || times < LEAST_AGREEING) continue;
        if (parts.sums.slice.source === sums.slice.source) continue;
        yield { whole: { sums, at }, parts };
      }
    }
  }
}

/** The lines of a pair that is suspected, of which something is withheld. */
function* linesOf(pair: Pair): Generator<Suspicion> {
  const { whole, parts } = pair;
  if (!parts.sums.isOpen) return;
  const above = totalsOf(whole);
  const own = totalsOf(parts);
  const seen = agreeing(above, own);
  if (seen === undefined || !isSuspected(seen)) return;
  // A total and its breakdown are protected as such, but for what others tell.
  const isProtected = isDeclared(pair);
  const { source } = parts.sums.slice;
  if (isProtected && source.known.size === 0) return;
  const lines = linesIn(parts);
  const open = [...lines].filter(([place]) => !own.has(place));
  const isStrong = isBelieved(seen, 0) && isBorneOut(above, open, seen);
  const wholes = linesIn(whole);
  for (const [place, line] of open) {
    const known = wholes.get(place);
    if (known === undefined) continue;
    if (isProtected && !line.rows.some((row) => source.known.has(row))) {
      continue;
    }
    yield { parts: line, known: [known], isStrong };
  }
}

function totalsOf({ sums: { shown, totals }, at }: Column) {
  const column = totals[at];
  return new Map([...shown].map((place, i) => [place, column?.[i] ?? NaN]));
}

function linesIn({ sums: { slice, places }, at }: Column): Map<number, Term> {
  const lines = new Map<number, Term & { rows: number[] }>();
  for (const index of slice.rows) {
    const place = places[index] ?? -1;
    const line = lines.get(place);
    if (line !== undefined) line.rows.push(index);
    else lines.set(place, { source: slice.source, at, rows: [index] });
  }
  return lines;
}

/** Sums that both show, none where they differ anywhere. */
function agreeing(
  above: ReadonlyMap<number, number>,
  own: ReadonlyMap<number, number>,
): number[] | undefined {
  const seen: number[] = [];
  for (const [place, sum] of own) {
    const total = above.get(place);
    if (total === undefined || !isFigure(total)) continue;
    if (sum !== total) return undefined;
    seen.push(total);
  }
  return seen;
}

function isBorneOut(
  above: ReadonlyMap<number, number>,
  lines: readonly (readonly [place: number, line: Term])[],
  seen: readonly number[],
): boolean {
  let open = 0;
  for (const [place, line] of lines) {
    const total = above.get(place);
    if (total === undefined || total === 0) continue;
    open += 1;
    if (total - sumOf(line) < leastWithheld(line)) return false;
  }
  return isBelieved(seen, open);
}

/** Whether a table adds up to the other, and the measures are the same. */
function isDeclared({ whole, parts }: Pair): boolean {
  const [above, own] = [whole, parts].map(({ sums: { slice } }) => slice);
  if (above === undefined || own === undefined) return false;
  const { disclosure, measures } = own.source.table;
  const isWhole = ({ rows, source }: Slice) =>
    rows.length === source.rows.length;
  return "total" in disclosure && disclosure.total !== undefined &&
    disclosure.total.at === undefined &&
    own.source.isOwn && above.source.isOwn && isWhole(own) && isWhole(above) &&
    above.source.id === disclosure.total.table &&
    measures[parts.at] === above.source.table.measures[whole.at];
}
