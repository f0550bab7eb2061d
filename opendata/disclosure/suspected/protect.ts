import type { AnyTable } from "../../dataset.ts";
import type { ReleasedRow } from "../../released_row.ts";
import type { Cell } from "../cell.ts";
import { protectLine } from "../flow.ts";
import { type Grid, keyOf } from "../grid.ts";
import { withholding } from "../withholding.ts";
import {
  isWithheld,
  type Source,
  sumOf,
  type Suspicion,
  suspicions,
} from "./sums.ts";

/** A table of the dataset that is being released. */
export interface OwnTable {
  readonly table: AnyTable;
  readonly rows: readonly ReleasedRow[];
  /** Periods that are out already and stay as they are. */
  readonly frozen: ReadonlySet<string>;
  /** The exact figures; absent where no rule asks for them. */
  readonly grid?: Grid;
  /** The fewest people that a row may speak of. */
  readonly threshold: number;
}

/** A table of another dataset, as anybody has it. */
export interface OtherTable {
  readonly table: AnyTable;
  readonly rows: readonly ReleasedRow[];
  readonly threshold: number;
}

/** A row that is withheld behind a row which was chosen is one of so many. */
const CHOICE = 5;

/**
 * One happening may be counted by two tables, of one dataset or of two. Where
 * all lines that both show agree, a stranger suspects it, and reads in one
 * table what the other withholds. More is withheld of what is not out yet,
 * until no suspicion tells a figure. Answers the rows of the tables that
 * changed.
 */
export function protectSuspected(
  own: ReadonlyMap<string, OwnTable>,
  others: ReadonlyMap<string, OtherTable>,
  secret: () => number,
): Map<string, readonly ReleasedRow[]> {
  const sources = new Map<Source, OwnTable | OtherTable>();
  for (const [id, one] of own) {
    const { table } = one;
    sources.set({ id, table, rows: [...one.rows], isOwn: true }, one);
  }
  for (const [id, one] of others) {
    const { table } = one;
    sources.set({ id, table, rows: [...one.rows], isOwn: false }, one);
  }
  const changed = new Set<Source>();
  for (const suspicion of suspicions([...sources.keys()])) {
    for (const place of suspicion.parts.lines.keys()) {
      settle(suspicion, place, sources, changed, secret);
    }
  }
  return new Map([...changed].map(({ id, rows }) => [id, rows]));
}

/** Withholds rows until the sum of one line tells no row of the other. */
function settle(
  { whole, parts, from, at }: Suspicion,
  place: string,
  sources: ReadonlyMap<Source, OwnTable | OtherTable>,
  changed: Set<Source>,
  secret: () => number,
): void {
  const line = parts.lines.get(place) ?? [];
  const above = whole.lines.get(place);
  if (above === undefined) return;
  const hide = (source: Source, rows: Iterable<number>) => {
    for (const index of rows) {
      const row = source.rows[index];
      if (row === undefined) continue;
      source.rows[index] = withholding(row, source.table.measures);
      changed.add(source);
    }
  };
  const mayHide = (source: Source, rows: readonly number[]) => {
    const one = sources.get(source);
    if (one === undefined || !("frozen" in one)) return [];
    return rows.filter((index) =>
      !isWithheld(source, index) &&
      !one.frozen.has(String(source.rows[index]?.[source.table.period]))
    );
  };
  const threshold = sources.get(parts.source)?.threshold ?? Infinity;
  while (isTold({ whole, parts, from, at }, line, above, threshold)) {
    const rest = mayHide(parts.source, line);
    const sum = mayHide(whole.source, above);
    if (line.length > 1 && rest.length > 0) {
      const more = complements(
        parts.source,
        line,
        sources.get(parts.source),
        secret,
      ) ?? chosen(parts.source, rest, at, secret);
      hide(parts.source, more.length > 0 ? more : rest);
    } else if (sum.length > 0) {
      const more = chosen(whole.source, sum, from, secret);
      hide(whole.source, more.length > 0 ? more : sum);
    } else {
      // It stands elsewhere already; nothing may rest on its being withheld.
      for (const index of line) {
        hide(
          parts.source,
          mayHide(parts.source, around(parts.source, index)),
        );
      }
      return;
    }
  }
}

function isTold(
  { whole, parts, from, at }: Suspicion,
  line: readonly number[],
  above: readonly number[],
  threshold: number,
): boolean {
  const { source } = parts;
  const hidden = line.filter((index) => isWithheld(source, index)).length;
  if (hidden === 0) return false;
  if (above.some((index) => isWithheld(whole.source, index))) return false;
  const total = sumOf(whole.source, above, from);
  if (!Number.isInteger(total) || total === 0) return false;
  if (hidden === 1) return true;
  const name = source.table.measures[at] ?? "";
  // Zeros are shown, but where a whole line is withheld.
  const low = hidden < line.length &&
      source.rows.some((row) => row[name] === 0)
    ? 1
    : 0;
  const values = total - sumOf(source, line, at) - low * hidden + 1;
  return values < Math.min(threshold, total + 1);
}

/** What the line's own exact figures ask for under a total; undefined where that is nothing more. */
function complements(
  source: Source,
  line: readonly number[],
  of: OwnTable | OtherTable | undefined,
  secret: () => number,
): readonly number[] | undefined {
  if (of === undefined || !("grid" in of) || of.grid === undefined) return;
  const { period, dimensions } = source.table;
  const exact = new Map(
    of.grid.cells(String(source.rows[line[0] ?? -1]?.[period]))
      .map((cell) => [keyOf(cell.key), cell]),
  );
  const cells: Cell[] = [];
  for (const index of line) {
    const cell = exact.get(
      keyOf(dimensions.map((name) => String(source.rows[index]?.[name]))),
    );
    if (cell === undefined) return;
    cells.push(cell);
  }
  const already = new Set(
    line.flatMap((index, at) => isWithheld(source, index) ? [at] : []),
  );
  const withheld = protectLine(cells, secret, { already, isShared: true });
  const more = line.filter((index, at) =>
    !isWithheld(source, index) && (withheld === "all" || withheld.has(at))
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

/** Rows of the same period that differ from one in one dimension only. */
function around({ rows, table }: Source, index: number): number[] {
  const { period, dimensions } = table;
  const own = rows[index];
  return [...rows.keys()].filter((other) =>
    rows[other]?.[period] === own?.[period] &&
    dimensions.filter((name) => rows[other]?.[name] !== own?.[name]).length ===
      1
  );
}
