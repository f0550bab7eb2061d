import { type Municipality, Problem } from "@hiraku/kernel";
import type { AnyTable, Rule } from "../dataset.ts";
import type { ReleasedRow } from "../released_row.ts";
import type { ExactRow } from "./grid.ts";
import { threshold } from "./rules/ladder.ts";
import { nextStep } from "./step.ts";

type StepRule = Extract<Rule, { kind: "step" }>;

/**
 * One row for every live mini-app of the newest month: its newest step, or
 * withheld while it has made none. `rows` are the month's whole series.
 */
export function stepTable(
  table: AnyTable,
  rule: StepRule,
  rows: readonly ExactRow[],
  before: readonly ReleasedRow[],
  municipality: Municipality,
): ReleasedRow[] {
  const period = rows.map((row) => String(row[table.period])).sort().at(-1);
  if (period === undefined) return [...before];
  const name = table.dimensions.find((one) => one !== rule.at) ?? "";
  const live = municipality.miniApps
    .filter((app) => app.since !== undefined && app.since <= `${period}-31`);
  const bySubject = Map.groupBy(
    rows.filter((row) => row[table.period] === period),
    (row) => String(row[name]),
  );
  for (const key of bySubject.keys()) {
    if (live.some((app) => app.id === key)) continue;
    throw new Problem("BadRequestData", `Mini-app '${key}' is not registered`);
  }
  const needed = threshold(municipality.population?.value);

  return live.map(({ id }) => {
    const last = before.find((row) =>
      row[table.period] === period && row[name] === id &&
      row.status === "published"
    );
    const points = (bySubject.get(id) ?? []).map((row) => ({
      at: String(row[rule.at]),
      people: Number(row[rule.people]),
      row,
    }));
    const next = nextStep(
      points,
      last && { at: String(last[rule.at]), people: Number(last[rule.people]) },
      needed,
    );
    if (next !== undefined) return { ...next.row, status: "published" };
    return last ?? nothingYet(table, rule, period, name, id);
  });
}

function nothingYet(
  table: AnyTable,
  rule: StepRule,
  period: string,
  name: string,
  id: string,
): ReleasedRow {
  return {
    [table.period]: period,
    [name]: id,
    [rule.at]: null,
    ...Object.fromEntries(table.measures.map((one) => [one, null])),
    status: "withheld",
  };
}
