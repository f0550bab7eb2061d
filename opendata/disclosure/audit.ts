import type { Municipality } from "@hiraku/kernel";
import type { AnyTable, Dataset, Tables } from "../dataset.ts";
import type { ReleasedRow } from "../released_row.ts";
import { areasOf, districtColumn } from "./areas.ts";
import { judge, type Judging } from "./published/judge.ts";
import {
  declaredLines,
  type Line,
  type ReleasedTables,
} from "./published/lines.ts";
import { releaseSystem } from "./published/release_system.ts";
import { told } from "./published/told.ts";
import {
  type VersionWitnesses,
  versionWitnesses,
} from "./published/version_witnesses.ts";
import { threshold } from "./rules/ladder.ts";

/** What a look at the released rows alone can vouch for. */
export interface Audit {
  readonly lines: number;
  /** Values a withheld figure of a new period may take, at the narrowest. */
  readonly narrowest: number | null;
  /** Whole tables that take the ends of every interval; none when nothing is withheld. */
  readonly witnesses: VersionWitnesses | undefined;
}

/**
 * Looks at a release as a stranger does, with the released rows and public
 * knowledge only, and throws when a shown figure is too small, a withheld one
 * can be told too closely, or a running total moves by too few. It shares no
 * state with the code that decided. Periods of `earlier` were judged by the
 * ladder of their own day. `found` are lines that add up undeclared; `leaves`
 * says, from exact figures, whether amounts stay uncertain enough.
 */
export function audit(
  dataset: Dataset<Tables>,
  tables: ReleasedTables,
  municipality: Municipality,
  earlier: ReleasedTables = {},
  found: readonly Line[] = [],
  leaves: Judging["leaves"] = () => true,
): Audit {
  const limits = new Map<string, Limits>();
  const fresh = new Map<string, Set<ReleasedRow>>();
  for (const [id, table] of Object.entries(dataset.tables)) {
    const rule = table.disclosure;
    if (rule.kind === "none") continue;
    const rows = tables[id] ?? [];
    const limit = limitsOf(table, rows, municipality);
    const known = new Set(earlier[id]?.map((row) => row[table.period]));
    const isNew = (row: ReleasedRow) =>
      rule.kind === "step" || !known.has(row[table.period] ?? null);
    const own = rows.filter(isNew);
    limits.set(id, limit);
    fresh.set(id, new Set(own));
    own.forEach((row) => checkRow(id, table, rule.people, row, limit(row)));
    if (rule.kind === "stock") {
      checkSteps(id, table, rule.people, rows, limit, isNew);
    }
  }
  const lines = [...declaredLines(dataset, tables), ...found];
  // What a new running total says of older rows is judged with it.
  for (const { table, rows, whole, ...line } of found) {
    if (!("since" in line)) continue;
    const above = tables[whole.table]?.[whole.row];
    const period = dataset.tables[whole.table]?.period ?? "";
    const isOld = earlier[whole.table]?.some((one) =>
      one[period] === above?.[period]
    );
    if (isOld) continue;
    for (const row of rows) {
      const one = tables[table]?.[row];
      const own = fresh.get(table);
      if (one?.status === "withheld" && own !== undefined) own.add(one);
    }
  }
  const system = releaseSystem(
    dataset,
    tables,
    lines,
    (table, row) => limits.get(table)?.(row).cap,
  );
  const answer = told(system);
  const narrowest = judge(dataset, tables, lines, answer, {
    unitOf: system.unitOf,
    isNew: (table, row) => fresh.get(table)?.has(row) ?? false,
    thresholdOf: (table, row) => limits.get(table)?.(row).threshold ?? 0,
    leaves,
  });
  return {
    lines:
      lines.filter(({ table, rows, hidesZeros, isDeclared }) =>
        isDeclared && hidesZeros &&
        rows.some((row) => {
          const one = tables[table]?.[row];
          return one !== undefined && fresh.get(table)?.has(one);
        })
      ).length,
    narrowest,
    witnesses: versionWitnesses(dataset, lines, system, answer),
  };
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
  const column = districtColumn(table);
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
      cap: "area" in rule ? area?.inhabitants : undefined,
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
