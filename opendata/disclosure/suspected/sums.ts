import type { AnyTable } from "../../dataset.ts";
import type { ReleasedRow } from "../../released_row.ts";

/** A dimension of more codes is not looked at code by code. */
const MOST_CODES = 40;
/** A list of things has more dimensions; it adds up to nothing. */
const MOST_DIMENSIONS = 4;
/** Lines on which a suspicion has to rest, and how many of their sums differ. */
const ENOUGH = 8;
const DIFFERENT = 3;
/** A suspicion borne out so often is believed, also where it errs. */
const STRONG = 12;

/** A table as far as it is decided. Its rows are changed in place. */
export interface Source {
  /** Of a table of another dataset with the dataset's. */
  readonly id: string;
  readonly table: AnyTable;
  readonly rows: ReleasedRow[];
  /** Whether it is of the dataset that is being released. */
  readonly isOwn: boolean;
  /** Exact rows that are withheld here and stand in another dataset. */
  readonly known: Map<number, readonly number[]>;
}

/** What rows of a table, or those of one of its codes, add up to. */
export interface Sums {
  readonly source: Source;
  /** Rows by the period and the codes that are kept. */
  readonly lines: ReadonlyMap<string, readonly number[]>;
  /** Whether all rows of the table are in the lines. */
  readonly isWhole: boolean;
  /** Of lines of which nothing is withheld, by measure. */
  readonly totals: ReadonlyMap<string, readonly number[]>;
}

/** Two columns that add up to the same wherever both are shown. */
export interface Suspicion {
  readonly whole: Sums;
  readonly parts: Sums;
  /** Places of the measures. */
  readonly from: number;
  readonly at: number;
  /** Whether more lines bear it out than it would tell, and none contradicts. */
  readonly isStrong: boolean;
}

type Pair = Omit<Suspicion, "isStrong">;

/**
 * Every two columns of two tables that a stranger suspects to tell the same,
 * of which one withholds what the other shows: by all dimensions that both
 * have, by fewer, or of one code of one more.
 */
export function* suspicions(sources: readonly Source[]): Generator<Suspicion> {
  // What counts no person is no secret.
  const slices = sources.filter(isAboutPeople).flatMap(slicesOf);
  const kinds = new Map(
    slices.filter(({ source }) => source.isOwn).flatMap((
      { source, dimensions },
    ) =>
      subsetsOf(dimensions).map((kept) =>
        [
          [source.table.period, ...kept].join(),
          { period: source.table.period, kept },
        ] as const
      )
    ),
  );
  for (const { period, kept } of kinds.values()) {
    const alike = slices.filter((one) =>
      one.source.table.period === period &&
      kept.every((name) => one.dimensions.includes(name))
    ).map((one) => sumsOf(one, kept));
    for (const parts of alike) {
      if (parts.totals.size === parts.lines.size) continue;
      for (const whole of alike) {
        if (whole.source === parts.source) continue;
        if (!whole.source.isOwn && !parts.source.isOwn) continue;
        yield* between(whole, parts);
      }
    }
  }
}

function isAboutPeople({ table: { disclosure } }: Source): boolean {
  return disclosure.kind === "flow" || disclosure.kind === "stock";
}

function* between(whole: Sums, parts: Sums): Generator<Suspicion> {
  for (const from of whole.source.table.measures.keys()) {
    for (const at of parts.source.table.measures.keys()) {
      const pair = { whole, parts, from, at };
      const seen = agreeing(pair);
      if (seen === undefined) continue;
      const isSuspected = seen.length >= ENOUGH &&
        new Set(seen).size >= DIFFERENT;
      // A total and its breakdown are protected as such.
      if (isSuspected && !isDeclared(pair)) {
        yield { ...pair, isStrong: isStrong(pair, seen.length) };
      }
    }
  }
}

/** Sums that both show, none where they differ anywhere. */
function agreeing({ whole, parts, from, at }: Pair): number[] | undefined {
  const seen: number[] = [];
  for (const [place, totals] of parts.totals) {
    const total = whole.totals.get(place)?.[from];
    if (total === undefined || !Number.isInteger(total) || total === 0) {
      continue;
    }
    if (totals[at] !== total) return undefined;
    seen.push(total);
  }
  return seen;
}

function isStrong({ whole, parts, from, at }: Pair, seen: number): boolean {
  if (seen < STRONG) return false;
  let open = 0;
  for (const [place, line] of parts.lines) {
    const total = whole.totals.get(place)?.[from];
    if (total === undefined || total === 0 || parts.totals.has(place)) continue;
    open += 1;
    const left = total - sumOf(parts.source, line, at);
    if (left < leastWithheld(parts.source, line, at)) return false;
  }
  return seen >= open;
}

/** Whether a table adds up to the other, and the measures are the same. */
function isDeclared({ whole, parts, from, at }: Pair): boolean {
  const { disclosure, measures } = parts.source.table;
  return "total" in disclosure && disclosure.total !== undefined &&
    disclosure.total.at === undefined &&
    parts.source.isOwn && whole.source.isOwn &&
    parts.isWhole && whole.isWhole &&
    whole.source.id === disclosure.total.table &&
    measures[at] === whole.source.table.measures[from];
}

interface Slice {
  readonly source: Source;
  readonly dimensions: readonly string[];
  readonly rows: readonly number[];
}

/** A table, and what it says of each code of each dimension. */
function slicesOf(source: Source): Slice[] {
  const { table: { dimensions }, rows } = source;
  if (dimensions.length > MOST_DIMENSIONS) return [];
  const all = [...rows.keys()];
  return [
    { source, dimensions, rows: all },
    ...dimensions.flatMap((name) => {
      const codes = Map.groupBy(all, (index) => rows[index]?.[name]);
      return codes.size > MOST_CODES
        ? []
        : [...codes.values()].map((some): Slice => ({
          source,
          dimensions: dimensions.filter((one) => one !== name),
          rows: some,
        }));
    }),
  ];
}

function sumsOf({ source, rows }: Slice, kept: readonly string[]): Sums {
  const { table } = source;
  const columns = [table.period, ...kept];
  const lines = Map.groupBy(
    rows,
    (index) => columns.map((name) => source.rows[index]?.[name]).join("|"),
  );
  const totals = new Map<string, number[]>();
  for (const [place, line] of lines) {
    if (line.some((index) => isWithheld(source, index))) continue;
    totals.set(place, table.measures.map((_, at) => sumOf(source, line, at)));
  }
  const isWhole = rows.length === source.rows.length;
  return { source, lines, isWhole, totals };
}

export function isWithheld({ rows, known }: Source, index: number): boolean {
  return rows[index]?.status === "withheld" && !known.has(index);
}

/** What those of some rows that are shown add up to. */
export function sumOf(
  source: Source,
  line: readonly number[],
  at: number,
): number {
  const name = source.table.measures[at] ?? "";
  let sum = 0;
  for (const index of line) {
    if (!isWithheld(source, index)) {
      const figure = source.known.get(index)?.[at] ??
        source.rows[index]?.[name];
      sum += Number(figure ?? NaN);
    }
  }
  return sum;
}

/** What is withheld of a line counts so much: zeros are shown, but of whole lines. */
export function leastWithheld(
  source: Source,
  line: readonly number[],
  at: number,
): number {
  const hidden = line.filter((index) => isWithheld(source, index)).length;
  const zeros = shownZeros.get(source) ??
    source.table.measures.map((name) =>
      source.rows.some((row) => row[name] === 0)
    );
  shownZeros.set(source, zeros);
  return hidden < line.length && zeros[at] ? hidden : 0;
}

/** Whether tables show zeros, by measure. */
const shownZeros = new WeakMap<Source, boolean[]>();

/** In one order, so that tables agree. */
function subsetsOf(names: readonly string[]): string[][] {
  return names.toSorted().reduce<string[][]>(
    (sets, name) => [...sets, ...sets.map((one) => [...one, name])],
    [[]],
  );
}
