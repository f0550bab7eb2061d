import type { AnyTable, Dataset, Tables } from "../../dataset.ts";
import type { ReleasedRow } from "../../released_row.ts";
import { partsOf, type Row, type System } from "../solve/system.ts";
import type { Line, Place, ReleasedTables } from "./lines.ts";

/** One withheld figure: a column of a withheld row. */
export interface Figure extends Place {
  readonly measure: string;
}

/** Parts of what a release says that share no figure. */
export interface ReleasePart {
  /** Indices into the release's figures. */
  readonly columns: readonly number[];
  readonly system: System;
  /** Without what a stranger only presumes; for the case that it does not hold. */
  certain(): System;
}

export interface ReleaseSystem {
  readonly figures: readonly Figure[];
  readonly parts: readonly ReleasePart[];
  /** What one unit of a column's whole numbers stands for, such as 0.01. */
  unitOf(measure: string): number;
}

/** Inhabitants a row is drawn from. */
export type CapOf = (table: string, row: ReleasedRow) => number | undefined;

type Presumed = Row & { readonly isPresumed?: boolean };
interface Bounds {
  readonly lower: number[];
  readonly upper: number[];
}

/**
 * Everything that released rows and public knowledge say of what is withheld,
 * as a stranger would write it down: sums, inhabitants, that a zero would be
 * shown (but in a line withheld whole), that a running total only grows.
 */
export function releaseSystem(
  dataset: Dataset<Tables>,
  released: ReleasedTables,
  lines: readonly Line[],
  capOf: CapOf,
): ReleaseSystem {
  const units = unitsOf(dataset, released);
  const figures: Figure[] = [];
  const places = new Map<string, number>();
  const likely: Bounds = { lower: [], upper: [] };
  const certain: Bounds = { lower: [], upper: [] };
  const rowAt = ({ table, row }: Place) => released[table]?.[row];
  const wholes = wholeWithheld(released, lines);
  for (const [table, spec] of Object.entries(dataset.tables)) {
    const rule = spec.disclosure;
    if (rule.kind !== "flow" && rule.kind !== "stock") continue;
    const measures = toldMeasures(table, rule.people, lines);
    released[table]?.forEach((row, index) => {
      if (row.status !== "withheld") return;
      for (const measure of measures) {
        const isPeople = measure === rule.people;
        places.set(placeOf({ table, row: index }, measure), figures.length);
        figures.push({ table, row: index, measure });
        const cap = isPeople ? capOf(table, row) ?? Infinity : Infinity;
        certain.lower.push(0);
        certain.upper.push(cap);
        likely.lower.push(wholes.has(placeOf({ table, row: index })) ? 0 : 1);
        likely.upper.push(cap);
      }
    });
  }
  const rows: Presumed[] = [];
  for (const line of lines) {
    for (const [of, part] of line.measures) {
      const unit = units.get(part) ?? 1;
      const sum = sumRow(
        [
          [line.whole, of, -1],
          ...line.since === undefined
            ? []
            : [[{ ...line.whole, row: line.since }, of, 1] as const],
          ...line.rows.map((row) =>
            [{ table: line.table, row }, part, 1] as const
          ),
        ],
        (place, measure) => places.get(placeOf(place, measure)),
        (place, measure) => Number(rowAt(place)?.[measure]) / unit,
      );
      if (sum === undefined) continue;
      const isWhole = line.rows.every((row) =>
        rowAt({ table: line.table, row })?.status === "withheld"
      );
      rows.push({ ...sum, isPresumed: isWhole });
    }
  }
  for (const [id, table] of Object.entries(dataset.tables)) {
    if (table.disclosure.kind !== "stock") continue;
    rows.push(...growth(id, table, released[id] ?? [], places, likely));
  }
  const firm = rows.filter((row) => !row.isPresumed);
  const all = partsOf({ ...likely, rows });
  return {
    figures,
    unitOf: (measure) => units.get(measure) ?? 1,
    parts: all.map(({ columns, system }) => ({
      columns,
      system,
      certain: () => within(columns, { ...certain, rows: firm }),
    })),
  };
}

export function placeOf({ table, row }: Place, measure = ""): string {
  return `${table}\u001f${row}\u001f${measure}`;
}

/** The columns of a table that count people or stand in a sum; of others nothing is told. */
function toldMeasures(
  table: string,
  people: string,
  lines: readonly Line[],
): Set<string> {
  const told = new Set([people]);
  for (const line of lines) {
    for (const [of, part] of line.measures) {
      if (line.table === table) told.add(part);
      if (line.whole.table === table) told.add(of);
    }
  }
  return told;
}

/** Rows of lines of which nothing is shown; their zeros are withheld too. */
export function wholeWithheld(
  released: ReleasedTables,
  lines: readonly Line[],
): Set<string> {
  const found = new Set<string>();
  for (const { table, rows, hidesZeros } of lines) {
    if (!hidesZeros) continue;
    if (rows.some((row) => released[table]?.[row]?.status !== "withheld")) {
      continue;
    }
    rows.forEach((row) => found.add(placeOf({ table, row })));
  }
  return found;
}

/** Amounts with decimals are told in units of their last digit, to a thousandth. */
function unitsOf(
  { tables }: Dataset<Tables>,
  released: ReleasedTables,
): Map<string, number> {
  const units = new Map<string, number>();
  for (const [id, { measures }] of Object.entries(tables)) {
    for (const name of measures) {
      let unit = units.get(name) ?? 1;
      for (const row of released[id] ?? []) {
        const value = Number(row[name] ?? 0);
        while (unit > 0.001 && !isNearWhole(value / unit)) unit /= 10;
      }
      units.set(name, unit);
    }
  }
  return units;
}

const isNearWhole = (value: number) =>
  Math.abs(value - Math.round(value)) < 1e-6;

type Term = readonly [Place, measure: string, factor: number];

/** The terms add up to nothing; none when all of them are shown. */
function sumRow(
  terms: readonly Term[],
  columnOf: (place: Place, measure: string) => number | undefined,
  shown: (place: Place, measure: string) => number,
): Row | undefined {
  const columns: number[] = [];
  const factors: number[] = [];
  let rest = 0;
  for (const [place, measure, factor] of terms) {
    const column = columnOf(place, measure);
    if (column === undefined) rest -= factor * shown(place, measure);
    else {
      columns.push(column);
      factors.push(factor);
    }
  }
  if (columns.length === 0) return undefined;
  // What was rounded when it was published need not add up to the last digit.
  return isNearWhole(rest)
    ? { columns, factors, low: Math.round(rest), high: Math.round(rest) }
    : { columns, factors, low: Math.floor(rest), high: Math.ceil(rest) };
}

/** Rows that say that a running total does not fall; narrows the bounds by shown points. */
function growth(
  id: string,
  { period, dimensions, measures }: AnyTable,
  rows: readonly ReleasedRow[],
  places: ReadonlyMap<string, number>,
  { lower, upper }: Bounds,
): Presumed[] {
  const found: Presumed[] = [];
  const series = Map.groupBy(
    rows.keys(),
    (at) => dimensions.map((name) => rows[at]?.[name]).join("\u001f"),
  );
  for (const own of series.values()) {
    const points = own.toSorted((a, b) =>
      String(rows[a]?.[period]) < String(rows[b]?.[period]) ? -1 : 1
    );
    for (const measure of measures) {
      const columnOf = (at: number | undefined) =>
        at === undefined
          ? undefined
          : places.get(placeOf({ table: id, row: at }, measure));
      let least = 0;
      points.forEach((at, index) => {
        const column = columnOf(at);
        if (column === undefined) {
          least = Number(rows[at]?.[measure] ?? 0);
          return;
        }
        // A point that does not differ from the one shown last is shown again.
        const isNext = columnOf(points[index - 1]) === undefined;
        const step = (lower[column] ?? 0) > 0 && isNext ? 1 : 0;
        lower[column] = least + step;
        const next = columnOf(points[index + 1]);
        if (next === undefined) return;
        found.push({
          columns: [column, next],
          factors: [-1, 1],
          low: 0,
          high: Infinity,
          isPresumed: true,
        });
      });
      let most = Infinity;
      for (const at of points.toReversed()) {
        const column = columnOf(at);
        if (column === undefined) most = Number(rows[at]?.[measure] ?? 0);
        else upper[column] = Math.min(upper[column] ?? Infinity, most);
      }
    }
  }
  return found;
}

function within(columns: readonly number[], system: System): System {
  const own = new Map(columns.map((column, at) => [column, at]));
  const { lower, upper, rows } = system;
  return {
    lower: columns.map((at) => lower[at] ?? 0),
    upper: columns.map((at) => upper[at] ?? Infinity),
    rows: rows.filter((row) => own.has(row.columns[0] ?? -1))
      .map((row) => ({
        ...row,
        columns: row.columns.map((column) => own.get(column) ?? 0),
      })),
  };
}
