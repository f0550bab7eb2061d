import type { CityAttack } from "./city_attack.ts";
import { type CityTable, keyOf, lineOf, type Row } from "./city_files.ts";

/** Growths on which a suspicion has to rest, and how many of them differ. */
const ENOUGH = 12;
const DIFFERENT = 3;
/** Figures with which a total has to begin, to be thought to begin with nothing. */
const BEGUN = 3;
/** A dimension of more codes is not looked at code by code. */
const MOST_CODES = 40;

/** A table, or what it says of one code; `rows` by the codes kept and the month. */
interface View {
  readonly table: CityTable;
  readonly months: readonly string[];
  readonly lines: ReadonlyMap<string, ReadonlyMap<string, readonly Row[]>>;
}

/** A running total and what a month counts, suspected to be what it grows by. */
interface Suspect {
  readonly total: View;
  readonly figure: string;
  readonly flow: View;
  readonly measure: string;
  readonly isBegun: boolean;
}

/** What somebody computed of rows that are withheld, by measure. */
type Computed = Map<Row, Map<string, number>>;

/**
 * A running total may grow by what another table counts month by month. A
 * stranger suspects it where all shown points bear it out, and reads in the
 * one what the other withholds: months between two points, and points between
 * months. What he computed of a total he goes on with.
 */
export const GROWTH_ATTACK: CityAttack = {
  id: "A08",
  name: "a running total tells what months withhold, or they what it does",
  run: ({ tables }) => {
    const computed: Computed = new Map();
    const suspects = suspectsOf(tables);
    const told = new Set<string>();
    for (let known = -1; known < computed.size;) {
      known = computed.size;
      for (const one of suspects) {
        for (const stretch of stretchesOf(one, computed)) {
          computePoints(one, stretch, computed);
        }
      }
      for (const { total, figure } of suspects) {
        computeRests(total.table, figure, tables, computed);
      }
    }
    for (const one of suspects) {
      for (const stretch of stretchesOf(one, computed)) {
        for (const place of narrow(one, stretch)) told.add(place);
      }
    }
    return [...told];
  },
};

function suspectsOf(tables: readonly CityTable[]): Suspect[] {
  const flows = tables.filter(({ rule, period, dimensions }) =>
    rule === "flow" && period === "month" && dimensions.length <= 4
  );
  return tables.filter(({ rule }) => rule === "stock").flatMap((stock) =>
    subsetsOf(stock.dimensions).flatMap((kept) => {
      const totals = viewsOf(stock, kept);
      return flows.flatMap((table) => viewsOf(table, kept)).flatMap((flow) =>
        totals.flatMap((total) => suspected(total, flow))
      );
    })
  );
}

function suspected(total: View, flow: View): Suspect[] {
  return total.table.measures.flatMap((figure) =>
    flow.table.measures.flatMap((measure) => {
      const seen: number[] = [];
      const begun: number[] = [];
      let open = 0;
      let isBegun = true;
      const pair = { total, figure, flow, measure, isBegun: true };
      for (const { before, grown, months } of stretchesOf(pair, new Map())) {
        if (grown === undefined || months === undefined) continue;
        const sum = months.reduce((all, row) => all + valueOf(row, measure), 0);
        if (Number.isNaN(sum)) {
          // Less is left than there must be: they do not tell the same.
          const { left, least } = leftOf(flow.table, months, measure, grown);
          if (before !== undefined && left < least) return [];
          if (before !== undefined) open += 1;
          continue;
        }
        if (before === undefined) {
          if (sum !== grown) isBegun = false;
          else if (grown > 0) begun.push(grown);
        } else if (sum !== grown) return [];
        else if (grown > 0) seen.push(grown);
      }
      return seen.length >= Math.max(ENOUGH, open) &&
          new Set(seen).size >= DIFFERENT
        ? [{ ...pair, isBegun: isBegun && begun.length >= BEGUN }]
        : [];
    })
  );
}

/** Between two points of a total that are known. */
interface Stretch {
  readonly place: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly between: readonly string[];
  readonly grown: number | undefined;
  /** What the months since the first point count; none where one is missing. */
  readonly months: readonly Row[] | undefined;
}

function stretchesOf(
  { total, figure, flow, isBegun }: Suspect,
  computed: Computed,
): Stretch[] {
  return [...total.lines].flatMap(([place, line]) => {
    if (!flow.lines.has(place)) return [];
    const sumAt = (month: string) =>
      (line.get(month) ?? []).reduce(
        (all, row) => all + valueOf(row, figure, computed),
        0,
      );
    const stretches: Stretch[] = [];
    let between: string[] = [];
    let before: string | undefined;
    for (const month of [...line.keys(), undefined].toSorted(byTime)) {
      const sum = month === undefined ? undefined : sumAt(month);
      if (month !== undefined && Number.isNaN(sum)) {
        between.push(month);
        continue;
      }
      if (before !== undefined || isBegun) {
        stretches.push({
          place,
          before,
          after: month,
          between,
          grown: sum === undefined
            ? undefined
            : sum - (before === undefined ? 0 : sumAt(before)),
          months: month === undefined
            ? undefined
            : monthsOf(flow, place, before, month),
        });
      }
      before = month;
      between = [];
    }
    return stretches;
  });
}

const byTime = (a: string | undefined, b: string | undefined) =>
  a === undefined ? 1 : b === undefined ? -1 : a < b ? -1 : 1;

function monthsOf(
  { lines, months }: View,
  place: string,
  before: string | undefined,
  until: string,
): Row[] | undefined {
  const all = months.filter((one) =>
    one <= until && (before === undefined || one > before)
  );
  const first = before ?? months[0];
  if (first === undefined || first > until) return undefined;
  const expected = monthNumber(until) - monthNumber(first) +
    (before === undefined ? 1 : 0);
  if (all.length !== expected) return undefined;
  return all.flatMap((month) => lines.get(place)?.get(month) ?? []);
}

const monthNumber = (month: string) =>
  Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));

/** A point and the months beside it, all known, tell the points between. */
function computePoints(
  one: Suspect,
  { place, before, between, after }: Stretch,
  computed: Computed,
): void {
  const { total, figure, flow, measure } = one;
  const line = total.lines.get(place);
  const sumAt = (month: string | undefined) =>
    (line?.get(month ?? "") ?? []).reduce(
      (all, row) => all + valueOf(row, figure, computed),
      0,
    );
  const counted = (from: string | undefined, to: string) =>
    monthsOf(flow, place, from, to)?.reduce(
      (all, row) => all + valueOf(row, measure),
      0,
    ) ?? NaN;
  for (const point of between) {
    const [row, ...others] = (line?.get(point) ?? []).filter((each) =>
      Number.isNaN(valueOf(each, figure, computed))
    );
    if (row === undefined || others.length > 0) continue;
    const rest = (line?.get(point) ?? []).filter((each) => each !== row)
      .reduce((all, each) => all + valueOf(each, figure, computed), 0);
    const up = (before === undefined ? 0 : sumAt(before)) +
      counted(before, point);
    const down = after === undefined
      ? NaN
      : sumAt(after) - counted(point, after);
    const value = Number.isNaN(up) ? down : up;
    if (!Number.isNaN(value)) compute(computed, row, figure, value - rest);
  }
}

function compute(to: Computed, row: Row, name: string, value: number): void {
  const own = to.get(row) ?? new Map<string, number>();
  own.set(name, value);
  to.set(row, own);
}

/** The last unknown point of a month whose total is shown in any table. */
function computeRests(
  table: CityTable,
  figure: string,
  tables: readonly CityTable[],
  computed: Computed,
): void {
  const own = viewsOf(table, [])[0]?.lines.get("");
  if (own === undefined) return;
  for (const whole of tables.filter(({ rule }) => rule === "stock")) {
    if (whole === table) continue;
    for (const { lines } of viewsOf(whole, [])) {
      for (const name of whole.measures) {
        const above = (month: string) =>
          (lines.get("")?.get(month) ?? [])
            .reduce((all, row) => all + valueOf(row, name), 0);
        const sums = [...own].map(([month, rows]) => ({
          total: above(month),
          rows,
          sum: rows.reduce((all, row) => all + valueOf(row, figure), 0),
        })).filter(({ total }) => total > 0);
        const shown = sums.filter(({ sum }) => !Number.isNaN(sum));
        if (shown.length < ENOUGH / 4) continue;
        if (shown.some(({ sum, total }) => sum !== total)) continue;
        for (const { total, rows } of sums) {
          const [row, ...others] = rows.filter((one) =>
            Number.isNaN(valueOf(one, figure, computed))
          );
          if (row === undefined || others.length > 0) continue;
          const rest = rows.filter((one) => one !== row)
            .reduce((all, one) => all + valueOf(one, figure, computed), 0);
          compute(computed, row, figure, total - rest);
        }
      }
    }
  }
}

/** Rows of months of which too few values are possible once their sum is known. */
function narrow(
  { total, figure, flow, measure }: Suspect,
  { grown, months }: Stretch,
): string[] {
  if (grown === undefined || months === undefined) return [];
  const hidden = months.filter((row) => row[measure] === null);
  if (hidden.length === 0) return [];
  const { left, least } = leftOf(flow.table, months, measure, grown);
  const { table } = flow;
  const isTold = hidden.length === 1
    ? left > 0 && left < table.k
    // Without a month that is shown, two points tell what they tell alone.
    : left < grown && left >= least &&
      left - least + 1 < Math.min(table.k, grown + 1);
  return isTold
    ? hidden.map((row) =>
      `${table.dataset}/${table.id}/${
        keyOf(row, [table.period, ...table.dimensions])
      } ${measure} by ${total.table.dataset}/${total.table.id} ${figure}`
    )
    : [];
}

/** What the withheld rows of some months add up to, and how much they must at least. */
function leftOf(
  table: CityTable,
  rows: readonly Row[],
  measure: string,
  grown: number,
): { left: number; least: number } {
  const { zeros, shown } = readingOf(table);
  const least = zeros.has(measure)
    ? rows.filter((row) =>
      row[measure] === null && shown.has(lineOf(table, row))
    ).length
    : 0;
  const left = rows.reduce(
    (all, row) => all - Number(row[measure] ?? 0),
    grown,
  );
  return { left, least };
}

interface Reading {
  /** Measures of which zeros are shown. */
  readonly zeros: ReadonlySet<string>;
  /** Lines that are not withheld whole: what they withhold is somebody. */
  readonly shown: ReadonlySet<string>;
}

const readings = new WeakMap<CityTable, Reading>();

function readingOf(table: CityTable): Reading {
  const { rows, measures } = table;
  const reading = readings.get(table) ?? {
    zeros: new Set(
      measures.filter((name) => rows.some((row) => row[name] === 0)),
    ),
    shown: new Set(
      rows.filter((row) => row["status"] !== "withheld")
        .map((row) => lineOf(table, row)),
    ),
  };
  readings.set(table, reading);
  return reading;
}

function valueOf(row: Row, name: string, computed?: Computed): number {
  return Number(row[name] ?? computed?.get(row)?.get(name) ?? NaN);
}

/** A table, and what it says of each code of each further dimension. */
function viewsOf(table: CityTable, kept: readonly string[]): View[] {
  if (!kept.every((name) => table.dimensions.includes(name))) return [];
  const rows = table.rows.filter((row) => isMonth(String(row[table.period])));
  const further = table.dimensions.filter((name) => !kept.includes(name));
  const groups = further.flatMap((name) => {
    const codes = [...Map.groupBy(rows, (row) => row[name]).values()];
    return codes.length > MOST_CODES ? [] : codes;
  });
  const months = [...new Set(rows.map((row) => monthOf(table, row)))].sort();
  return [rows, ...groups].map((some) => ({
    table,
    months,
    lines: new Map(
      [...Map.groupBy(some, (row) => keyOf(row, kept))].map((
        [place, line],
      ) => [place, Map.groupBy(line, (row) => monthOf(table, row))]),
    ),
  }));
}

const monthOf = ({ period }: CityTable, row: Row) =>
  String(row[period]).slice(0, 7);

/** Whether a period is a month or the day that ends one. */
function isMonth(period: string): boolean {
  if (period.length === 7) return true;
  const [year = 0, month = 0, day] = period.split("-").map(Number);
  return new Date(Date.UTC(year, month, 0)).getUTCDate() === day;
}

function subsetsOf(names: readonly string[]): string[][] {
  return names.reduce<string[][]>(
    (sets, name) => [...sets, ...sets.map((one) => [...one, name])],
    [[]],
  );
}
