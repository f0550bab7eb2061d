import { addMonths, type Text } from "@hiraku/kernel";
import { type CityTables, measure, periodIn } from "../metrics/measure.ts";
import { SHARE } from "../metrics/metric.ts";
import { MISSING, quotient, type Reading } from "../metrics/reading.ts";
import { metricNamed } from "../metrics/registry.ts";
import type { Chart } from "./board.ts";
import type { EvaluatedChart } from "./evaluated.ts";
import { evidence } from "./evidence.ts";
import { periodName } from "./periods.ts";
import { declaredOrder, valueName } from "./value_names.ts";

type Cohorts = Extract<Chart, { kind: "cohorts" }>;

const ROWS: Text = { ja: "登録した月", en: "Registered in" };

/**
 * A row for each month in which people came and a column for each month since.
 * Cells of one row are of different months; what is older than the table's
 * first month is left out, for of it only a part was seen.
 */
export async function followCohorts(
  city: CityTables,
  chart: Cohorts,
  month: string | undefined,
): Promise<EvaluatedChart | undefined> {
  const metric = metricNamed(chart.metric);
  const measured = await measure(city, metric, { by: [chart.since] });
  const period = measured && periodIn(measured.periods, month);
  if (measured === undefined || period === undefined) return undefined;
  const whole = chart.over === undefined
    ? undefined
    : await measure(city, metricNamed(chart.over));
  if (chart.over !== undefined && whole === undefined) return undefined;
  const first = measured.periods[0] ?? period;
  const cells = new Map<string, Map<string, Reading>>();
  for (const each of measured.periods.filter((one) => one <= period)) {
    for (const [since, reading] of measured.read(each)) {
      const came = addMonths(each, -Number(since));
      if (came < first) continue;
      const row = cells.get(came) ?? new Map<string, Reading>();
      cells.set(came, row.set(since, reading));
    }
  }
  const columns = [
    ...new Set([...cells.values()].flatMap((row) => [...row.keys()])),
  ].sort(declaredOrder(measured.source, chart.since));
  const all = [...cells.values()].flatMap((row) => [...row.values()]);
  return {
    chart,
    period,
    rowTitle: ROWS,
    columns: columns.map((code) => ({
      code,
      name: valueName(measured.source, chart.since, code, city.municipality),
      format: whole === undefined ? metric.format : "share",
      unit: whole === undefined ? metric.unit : SHARE,
    })),
    rows: [...cells].sort(([a], [b]) => a < b ? -1 : 1).map(([came, row]) => {
      const under = whole?.read(came).get("") ?? MISSING;
      return {
        code: came,
        name: periodName(came),
        cells: columns.map((since) => {
          const reading = row.get(since) ?? MISSING;
          return whole === undefined ? reading : quotient(reading, under);
        }),
      };
    }),
    milestones: [],
    narrowed: {},
    unanswered: [],
    evidence: [
      evidence(measured, period, all),
      ...whole === undefined ? [] : [evidence(whole, period, [])],
    ],
    left: 0,
  };
}
