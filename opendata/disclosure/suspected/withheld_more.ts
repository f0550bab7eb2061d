import { columnOf } from "../../column.ts";
import type { AnyTable } from "../../dataset.ts";
import type { ReleasedRow } from "../../released_row.ts";
import type { Cell } from "../cell.ts";
import { protectLine } from "../flow.ts";
import { type Grid, keyOf } from "../grid.ts";
import { withholding } from "../withholding.ts";
import {
  isWithheld,
  leastWithheld,
  type Source,
  sumOf,
  type Suspicion,
  suspicions,
} from "./sums.ts";

/** A table, of which anybody sees the rows. */
export interface SuspectTable {
  /** Of a table of another dataset with the dataset's. */
  readonly id: string;
  readonly table: AnyTable;
  readonly rows: readonly ReleasedRow[];
  /** The fewest people that a row may speak of. */
  readonly threshold: number;
  /** Set for the dataset that is being released. */
  readonly own?: {
    /** Periods that are out already and stay as they are. */
    readonly frozen: ReadonlySet<string>;
    /** The exact figures; absent where no rule asks for them. */
    readonly grid: Grid | undefined;
  };
}

/** A row that is withheld behind a row which was chosen is one of so many. */
const CHOICE = 5;

/**
 * One happening may be counted by two tables, of one dataset or of two. Where
 * all lines that both show agree, a stranger suspects it, and reads in one
 * table what the other withholds. Answers the keys (table, period, codes) of
 * every row of the dataset's flows that must be withheld so that no suspicion
 * tells a figure, those included that are; nothing when no more have to be.
 * `known` gathers rows that others show.
 */
export function withheldMore(
  tables: readonly SuspectTable[],
  secret: () => number,
  known: Set<string>,
): string[] {
  const sources = new Map(
    tables.map((one): [Source, SuspectTable] => {
      const { id, table, rows, own } = one;
      const isOwn = own !== undefined;
      return [{ id, table, rows: [...rows], isOwn, known: new Map() }, one];
    }),
  );
  const room = new Room(sources, secret, known);
  for (const suspicion of suspicions([...sources.keys()])) {
    for (const place of suspicion.parts.lines.keys()) {
      settle(suspicion, place, room);
    }
  }
  if (!room.isChanged) return [];
  return [...sources.keys()].filter(isFlow).flatMap((source) =>
    source.rows.flatMap(({ status }, index) =>
      status === "withheld" ? [rowKey(source, index)] : []
    )
  );
}

const isFlow = ({ isOwn, table }: Source) =>
  isOwn && table.disclosure.kind === "flow";

/** The tables with what may still be withheld of them. */
class Room {
  isChanged = false;
  readonly #sources: ReadonlyMap<Source, SuspectTable>;
  readonly #cells = new Map<Grid, Map<string, Map<string, Cell>>>();
  readonly secret: () => number;
  readonly known: Set<string>;

  constructor(
    sources: ReadonlyMap<Source, SuspectTable>,
    secret: () => number,
    known: Set<string>,
  ) {
    this.#sources = sources;
    this.secret = secret;
    this.known = known;
    for (const source of sources.keys()) {
      if (known.size === 0 || !isFlow(source)) continue;
      for (const index of source.rows.keys()) {
        if (known.has(rowKey(source, index))) this.disclose(source, index);
      }
    }
  }

  of(source: Source): SuspectTable | undefined {
    return this.#sources.get(source);
  }

  /** The fewest people that a row of a line may speak of. */
  fewest(source: Source, line: readonly number[]): number {
    const exact = line.map((index) => this.cell(source, index)?.threshold);
    const known = exact.filter((one) => one !== undefined);
    return known.length === line.length
      ? Math.max(...known)
      : this.of(source)?.threshold ?? Infinity;
  }

  /** Those of some rows that are shown, not out yet and count anything. */
  open(source: Source, rows: readonly number[]): number[] {
    const { measures } = source.table;
    return this.shown(source, rows).filter((index) =>
      measures.some((name) => Number(source.rows[index]?.[name]) > 0)
    );
  }

  /** Zeros of a line of which nothing else is left; a total's line sees to its own. */
  zeros(source: Source, line: readonly number[]): number[] {
    const { disclosure } = source.table;
    const isBreakdown = "total" in disclosure && disclosure.total !== undefined;
    return isBreakdown || line.length === 1 ? [] : this.shown(source, line);
  }

  shown(source: Source, rows: readonly number[]): number[] {
    const frozen = this.of(source)?.own?.frozen;
    if (frozen === undefined || !isFlow(source)) return [];
    const { period } = source.table;
    return rows.filter((index) =>
      !isWithheld(source, index) &&
      !frozen.has(String(source.rows[index]?.[period]))
    );
  }

  /** A row that others show is as good as shown, and so are its steps. */
  disclose(source: Source, index: number): void {
    const values = this.cell(source, index)?.values;
    const key = rowKey(source, index);
    if (values === undefined || !isWithheld(source, index)) return;
    source.known.set(index, values);
    if (this.known.has(key)) return;
    this.known.add(key);
    this.isChanged = true;
    this.hide(source, this.open(source, stepsOf(source, index)));
  }

  hide(source: Source, rows: Iterable<number>): void {
    for (const index of rows) {
      const row = source.rows[index];
      if (row === undefined) continue;
      source.rows[index] = withholding(row, source.table.measures);
      this.isChanged = true;
    }
  }

  /** The exact figure of a row's cell, where it is at hand. */
  cell(source: Source, index: number): Cell | undefined {
    const grid = this.of(source)?.own?.grid;
    const row = source.rows[index];
    if (grid === undefined || row === undefined) return undefined;
    const period = String(row[source.table.period]);
    const cells = this.#cells.get(grid) ?? new Map<string, Map<string, Cell>>();
    this.#cells.set(grid, cells);
    const known = cells.get(period) ??
      new Map(grid.cells(period).map((one) => [keyOf(one.key), one]));
    cells.set(period, known);
    return known.get(
      keyOf(source.table.dimensions.map((name) => String(row[name]))),
    );
  }

  /** What some rows add up to, withheld ones included, where that is at hand. */
  exact(
    source: Source,
    line: readonly number[],
    at: number,
  ): number | undefined {
    const name = source.table.measures[at] ?? "";
    let sum = 0;
    for (const index of line) {
      const figure = source.rows[index]?.status === "withheld"
        ? this.cell(source, index)?.values[at]
        : source.rows[index]?.[name];
      if (figure === undefined) return undefined;
      sum += Number(figure);
    }
    return sum;
  }
}

/** Withholds rows until the sum of one line tells no row of the other. */
function settle(suspicion: Suspicion, place: string, room: Room): void {
  const { whole, parts, from, at } = suspicion;
  const line = parts.lines.get(place) ?? [];
  const above = whole.lines.get(place);
  if (above === undefined) return;
  const truth = room.exact(parts.source, line, at);
  const sum = room.exact(whole.source, above, from);
  const isSo = truth === undefined || sum === undefined || truth === sum;
  // Who suspects without good reason what is not so learns nothing.
  if (!isSo && !suspicion.isStrong) return;
  while (isTold(suspicion, line, above, room)) {
    const rest = room.open(parts.source, line);
    const sums = room.open(whole.source, above);
    if (line.length > 1 && rest.length > 0) {
      const more = complements(parts.source, line, rest, room) ??
        chosen(parts.source, rest, at, room.secret);
      room.hide(parts.source, more.length > 0 ? more : rest);
    } else if (sums.length > 0) {
      const more = chosen(whole.source, sums, from, room.secret);
      room.hide(whole.source, more.length > 0 ? more : sums);
    } else if (room.zeros(parts.source, line).length > 0) {
      room.hide(parts.source, room.zeros(parts.source, line));
    } else {
      // It stands elsewhere already; nothing may rest on its being withheld.
      for (const index of line) room.disclose(parts.source, index);
      return;
    }
  }
}

function isTold(
  { whole, parts: { source }, from, at }: Suspicion,
  line: readonly number[],
  above: readonly number[],
  room: Room,
): boolean {
  const hidden = line.filter((index) => isWithheld(source, index)).length;
  if (hidden === 0) return false;
  if (above.some((index) => isWithheld(whole.source, index))) return false;
  const total = sumOf(whole.source, above, from);
  if (!Number.isInteger(total) || total === 0) return false;
  if (hidden === 1) return true;
  const values = total - sumOf(source, line, at) -
    leastWithheld(source, line, at) + 1;
  return values < Math.min(room.fewest(source, line), total + 1);
}

/** What the line's own exact figures ask for under a total; undefined where that is nothing more. */
function complements(
  source: Source,
  line: readonly number[],
  rest: readonly number[],
  room: Room,
): readonly number[] | undefined {
  const cells = line.flatMap((index) => room.cell(source, index) ?? []);
  if (cells.length < line.length) return;
  const already = new Set(
    line.flatMap((index, at) => isWithheld(source, index) ? [at] : []),
  );
  const withheld = protectLine(cells, room.secret, {
    already,
    isShared: true,
  });
  const more = rest.filter((index) =>
    withheld === "all" || withheld.has(line.indexOf(index))
  );
  return more.length > 0 ? more : undefined;
}

/** One of the smallest rows that count anything. */
function chosen(
  { rows, table }: Source,
  among: readonly number[],
  at: number,
  secret: () => number,
): number[] {
  const name = table.measures[at] ?? "";
  const of = (index: number) => Number(rows[index]?.[name] ?? 0);
  const smallest = among.filter((index) => of(index) > 0)
    .toSorted((a, b) => of(a) - of(b)).slice(0, CHOICE);
  return smallest.length === 0
    ? []
    : [smallest[Math.floor(secret() * smallest.length)] ?? 0];
}

/** Rows of the other steps of what a row speaks of. */
function stepsOf({ rows, table }: Source, index: number): number[] {
  const step = table.dimensions.find((name) => columnOf(table.row, name).steps);
  if (step === undefined) return [];
  const same = [table.period, ...table.dimensions]
    .filter((name) => name !== step);
  return [...rows.keys()].filter((other) =>
    same.every((name) => rows[other]?.[name] === rows[index]?.[name])
  );
}

function rowKey({ id, table, rows }: Source, index: number): string {
  const row = rows[index];
  const columns = [table.period, ...table.dimensions];
  return keyOf([id, ...columns.map((name) => String(row?.[name]))]);
}
