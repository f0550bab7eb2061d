import type { Municipality } from "@hiraku/kernel";
import { MERGED, type ReleasedRow } from "@hiraku/opendata";
import type { Shelf } from "../released/shelf.ts";
import type { Source } from "../released/source.ts";
import { chooseTable } from "./choose_table.ts";
import type { Metric, Part, Where } from "./metric.ts";
import { exactly, MISSING, quotient, type Reading } from "./reading.ts";
import { lastDay, sumCells, type Totals, totalsOf } from "./sum_cells.ts";

/** The released tables of one city. */
export interface CityTables {
  readonly municipality: Municipality;
  readonly shelf: Shelf;
}

/** A part of a metric, with the table that answers what is asked. */
interface Opened {
  readonly source: Source;
  /** Dimensions of which a cell may hold one value only. */
  readonly single: readonly string[];
  readonly totals: Totals | undefined;
  readonly rowsAt: (period: string) => readonly ReleasedRow[];
  readonly column: string;
  /** Set for means and medians: whether a row is of nobody, whose mean is none. */
  readonly isEmpty: (row: ReleasedRow) => boolean;
}

/** A metric ready to be read by period and by values of the dimensions asked for. */
export interface Measured {
  readonly metric: Metric;
  readonly source: Source;
  /** Where the denominator is read, when it is another table. */
  readonly over: Source | undefined;
  readonly by: readonly string[];
  readonly at: Where;
  /** Periods of the table, oldest first. */
  readonly periods: readonly string[];
  /** Readings of one period by the values of `by`, joined by a tab. */
  read(period: string): Map<string, Reading>;
}

/**
 * Opens a metric. `undefined` while nothing is published. Throws as `chooseTable()`.
 */
export async function measure(
  { municipality, shelf }: CityTables,
  metric: Metric,
  { by = [], at = {} }: { by?: readonly string[]; at?: Where } = {},
): Promise<Measured | undefined> {
  const { code } = municipality;
  const part = await openPart(shelf, code, metric, metric.of, by, at);
  if (part === undefined) return undefined;
  const whole = metric.over === undefined || metric.over === "inhabitants"
    ? undefined
    : await openPart(shelf, code, metric, metric.over, by, at);
  if (metric.over !== undefined && metric.over !== "inhabitants" && !whole) {
    return undefined;
  }
  const people = (key: string): Reading => {
    const area = by.indexOf("districtCode");
    if (area < 0) {
      const all = municipality.population?.value;
      return all === undefined ? MISSING : exactly(all);
    }
    return inhabitants(municipality, key.split("\t")[area] ?? "");
  };
  return {
    metric,
    source: part.source,
    over: whole?.source,
    by,
    at: { ...metric.of.at, ...at },
    // Of what is shown one at a time, such as surveys, only its own periods.
    periods: [...part.source.byPeriod.keys()].filter((period) =>
      metric.each.length === 0 || part.rowsAt(period).length > 0
    ),
    read(period) {
      const readings = readingsOf(part, by, period);
      if (metric.over === undefined) return readings;
      const under = whole && readingsOf(whole, by, sameTime(whole, period));
      return new Map(
        [...readings].map(([key, reading]) => [
          key,
          shareOf(
            metric,
            quotient(reading, under ? under.get(key) ?? MISSING : people(key)),
          ),
        ]),
      );
    },
  };
}

/** A part of the same column is never more than the whole of it. */
function shareOf({ of, over }: Metric, reading: Reading): Reading {
  const { low, high } = reading;
  return over !== undefined && over !== "inhabitants" &&
      of.dataset === over.dataset && of.table === over.table &&
      of.column === over.column && high !== null && low <= 1 && high > 1
    ? { ...reading, high: 1 }
    : reading;
}

/** The newest period not after a month; `undefined` when there is none. */
export function periodIn(
  periods: readonly string[],
  month: string | undefined,
): string | undefined {
  if (month === undefined) return periods.at(-1);
  const end = lastDay(month);
  return periods.findLast((one) => one <= (one.length > 7 ? end : month));
}

function readingsOf(
  { rowsAt, column, totals, single, isEmpty }: Opened,
  by: readonly string[],
  period: string,
): Map<string, Reading> {
  const several = (rows: readonly ReleasedRow[]) =>
    single.some((name) => rows.some((row) => row[name] !== rows[0]?.[name]));
  const groups = Map.groupBy(
    rowsAt(period),
    (row) => by.map((name) => String(row[name])).join("\t"),
  );
  return new Map(
    [...groups].map(([key, rows]) => [
      key,
      several(rows) ? MISSING : sumCells(
        rows.filter((row) => !isEmpty(row)),
        column,
        totals,
      ),
    ]),
  );
}

/** The period itself, or the newest of the same month where days differ. */
function sameTime({ source: { byPeriod } }: Opened, period: string): string {
  if (byPeriod.has(period)) return period;
  const month = period.slice(0, 7);
  return [...byPeriod.keys()].findLast((one) =>
    one.startsWith(month) && one <= `${period}~`
  ) ?? period;
}

async function openPart(
  shelf: Shelf,
  code: string,
  metric: Metric,
  part: Part,
  by: readonly string[],
  asked: Where,
): Promise<Opened | undefined> {
  const version = await shelf.latest(code, part.dataset);
  const chosen = chooseTable(
    metric,
    part,
    version?.manifest.tables.map(({ id, columns, total }) => ({
      id,
      total,
      dimensions: columns.filter(({ role }) => role === "dimension")
        .map(({ name }) => name),
    })) ?? [],
    by,
    asked,
  );
  if (chosen === undefined) return undefined;
  const conditions = Object.entries({ ...part.at, ...asked })
    .filter(([name]) => !(name in chosen.implied));
  const source = await shelf.open(code, part.dataset, chosen.id);
  if (source === undefined) return undefined;
  const { entry } = source;
  const whole = entry.total &&
    await shelf.open(code, part.dataset, entry.total.table);
  const fits = (row: ReleasedRow) =>
    conditions.every(([name, value]) =>
      typeof value === "string"
        ? row[name] === value
        : value.includes(String(row[name]))
    );
  return {
    source,
    single: chosen.single,
    totals: totalsOf(source, whole),
    column: part.column,
    isEmpty: (row) =>
      metric.additivity === "none" && entry.people !== undefined &&
      row[entry.people] === 0,
    rowsAt: (period) => (source.byPeriod.get(period) ?? []).filter(fits),
  };
}

/** Inhabitants of a district, or of those that share a row. */
function inhabitants(
  { districts }: Municipality,
  areas: string,
): Reading {
  let sum = 0;
  for (const code of areas.split(MERGED)) {
    const one = districts.find((district) => district.code === code);
    if (one?.inhabitants === undefined) return MISSING;
    sum += one.inhabitants;
  }
  return exactly(sum);
}
