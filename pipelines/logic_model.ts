import { sql } from "@hiraku/kernel/store";
import {
  aims,
  DATASETS,
  isOfNobody,
  logicModel,
  milestones,
  type PreviousTables,
} from "@hiraku/opendata";
import type { CityData } from "./aggregate.ts";
import { filled, type Rows } from "./filled.ts";
import { member } from "./keys.ts";
import { PURPOSES } from "./purpose.ts";

/** Aims with what measures them, from published figures only, and milestones. */
export const publishLogicModel = filled(logicModel, PURPOSES.operation, {
  parts: [indicators, annotations],
});

async function indicators(
  { municipality, entries, released }: CityData,
  through: string,
): Promise<{ indicators: Rows }> {
  const tables = new Map<string, PreviousTables | undefined>();
  const rows: Record<string, unknown>[] = [];
  for (const aim of await entries(aims)) {
    const { id, group, title, level, indicator, at, published, source } = aim;
    let found: { state: string; value: number | null } = {
      state: "missing",
      value: null,
    };
    if (indicator !== undefined) {
      const [dataset = "", table = "", measure = ""] = indicator.split(".");
      if (!tables.has(dataset)) {
        const known = DATASETS.find((one) => one.id === dataset);
        tables.set(dataset, known && await released(municipality, known));
      }
      found = figureOf(tables.get(dataset)?.[table] ?? [], measure, at);
    } else if (published !== undefined) {
      found = { state: "measured", value: published };
    }
    rows.push({
      month: through,
      aimId: id,
      group,
      title,
      level,
      source: source ?? indicator ?? "",
      ...found,
    });
  }
  return { indicators: rows };
}

/** The figure of the newest row that fits; rows are in the order of their period. */
function figureOf(
  rows: PreviousTables[string],
  measure: string,
  at: readonly string[],
): { state: string; value: number | null } {
  const wanted = at.map((one) => one.split("="));
  const row = rows.findLast((one) =>
    wanted.every(([name = "", value]) => String(one[name]) === value)
  );
  const value = row?.[measure];
  if (row === undefined || value === undefined || isOfNobody(row, measure)) {
    return { state: "missing", value: null };
  }
  return value === null
    ? { state: "withheld", value: null }
    : { state: "measured", value: Number(value) };
}

/** Milestones of the register, and those that events told of. */
async function annotations(
  { warehouse, entries }: CityData,
  through: string,
): Promise<{ milestones: Rows }> {
  const told = await sql<{ id: string; date: string; kind: string }>`
    select ${member("milestoneId")} as id,
      arg_max(${member("date")}, occurred_at) as date,
      arg_max(${member("kind")}, occurred_at) as kind
    from event where type = 'milestone.reached' group by all`.execute(
    warehouse,
  );
  const all = new Map(
    told.rows.map((one) => [one.id, { ...one, title: one.id }]),
  );
  for (const one of await entries(milestones)) all.set(one.id, one);
  return {
    milestones: [...all.values()].filter(({ date }) =>
      date.slice(0, 7) <= through
    )
      .map(({ id, date, kind, title }) => ({
        month: date.slice(0, 7),
        milestoneId: id,
        date,
        kind,
        title,
        count: 1,
      })),
  };
}
