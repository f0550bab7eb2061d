import { columnOf } from "../../column.ts";
import type { Cell } from "../cell.ts";
import { type Grid, keyOf } from "../grid.ts";
import { withholding } from "../withholding.ts";
import { linesOf } from "./lines.ts";
import type { Readings } from "./reading.ts";
import type { SuspectTable } from "./suspect_table.ts";
import { isWithheld, type Source, sumOf, type Term } from "./source.ts";
import { totalsOf } from "./totals.ts";

const isFlow = ({ isOwn, table }: Source) =>
  isOwn && table.disclosure.kind === "flow";

/** The tables with what may still be withheld of them. */
export class Room {
  isChanged = false;
  /** Whether running totals are withheld, too. */
  #isTotalChanged = false;
  readonly #sources: ReadonlyMap<Source, SuspectTable>;
  readonly #cells = new Map<Grid, Map<string, Map<string, Cell>>>();
  readonly secret: () => number;
  readonly known: Set<string>;

  /** `known` gathers the keys of rows that others show. */
  constructor(
    tables: readonly SuspectTable[],
    readings: Readings,
    secret: () => number,
    known: Set<string>,
  ) {
    this.#sources = new Map(
      tables.map((one): [Source, SuspectTable] => {
        const { id, table, rows, own } = one;
        const isOwn = own !== undefined;
        const reading = isOwn
          ? readings.of(table, rows)
          : readings.once(table, rows);
        const known = new Map<number, readonly number[]>();
        const source = {
          ...{ id, table, rows: [...rows], isOwn, known, reading },
          lines: linesOf(one, reading, tables, readings),
        };
        return [source, one];
      }),
    );
    this.secret = secret;
    this.known = known;
    for (const source of this.sources) {
      if (known.size === 0 || !source.isOwn) continue;
      for (const index of source.rows.keys()) {
        if (known.has(rowKey(source, index))) this.disclose(source, index);
      }
    }
  }

  get sources(): Source[] {
    return [...this.#sources.keys()];
  }

  /** The keys of what is withheld of the dataset: its flows, and totals where they lost any. */
  withheld(): string[] {
    return this.sources.filter((source) =>
      isFlow(source) ||
      (this.#isTotalChanged && source.isOwn &&
        source.table.disclosure.kind === "stock")
    ).flatMap((source) =>
      source.rows.flatMap(({ status }, index) =>
        status === "withheld" ? [rowKey(source, index)] : []
      )
    );
  }

  /** The fewest people that a row of a line may speak of. */
  fewest({ source, rows }: Term): number {
    const thresholdOf = this.#sources.get(source)?.thresholdOf;
    const all = rows.map((index) =>
      this.cell(source, index)?.threshold ??
        thresholdOf?.(source.rows[index] ?? { status: "withheld" }) ?? Infinity
    );
    return Math.max(...all);
  }

  /** Those of some rows that are shown, not out yet and count anything. */
  open({ source, rows }: Pick<Term, "source" | "rows">): number[] {
    return this.fresh({ source, rows }).filter((index) =>
      source.table.measures.some((name) =>
        Number(source.rows[index]?.[name]) > 0
      )
    );
  }

  /** Zeros of a line of which nothing else is left; a total's line sees to its own. */
  zeros({ source, rows }: Term): number[] {
    const { disclosure } = source.table;
    const isBreakdown = "total" in disclosure && disclosure.total !== undefined;
    return isBreakdown || rows.length === 1 || !isFlow(source)
      ? []
      : this.fresh({ source, rows });
  }

  /** Zeros that may be withheld: alone, or with their line where it has anybody. */
  nobody(term: Pick<Term, "source" | "rows">): number[] {
    const { table: { disclosure }, rows, lines: { of } } = term.source;
    if (!("total" in disclosure) || disclosure.total === undefined) {
      return this.fresh(term);
    }
    const lines = Map.groupBy(rows.keys(), (index) => of[index]);
    return this.fresh(term).filter((index) => {
      const line = lines.get(of[index]) ?? [];
      return this.open({ source: term.source, rows: line }).length > 0 ||
        line.some((one) => isWithheld(term.source, one));
    });
  }

  /** Those of some rows that are shown and not out yet. */
  fresh({ source, rows }: Pick<Term, "source" | "rows">): number[] {
    const frozen = this.#sources.get(source)?.own?.frozen;
    if (frozen === undefined) return [];
    const { period } = source.table;
    return rows.filter((index) =>
      source.rows[index]?.status === "published" &&
      !frozen.has(String(source.rows[index]?.[period]))
    );
  }

  /** A row that others show is as good as shown, and so are its steps. */
  disclose(source: Source, index: number): void {
    const values = this.cell(source, index)?.values;
    const key = rowKey(source, index);
    if (values === undefined || !isWithheld(source, index)) return;
    source.known.set(index, values);
    source.reading.hidden[index] = 0;
    source.reading.figures.forEach((column, at) => {
      column[index] = values[at] ?? NaN;
    });
    if (this.known.has(key)) return;
    this.known.add(key);
    this.isChanged = true;
    this.hide(source, this.open({ source, rows: stepsOf(source, index) }));
  }

  /** A point of a running total that anybody can compute; answers whether it was news. */
  learn({ source, at, rows }: Term, sum: number): boolean {
    const [index, ...others] = rows.filter((one) => isWithheld(source, one));
    if (index === undefined || others.length > 0) return false;
    if (source.isOwn) this.disclose(source, index);
    else {
      const figure = sum - sumOf({ source, at, rows });
      source.known.set(index, [figure]);
      source.reading.hidden[index] = 0;
      const column = source.reading.figures[at];
      if (column !== undefined) column[index] = figure;
    }
    return !isWithheld(source, index);
  }

  hide(source: Source, rows: Iterable<number>): void {
    for (const index of rows) {
      const row = source.rows[index];
      if (row === undefined) continue;
      const { of, shown } = source.lines;
      const line = of[index] ?? -1;
      if (row.status === "published") shown[line] = (shown[line] ?? 0) - 1;
      source.rows[index] = withholding(row, source.table.measures);
      source.reading.hidden[index] = 1;
      this.isChanged = true;
      if (source.table.disclosure.kind === "stock") {
        this.#isTotalChanged = true;
      }
    }
  }

  /** Withholds the total under which running totals stand, and all of them with it. */
  hideTotalOf(line: Term): void {
    for (const { source, rows } of totalsOf(line, this.sources)) {
      this.hide(source, this.fresh({ source, rows }));
    }
  }

  /** The exact figure of a row's cell, where it is at hand. */
  cell(source: Source, index: number): Cell | undefined {
    const grid = this.#sources.get(source)?.own?.grid;
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
  exact({ source, rows, at }: Term): number | undefined {
    const name = source.table.measures[at] ?? "";
    let sum = 0;
    for (const index of rows) {
      const figure = source.rows[index]?.status === "withheld"
        ? this.cell(source, index)?.values[at]
        : source.rows[index]?.[name];
      if (figure === undefined) return undefined;
      sum += Number(figure);
    }
    return sum;
  }
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
