import type { Text } from "@hiraku/kernel";
import type { ReleasedRow } from "@hiraku/opendata";
import { type CityTables, periodIn } from "../metrics/measure.ts";
import { MISSING } from "../metrics/reading.ts";
import { metricNamed } from "../metrics/registry.ts";
import type { Source } from "../released/source.ts";
import type { Board, Headline } from "./board.ts";
import type { EvaluatedBoard, EvaluatedHeadline, Filter } from "./evaluated.ts";
import { metricsOf } from "./boards_of_metric.ts";
import { milestonesOf } from "./milestones.ts";
import { evaluateChart, narrowed } from "./evaluate_chart.ts";
import type { Asked } from "./asked.ts";
import { evidence } from "./evidence.ts";
import { yearBefore } from "./periods.ts";
import { toDateOf } from "./to_date.ts";
import { declaredOrder, dimensionTitle, valueName } from "./value_names.ts";

/** Reads everything a board shows of a city, from the newest released tables. */
export async function evaluateBoard(
  city: CityTables,
  board: Board,
  given: Asked,
): Promise<EvaluatedBoard> {
  const asked = await withChoices(city, board, given);
  const milestones = await milestonesOf(city);
  const [headlines, charts, months, filters] = await Promise.all([
    Promise.all(board.headlines.map((one) => headline(city, one, asked))),
    Promise.all(
      board.charts.map((one) => evaluateChart(city, one, asked, milestones)),
    ),
    monthsOf(city, board),
    filtersOf(city, board, asked),
  ]);
  return {
    board,
    months,
    month: asked.month,
    from: asked.from,
    filters,
    headlines: headlines.filter((one) => one !== undefined),
    charts: charts.filter((one) => one !== undefined),
  };
}

/** What is asked, with a value for every filter that always has one. */
async function withChoices(
  { municipality, shelf }: CityTables,
  board: Board,
  asked: Asked,
): Promise<Asked> {
  let at = asked.at;
  for (const dimension of board.choose ?? []) {
    if (dimension in at) continue;
    for (const { dataset, table } of tablesOf(board)) {
      const source = await shelf.open(municipality.code, dataset, table);
      if (!source?.dimensions.includes(dimension)) continue;
      const period = periodIn([...source.byPeriod.keys()], asked.month);
      const first = [source.byPeriod.get(period ?? "") ?? [], source.rows]
        .flatMap((rows) => firstOf(source, rows, dimension, at) ?? [])[0];
      // Of a table without rows, none is chosen of nothing.
      at = { ...at, [dimension]: first ?? "" };
      break;
    }
  }
  return { ...asked, at };
}

/** The first value of a dimension that goes with what is chosen already. */
function firstOf(
  source: Source,
  rows: readonly ReleasedRow[],
  dimension: string,
  at: Asked["at"],
): string | undefined {
  return rows.filter((row) =>
    Object.entries(at).every(([name, value]) =>
      !source.dimensions.includes(name) || row[name] === value
    )
  ).map((row) => String(row[dimension]))
    .sort(declaredOrder(source, dimension))[0];
}

async function headline(
  city: CityTables,
  { metric: id, title, at = {}, toDate }: Headline,
  asked: Asked,
): Promise<EvaluatedHeadline | undefined> {
  const metric = metricNamed(id);
  const one = await narrowed(city, metric, [], at, asked);
  if (one === undefined) return undefined;
  const { measured } = one;
  const { periods } = measured;
  const period = periodIn(periods, asked.month);
  const read = (of: string | undefined) =>
    of === undefined
      ? undefined
      : { period: of, reading: measured.read(of).get("") ?? MISSING };
  const now = read(period);
  if (period === undefined || now === undefined) return undefined;
  const year = yearBefore(period);
  return {
    title: title ?? metric.title,
    metric,
    reading: now.reading,
    period,
    before: read(periods[periods.indexOf(period) - 1]),
    yearBefore: read(periods.findLast((one) => one.startsWith(year))),
    toDate: toDate &&
      toDateOf(periods, period, (of) => measured.read(of).get("") ?? MISSING),
    narrowed: one.narrowed,
    evidence: evidence(measured, period, [now.reading]),
  };
}

/** Which released tables a chart or a headline reads. */
export function tablesOf(board: Board): { dataset: string; table: string }[] {
  const ids = [
    ...board.headlines.map(({ metric }) => metric),
    ...board.charts.flatMap((chart) => metricsOf(chart)),
  ];
  const lists = board.charts.flatMap((chart) => {
    if (chart.kind !== "list") return [];
    const [dataset = "", table = ""] = chart.table.split(".");
    return [{ dataset, table }];
  });
  return [
    ...ids.map((id) => {
      const { dataset, table } = metricNamed(id).of;
      return { dataset, table };
    }),
    ...lists,
  ];
}

/** Every dataset a board may read, those of its denominators and milestones included. */
export function datasetsOf(board: Board): string[] {
  const metrics = [
    ...board.headlines.map(({ metric }) => metric),
    ...board.charts.flatMap(metricsOf),
  ].map(metricNamed);
  return [
    ...new Set([
      "logic_model",
      ...tablesOf(board).map(({ dataset }) => dataset),
      ...metrics.flatMap(({ over }) =>
        over === undefined || over === "inhabitants" ? [] : [over.dataset]
      ),
    ]),
  ];
}

/** Months of which a board has figures, newest first. */
export async function monthsOf(
  { municipality, shelf }: CityTables,
  board: Board,
): Promise<string[]> {
  const months = new Set<string>();
  for (const { dataset, table } of tablesOf(board)) {
    const source = await shelf.open(municipality.code, dataset, table);
    for (const period of source?.byPeriod.keys() ?? []) {
      months.add(period.slice(0, 7));
    }
  }
  return [...months].sort().reverse();
}

async function filtersOf(
  { municipality, shelf }: CityTables,
  board: Board,
  asked: Asked,
): Promise<Filter[]> {
  const filters: Filter[] = [];
  for (const dimension of board.filters) {
    const values = new Map<string, Text>();
    let title: Text | undefined;
    let order: ((a: string, b: string) => number) | undefined;
    for (const { dataset, table } of tablesOf(board)) {
      const version = await shelf.latest(municipality.code, dataset);
      for (const { id, total, columns } of version?.manifest.tables ?? []) {
        if (id !== table && total?.table !== table) continue;
        if (!columns.some(({ name }) => name === dimension)) continue;
        const source = await shelf.open(municipality.code, dataset, id);
        if (source === undefined) continue;
        title ??= dimensionTitle(source, dimension);
        order ??= declaredOrder(source, dimension);
        for (const row of source.rows) {
          const value = String(row[dimension]);
          if (values.has(value)) continue;
          values.set(
            value,
            valueName(source, dimension, value, municipality, asked.at),
          );
        }
      }
    }
    if (title === undefined) continue;
    filters.push({
      dimension,
      title,
      values: [...values].sort(([a], [b]) => order?.(a, b) ?? 0)
        .map(([code, name]) => ({ code, name })),
      chosen: asked.at[dimension],
      always: board.choose?.includes(dimension) ?? false,
    });
  }
  return filters;
}
