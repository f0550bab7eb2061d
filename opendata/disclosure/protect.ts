import type { AnyTable, Dataset, Tables } from "../dataset.ts";
import type { PreviousTables, ReleaseContext } from "../release_context.ts";
import type { ReleasedRow } from "../released_row.ts";
import { amountNeeds } from "./amount_needs.ts";
import { audit } from "./audit.ts";
import { type Certificate, certify } from "./certificate.ts";
import { decideTable } from "./decide.ts";
import { foundLines, protectFoundSums } from "./found_sums.ts";
import { exactFigures } from "./exact_figures.ts";
import { type ExactRow, type Grid, gridOf, keyOf } from "./grid.ts";
import { isFarOff } from "./keeps_amounts.ts";
import { districtColumn, MERGED, thresholdOfArea } from "./areas.ts";
import { threshold } from "./rules/ladder.ts";
import { Readings } from "./suspected/reading.ts";
import type { SuspectTable } from "./suspected/suspect_table.ts";
import { withheldMore } from "./suspected/withheld_more.ts";
import { lastDay } from "../last_day.ts";
import { type ReleaseReport, reportOf } from "./release_report.ts";
import type { Judging } from "./published/judge.ts";
import type { Line } from "./published/lines.ts";
import { placeOf } from "./published/release_system.ts";
import type { VersionWitnesses } from "./published/version_witnesses.ts";
import { freshSecret, secretRandom } from "./secret_random.ts";
import { protectRunningTotals, runningLines } from "./running_totals.ts";
import { stepTable } from "./step_table.ts";

/** Rows that are withheld for one suspicion may bear on another. */
const ROUNDS = 8;

export interface Protected {
  readonly tables: Readonly<Record<string, readonly ReleasedRow[]>>;
  readonly certificate: Certificate;
  readonly report: ReleaseReport;
  /** None when nothing is withheld. */
  readonly witnesses?: VersionWitnesses;
}

/** Applies each table's rule, checks the outcome as a stranger would, and certifies it. */
export function protect(
  dataset: Dataset<Tables>,
  exact: Readonly<Record<string, readonly Record<string, unknown>[]>>,
  context: ReleaseContext,
): Protected {
  const merged = mergedAreas(context.previous);
  const secret = secretRandom(context.secret ?? freshSecret());
  let released: Record<string, readonly ReleasedRow[]> = {};
  const already = new Set<string>();
  const known = new Set<string>();
  const totalsFirst = Object.entries(dataset.tables).toSorted(
    ([, a], [, b]) => rank(a.disclosure) - rank(b.disclosure),
  );
  // Read once; tables may be decided several times.
  const given = new Map(
    totalsFirst.map(([id, table]) => [
      id,
      exactFigures(id, table, exact[id] ?? [], frozenPeriods(id)),
    ]),
  );
  const grids = new Map<string, Grid>();
  const others = othersOf(context);
  const readings = new Readings();
  const summed = new Set(
    totalsFirst.flatMap(([, { disclosure: rule }]) =>
      "total" in rule && rule.total !== undefined ? [rule.total.table] : []
    ),
  );
  decide();
  for (let round = 0; isMoreToBeWithheld(); round++) {
    if (round === ROUNDS) {
      throw new Error(`What '${dataset.id}' withholds is told by other tables`);
    }
    decide();
  }
  const tables = Object.fromEntries(
    Object.entries(dataset.tables).map(([id, table]) => [
      id,
      (released[id] ?? []).toSorted(
        inOrder([table.period, ...table.dimensions]),
      ),
    ]),
  );
  const { municipality } = context;
  const findings = audit(
    dataset,
    tables,
    municipality,
    context.previous,
    undeclaredLines(),
    needsOf(),
  );
  const certificate = certify(dataset, tables, municipality, findings);
  const report = reportOf(dataset, grids, released, frozenPeriods);
  const { witnesses } = findings;
  return { tables, certificate, report, ...(witnesses && { witnesses }) };

  function frozenPeriods(id: string): Set<string> {
    const period = dataset.tables[id]?.period ?? "";
    return new Set(
      (context.previous?.[id] ?? []).map((row) => String(row[period])),
    );
  }

  function flowsWith(rows: typeof released) {
    return new Map(
      [...grids].filter(([id, { table }]) =>
        rows[id] !== undefined && table.disclosure.kind === "flow"
      ).map(([id, grid]) => [
        id,
        { grid, rows: rows[id] ?? [], frozen: frozenPeriods(id) },
      ]),
    );
  }

  function undeclaredLines(): Line[] {
    const flows = flowsWith(tables);
    return [
      ...foundLines(flows),
      ...Object.entries(dataset.tables).flatMap(([id, table]) =>
        runningLines(id, table, tables[id] ?? [], flows)
      ),
    ];
  }

  function needsOf(): Judging["leaves"] {
    const needs = new Map(
      [...flowsWith(tables)].flatMap(([id, flow]) => amountNeeds(id, flow))
        .map(({ measure, cell, ...place }) => [placeOf(place, measure), cell]),
    );
    return (table, row, measure, { low, high }) => {
      const cell = needs.get(placeOf({ table, row }, measure));
      return cell === undefined || isFarOff(cell, low, high);
    };
  }

  function protectTotals(): void {
    const flows = flowsWith(released);
    for (const [id, table] of Object.entries(dataset.tables)) {
      if (table.disclosure.kind !== "none") continue;
      const frozen = frozenPeriods(id);
      released[id] = protectRunningTotals(
        table,
        released[id] ?? [],
        (row) => frozen.has(String(row[table.period])),
        flows,
        secret,
      );
    }
    for (const [id, { rows }] of flows) released[id] = rows;
  }

  function decide(): void {
    released = {};
    let areTotalsDecided = false;
    for (const [id, table] of totalsFirst) {
      const rule = table.disclosure;
      if (rank(rule) > 0 && !areTotalsDecided) {
        areTotalsDecided = true;
        protectFound(() => true);
        protectTotals();
        protectFound(() => true);
      }
      const figures = given.get(id) ?? [];
      const rows = figures.map(({ row }) => row);
      const frozen = context.previous?.[id] ?? [];
      if (rule.kind === "none") {
        released[id] = carryOver(table.period, frozen, rows);
        continue;
      }
      if (rule.kind === "step") {
        released[id] = stepTable(
          table,
          rule,
          rows,
          frozen,
          context.municipality,
        );
        continue;
      }
      const grid = grids.get(id) ??
        gridOf(table, figures, context.municipality, merged);
      grids.set(id, grid);
      const unended = grid.periods.find((one) => lastDay(one) >= context.today);
      if (unended !== undefined) {
        throw new Error(
          `Table '${id}' has rows of ${unended}, which has not ended`,
        );
      }
      const total = rule.total === undefined ? undefined : {
        rule: rule.total,
        grid: grids.get(rule.total.table),
        rows: released[rule.total.table] ?? [],
        frozen: context.previous?.[rule.total.table] ?? [],
      };
      released[id] = decideTable(
        grid,
        rule,
        frozen,
        total,
        secret,
        (period, { key }) => already.has(keyOf([id, period, ...key])),
      );
    }
    // What others add up to was decided before them and stays.
    protectFound((id) => !areTotalsDecided || !summed.has(id));
    if (!areTotalsDecided) protectTotals();
  }

  /** Whether a stranger's suspicions ask for more to be withheld. */
  function isMoreToBeWithheld(): boolean {
    const own = Object.entries(dataset.tables).map(([id, table]) => ({
      id,
      table,
      rows: released[id] ?? [],
      thresholdOf: thresholdsOf(table, context),
      own: { frozen: frozenPeriods(id), grid: grids.get(id) },
    }));
    const keys = withheldMore([...own, ...others], readings, secret, known);
    for (const key of keys) already.add(key);
    return keys.length > 0;
  }

  function protectFound(may: (id: string) => boolean): void {
    const all = flowsWith(released);
    const undeclared = new Map(
      [...all].filter(([id, { grid: { table } }]) =>
        rank(table.disclosure) === 0 && may(id)
      ),
    );
    const found = protectFoundSums(undeclared, all, secret);
    for (const [id, rows] of found) released[id] = rows;
  }
}

function othersOf(context: ReleaseContext): SuspectTable[] {
  const { elsewhere = [] } = context;
  return elsewhere.flatMap(({ dataset, tables }) =>
    Object.entries(dataset.tables).map(([id, table]) => ({
      id: `${dataset.id}/${id}`,
      table,
      rows: tables[id] ?? [],
      thresholdOf: thresholdsOf(table, context),
    }))
  );
}

/** The fewest people that a row of a table may speak of. */
function thresholdsOf(
  table: AnyTable,
  { municipality }: ReleaseContext,
): SuspectTable["thresholdOf"] {
  const usual = threshold(municipality.population?.value);
  const column = districtColumn(table);
  if (column === undefined) return () => usual;
  const areas = new Map<unknown, number>();
  return (row) => {
    const code = row[column];
    const known = areas.get(code) ??
      thresholdOfArea(String(code), municipality);
    areas.set(code, known);
    return known;
  };
}

function rank(rule: { kind: string; total?: unknown }): number {
  return rule.total === undefined ? 0 : 1;
}

/** Released periods stay word for word; only new ones are added. */
function carryOver(
  period: string,
  frozen: readonly ReleasedRow[],
  rows: readonly ExactRow[],
): ReleasedRow[] {
  const known = new Set(frozen.map((row) => row[period]));
  return [
    ...frozen,
    ...rows.filter((row) => !known.has(row[period] ?? null))
      .map((row) => ({ ...row, status: "published" as const })),
  ];
}

function mergedAreas(previous: PreviousTables | undefined): Set<string> {
  const codes = new Set<string>();
  for (const row of Object.values(previous ?? {}).flat()) {
    const code = row["districtCode"];
    if (typeof code === "string" && code.includes(MERGED)) codes.add(code);
  }
  return codes;
}

function inOrder(
  columns: readonly string[],
): (a: ReleasedRow, b: ReleasedRow) => number {
  return (a: ReleasedRow, b: ReleasedRow): number => {
    for (const name of columns) {
      const left = String(a[name]);
      const right = String(b[name]);
      if (left !== right) return left < right ? -1 : 1;
    }
    return 0;
  };
}
