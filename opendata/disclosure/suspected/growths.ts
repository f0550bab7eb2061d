import { lastDay } from "../../last_day.ts";
import type { Reading, Readings } from "./reading.ts";
import { has, type Slice, slicesOf, subsetsOf } from "./slices.ts";
import {
  hiddenOf,
  isBelieved,
  isSuspected,
  leastWithheld,
  type Source,
  sumOf,
  type Suspicion,
  type Term,
} from "./source.ts";

/** Lines that must bear out that a running total began with the months it counts. */
const BEGINNINGS = 3;

/** Rows of a table, or of one of its codes, by the codes that are kept and the month. */
interface Series {
  readonly source: Source;
  readonly lines: ReadonlyMap<number, ReadonlyMap<number, readonly number[]>>;
  /** Of which the table speaks. */
  readonly months: ReadonlySet<number>;
}

/** A column of running totals and one of what happened in a month. */
interface Pair {
  readonly total: Series;
  readonly from: number;
  readonly flow: Series;
  readonly at: number;
}

/** From one shown point of a running total to the next, and what is withheld between. */
interface Stretch {
  readonly place: number;
  /** Absent at the beginning. */
  readonly before?: Point;
  readonly between: readonly Point[];
  /** Absent at the end. */
  readonly after?: Point;
}

interface Point {
  readonly month: number;
  readonly rows: readonly number[];
}

/**
 * Running totals and what months count, where a stranger suspects that the
 * totals grow by it: from one shown point to the next the months between add up
 * to the growth, and a shown point with the months since tells the points after.
 */
export function* growths(
  sources: readonly Source[],
  readings: Readings,
): Generator<Suspicion> {
  const ofRule = (kind: string) =>
    sources.filter(({ table }) => table.disclosure.kind === kind)
      .flatMap(slicesOf);
  const totals = ofRule("stock");
  if (totals.length === 0) return;
  const flows = ofRule("flow").filter(({ source }) =>
    source.table.period === "month"
  );
  const kinds = new Map(
    totals.flatMap(({ dimensions }) => subsetsOf(dimensions))
      .map((kept) => [kept.join(), kept]),
  );
  for (const kept of kinds.values()) {
    const ofTotals = totals.filter((one) => has(one, kept));
    const isOwn = ofTotals.some(({ source }) => source.isOwn);
    const ofFlows = flows.filter((one) =>
      has(one, kept) && (isOwn || one.source.isOwn)
    );
    const places = readings.placesOf(
      [...new Set([...ofTotals, ...ofFlows].map(({ source }) => source))]
        .map(({ reading }) => ({ reading, names: kept })),
    );
    const growing = ofTotals.map((one) => seriesOf(one, places));
    for (const flow of ofFlows) {
      const counted = seriesOf(flow, places);
      for (const total of growing) {
        for (const pair of pairsOf(total, counted)) yield* suspicionsOf(pair);
      }
    }
  }
}

function seriesOf(
  { source, rows }: Slice,
  numbers: ReadonlyMap<Reading, Int32Array>,
): Series {
  const places = numbers.get(source.reading);
  const lines = new Map<number, Map<number, number[]>>();
  const months = new Set<number>();
  for (const index of rows) {
    const month = monthOf(String(source.rows[index]?.[source.table.period]));
    if (month === undefined) continue;
    months.add(month);
    const place = places?.[index] ?? -1;
    const line = lines.get(place) ?? new Map<number, number[]>();
    lines.set(place, line);
    const known = line.get(month);
    if (known === undefined) line.set(month, [index]);
    else known.push(index);
  }
  return { source, lines, months };
}

/** The number of a month or of the one that a day ends. */
function monthOf(period: string): number | undefined {
  const month = period.slice(0, 7);
  if (period !== month && period !== lastDay(month)) return undefined;
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
}

function* pairsOf(total: Series, flow: Series): Generator<Pair> {
  if (!total.source.isOwn && !flow.source.isOwn) return;
  for (const from of total.source.table.measures.keys()) {
    for (const at of flow.source.table.measures.keys()) {
      yield { total, from, flow, at };
    }
  }
}

function* suspicionsOf(pair: Pair): Generator<Suspicion> {
  const seen: number[] = [];
  const beginnings: number[] = [];
  let isBeginning = true;
  let open = 0;
  let isPossible = true;
  for (const stretch of stretchesOf(pair)) {
    const told = growthTold(pair, stretch);
    if (told === undefined) continue;
    const { line, grown } = told;
    const left = grown - sumOf(line);
    const isShown = hiddenOf(line).length === 0;
    // What only the gate takes for known contradicts nobody's suspicion.
    if (isShown && !isPublic(pair, stretch, line)) continue;
    if (stretch.before === undefined) {
      if (!isShown) continue;
      if (left !== 0) isBeginning = false;
      else if (grown > 0) beginnings.push(grown);
    } else if (isShown) {
      if (left !== 0) return;
      if (grown > 0) seen.push(grown);
    } else {
      open += 1;
      if (left < leastWithheld(line)) isPossible = false;
    }
  }
  if (!isSuspected(seen)) return;
  const isStrong = isPossible && isBelieved(seen, open);
  const isBegun = isBeginning && beginnings.length >= BEGINNINGS;
  // Points that are withheld for what months tell are then looked at as such.
  for (const told of [monthsTold, pointsTold]) {
    for (const stretch of stretchesOf(pair)) {
      if (stretch.before === undefined && !isBegun) continue;
      for (const one of told(pair, stretch)) yield { ...one, isStrong };
    }
  }
}

function isPublic(
  { total }: Pair,
  { before, after }: Stretch,
  line: Term,
): boolean {
  const all = ({ rows }: Source, some: readonly number[] = []) =>
    some.every((index) => rows[index]?.status === "published");
  return all(line.source, line.rows) && all(total.source, before?.rows) &&
    all(total.source, after?.rows);
}

/** The growth over a stretch and the rows of the months between, where both are there. */
function growthTold(
  pair: Pair,
  { place, before, after }: Stretch,
): { line: Term; grown: number } | undefined {
  if (after === undefined) return undefined;
  const line = monthsOf(pair, place, before, after);
  if (line === undefined) return undefined;
  const grown = sumOf(pointOf(pair, after)) -
    (before === undefined ? 0 : sumOf(pointOf(pair, before)));
  return Number.isInteger(grown) ? { line, grown } : undefined;
}

type Told = Omit<Suspicion, "isStrong">;

const less = (term: Term) => ({ ...term, isLess: true });

/** Two points tell what the months between add up to. */
function* monthsTold(
  pair: Pair,
  { place, before, after }: Stretch,
): Generator<Told> {
  if (after === undefined) return;
  // Months that are not out yet count somebody or nobody.
  const month = Math.min(after.month, Math.max(...pair.flow.months));
  const parts = monthsOf(pair, place, before, { ...after, month });
  if (parts === undefined || hiddenOf(parts).length === 0) return;
  const since = before === undefined ? [] : [less(pointOf(pair, before))];
  const isOpen = month < after.month;
  yield { parts, isOpen, known: [pointOf(pair, after), ...since] };
}

/** A point and the months since, or up to it, tell the points between. */
function* pointsTold(
  pair: Pair,
  { place, before, between, after }: Stretch,
): Generator<Told> {
  const since = before === undefined ? [] : [pointOf(pair, before)];
  for (const point of between) {
    const parts = pointOf(pair, point);
    const until = monthsOf(pair, place, before, point);
    if (until !== undefined) yield { parts, known: [until, ...since] };
    if (after === undefined) continue;
    const rest = monthsOf(pair, place, point, after);
    if (rest === undefined) continue;
    yield { parts, known: [less(rest), pointOf(pair, after)] };
  }
}

const pointOf = ({ total, from }: Pair, { rows }: Point): Term => ({
  source: total.source,
  at: from,
  rows,
});

/** Rows of the months after one point up to another; none where months are missing. */
function monthsOf(
  { flow, at }: Pair,
  place: number,
  before: Point | undefined,
  { month: last }: Point,
): Term | undefined {
  const line = flow.lines.get(place);
  if (line === undefined) return undefined;
  const first = before === undefined
    ? Math.min(...flow.months)
    : before.month + 1;
  const rows: number[] = [];
  if (first > last) return undefined;
  for (let month = first; month <= last; month++) {
    if (!flow.months.has(month)) return undefined;
    rows.push(...line.get(month) ?? []);
  }
  return { source: flow.source, at, rows };
}

function* stretchesOf(pair: Pair): Generator<Stretch> {
  const { total, flow } = pair;
  for (const [place, line] of total.lines) {
    if (!flow.lines.has(place)) continue;
    let before: Point | undefined;
    let between: readonly Point[] = [];
    for (const month of [...line.keys()].sort((a, b) => a - b)) {
      const point = { month, rows: line.get(month) ?? [] };
      const isHidden = () => hiddenOf(pointOf(pair, point)).length > 0;
      if (!isHidden()) {
        yield { place, ...(before && { before }), between, after: point };
      }
      // Whoever was told of the stretch may have withheld its end.
      if (isHidden()) between = [...between, point];
      else {
        before = point;
        between = [];
      }
    }
    if (between.length > 0) {
      yield { place, ...(before && { before }), between };
    }
  }
}
