import type { Municipality } from "@hiraku/kernel";
import type { AnyTable, Dataset, Tables } from "../dataset.ts";
import type { ReleasedRow } from "../released_row.ts";
import { areasOf } from "./areas.ts";
import { type Line, widthsOf } from "./line_audit.ts";
import { threshold } from "./rules/ladder.ts";
import { lastDay } from "../last_day.ts";

type Released = Readonly<Record<string, readonly ReleasedRow[]>>;

/** What a look at the released rows alone can vouch for. */
export interface Audit {
  readonly lines: number;
  /** Values a withheld cell of a flow table may take, at the narrowest. */
  readonly narrowest: number | null;
}

/**
 * Looks at a release as a stranger does, with the released rows and public
 * knowledge only, and throws when a shown figure is too small, a withheld one
 * can be told too closely, or a running total moves by too few. It shares no
 * state with the code that decided. Periods of `earlier` were judged by the
 * ladder of their own day.
 */
export function audit(
  dataset: Dataset<Tables>,
  tables: Released,
  municipality: Municipality,
  earlier: Released = {},
): Audit {
  let lines = 0;
  let narrowest = Infinity;
  const unions = new Map<
    string,
    { total: ReleasedRow | undefined; lines: JudgedLine[] }
  >();
  for (const [id, table] of Object.entries(dataset.tables)) {
    const rule = table.disclosure;
    if (rule.kind === "none") continue;
    const rows = tables[id] ?? [];
    const limits = limitsOf(table, rows, municipality);
    const known = new Set(earlier[id]?.map((row) => row[table.period]));
    const isNew = (row: ReleasedRow) =>
      rule.kind === "step" || !known.has(row[table.period] ?? null);
    const fresh = rows.filter(isNew);
    fresh.forEach((row) => checkRow(id, table, rule.people, row, limits(row)));
    if (rule.kind === "stock") {
      checkSteps(id, table, rule.people, rows, limits, isNew);
    }
    if (rule.kind === "step" || rule.total === undefined) continue;
    const totals = tables[rule.total.table] ?? [];
    const above = dataset.tables[rule.total.table];
    if (above === undefined) continue;
    const total = totalFinder(table, above, rule.total.at ?? {}, totals);
    for (const [key, line] of Map.groupBy(fresh, (row) => total.key(row))) {
      lines += 1;
      const of = `${rule.total.table} ${key}`;
      const one = unions.get(of) ?? { total: total.row(key), lines: [] };
      unions.set(of, one);
      const whole = line.every((row) => row.status === "withheld");
      one.lines.push({
        id,
        table,
        rows: line,
        people: rule.people,
        least: rule.kind === "flow" && !whole ? 1 : 0,
        cap: (row) => limits(row).cap ?? Infinity,
        limits,
      });
    }
  }
  for (const { total, lines: own } of unions.values()) {
    narrowest = Math.min(narrowest, judgeUnion(own, total));
  }
  return { lines, narrowest: narrowest === Infinity ? null : narrowest };
}

interface Limit {
  readonly threshold: number;
  readonly cap: number | undefined;
}
type Limits = (row: ReleasedRow) => Limit;

function limitsOf(
  table: AnyTable,
  rows: readonly ReleasedRow[],
  municipality: Municipality,
): Limits {
  const city = municipality.population?.value;
  const rule = table.disclosure;
  const column = rule.kind === "flow" || rule.kind === "stock"
    ? rule.area
    : undefined;
  const whole = { threshold: threshold(city), cap: city };
  if (column === undefined) return () => whole;
  const codes = new Set(rows.map((row) => String(row[column])));
  const areas = new Map(
    areasOf(municipality, codes).map((area) => [area.code, area]),
  );
  const strictest = Math.max(
    ...[...areas.values()].map((area) => area.threshold),
  );
  return (row) => {
    const area = areas.get(String(row[column]));
    return {
      threshold: area?.threshold ?? strictest,
      cap: area?.inhabitants,
    };
  };
}

function checkRow(
  id: string,
  table: AnyTable,
  people: string,
  row: ReleasedRow,
  limit: Limit,
): void {
  const figures = table.measures.map((name) => row[name]);
  if (row.status === "withheld") {
    if (figures.every((figure) => figure === null)) return;
    throw new Error(`Audit: a withheld row of '${id}' holds a figure`);
  }
  const count = Number(row[people]);
  const empty = figures.every((figure) => figure === 0);
  const nearAll = limit.cap !== undefined &&
    count > limit.cap - limit.threshold;
  if (!empty && (count < limit.threshold || nearAll)) {
    throw new Error(`Audit: a figure of '${id}' is too small to be shown`);
  }
}

function checkSteps(
  id: string,
  table: AnyTable,
  people: string,
  rows: readonly ReleasedRow[],
  limits: Limits,
  isNew: (row: ReleasedRow) => boolean,
): void {
  const series = Map.groupBy(
    rows.filter((row) => row.status === "published"),
    (row) => table.dimensions.map((name) => row[name]).join(" "),
  );
  for (const points of series.values()) {
    let before = 0;
    for (const row of points) {
      const step = Math.abs(Number(row[people]) - before);
      if (isNew(row) && step > 0 && step < limits(row).threshold) {
        throw new Error(`Audit: a total of '${id}' moves by too few people`);
      }
      before = Number(row[people]);
    }
  }
}

function totalFinder(
  table: AnyTable,
  above: AnyTable,
  at: Readonly<Record<string, string>>,
  totals: readonly ReleasedRow[],
): {
  key(row: ReleasedRow): string;
  row(key: string): ReleasedRow | undefined;
} {
  const daily = above.period === "date";
  const keyOf = (period: string, row: ReleasedRow, fixed: typeof at) =>
    [period, ...above.dimensions.map((name) => fixed[name] ?? row[name])]
      .join(" ");
  const byKey = new Map(
    totals.map((row) => [keyOf(String(row[above.period]), row, {}), row]),
  );
  return {
    key: (row) => {
      const period = String(row[table.period]);
      return keyOf(daily ? lastDay(period) : period, row, at);
    },
    row: (key) => byKey.get(key),
  };
}

interface JudgedLine extends Line {
  readonly id: string;
  readonly people: string;
  readonly limits: Limits;
}

/** Values the narrowest withheld cell of the lines of one total may take. */
function judgeUnion(
  lines: readonly JudgedLine[],
  total: ReleasedRow | undefined,
): number {
  const withheld = lines.filter(({ rows }) =>
    rows.some((row) => row.status === "withheld")
  );
  if (withheld.length === 0) return Infinity;
  if (total === undefined || total.status === "withheld") {
    const shown = withheld.find(({ rows }) =>
      rows.some((row) => row.status !== "withheld")
    );
    return shown === undefined ? Infinity : tooClose(shown.id);
  }
  let narrowest = Infinity;
  for (const measure of withheld[0]?.table.measures ?? []) {
    const own = lines.filter((one) => one.table.measures.includes(measure));
    const isPeople = withheld.some((one) => one.people === measure);
    const widths = widthsOf(own, total, measure, isPeople);
    for (const { id, rows, limits } of withheld) {
      const needed = neededRoom(rows, limits);
      for (const row of rows) {
        const width = widths.get(row);
        if (width === undefined) continue;
        if (width < needed) tooClose(id);
        narrowest = Math.min(narrowest, width);
      }
    }
  }
  return narrowest;
}

function tooClose(id: string): never {
  throw new Error(`Audit: a withheld cell of '${id}' is told too closely`);
}

// A line that is withheld whole tells no more than its total does, which the
// ladder of the whole city let through.
function neededRoom(line: readonly ReleasedRow[], limits: Limits): number {
  const hidden = line.filter((row) => row.status === "withheld");
  if (hidden.length === line.length) return 2;
  return Math.max(...hidden.map((row) => limits(row).threshold));
}
