import type { Text } from "@hiraku/kernel";
import type { Asked } from "./asked.ts";
import {
  type CityTables,
  measure,
  type Measured,
  periodIn,
} from "../metrics/measure.ts";
import { NotAdditive, NotPublished } from "../metrics/choose_table.ts";
import type { Metric, Where } from "../metrics/metric.ts";
import {
  MISSING,
  quotient,
  type Reading,
  statusOf,
} from "../metrics/reading.ts";
import { metricNamed } from "../metrics/registry.ts";
import type { Source } from "../released/source.ts";
import type { Chart } from "./board.ts";
import type { Column, EvaluatedChart, Milestone, Named } from "./evaluated.ts";
import { evidence } from "./evidence.ts";
import { followCohorts } from "./follow_cohorts.ts";
import { listRows } from "./list_rows.ts";
import { periodName } from "./periods.ts";
import { declaredOrder, dimensionTitle, valueName } from "./value_names.ts";

type Drawn<K extends Chart["kind"]> = Extract<Chart, { kind: K }>;

const TIME: Text = { ja: "時点", en: "Time" };
const OF_FIRST: Text = {
  ja: "最初の段階に対する割合",
  en: "Of the first step",
};

/** Reads a chart's figures; `undefined` while nothing of it is published. */
export async function evaluateChart(
  city: CityTables,
  chart: Chart,
  given: Asked,
  milestones: readonly Milestone[],
): Promise<EvaluatedChart | undefined> {
  const asked = chart.kind === "list" ? given : without(given, chart.apart);
  switch (chart.kind) {
    case "trend":
    case "multiples":
      return await overTime(city, chart, asked, milestones);
    case "bars":
    case "map":
      return await byValue(city, chart, asked);
    case "funnel":
      return await steps(city, chart, asked);
    case "grid":
      return await crossed(city, chart, asked);
    case "cohorts":
      return await followCohorts(city, chart, asked.month);
    case "list":
      return await listRows(city, chart, asked);
  }
}

/** What is asked, without the filters that do not narrow a chart. */
function without(asked: Asked, apart: readonly string[] = []): Asked {
  return {
    ...asked,
    at: Object.fromEntries(
      Object.entries(asked.at).filter(([name]) => !apart.includes(name)),
    ),
  };
}

interface Narrowed {
  readonly measured: Measured;
  readonly narrowed: Where;
  readonly unanswered: readonly string[];
}

/**
 * Opens a metric under as many of the reader's filters as its tables can answer
 * at once; `undefined` while no table of the version breaks it down like that.
 */
export async function narrowed(
  city: CityTables,
  metric: Metric,
  by: readonly string[],
  at: Where,
  asked: Asked,
): Promise<Narrowed | undefined> {
  const { own = [], foreign = [] } = Object.groupBy(
    Object.entries(asked.at).filter(([name]) => !(name in metric.of.at)),
    ([name, value]) => name in at && at[name] !== value ? "foreign" : "own",
  );
  let refused: unknown;
  for (const filters of inTurn(own)) {
    try {
      const narrowed = Object.fromEntries(filters);
      const measured = await measure(city, metric, {
        by,
        at: { ...at, ...narrowed },
      });
      const unanswered = [...own, ...foreign].map(([name]) => name)
        .filter((name) => !(name in narrowed));
      return measured && { measured, narrowed, unanswered };
    } catch (error) {
      if (!(error instanceof NotAdditive)) throw error;
      refused = error;
    }
  }
  if (refused instanceof NotPublished) return undefined;
  throw refused;
}

/** Every choice among the filters: all of them first, then without one, the first ones kept longest. */
function inTurn<One>(all: readonly One[]): One[][] {
  return Array.from(
    { length: 2 ** all.length },
    (_, left) =>
      all.filter((_, at) => (left >> (all.length - 1 - at) & 1) === 0),
  ).sort((a, b) => b.length - a.length);
}

async function overTime(
  city: CityTables,
  chart: Drawn<"trend"> | Drawn<"multiples">,
  asked: Asked,
  milestones: readonly Milestone[],
): Promise<EvaluatedChart | undefined> {
  const by = chart.by === undefined ? [] : [chart.by];
  const names = chart.kind === "trend" ? chart.metrics : [chart.metric];
  const columns: (Column & { read: (period: string) => Reading })[] = [];
  const opened: Narrowed[] = [];
  for (const name of names) {
    const metric = metricNamed(name);
    const one = await narrowed(city, metric, by, chart.at ?? {}, asked);
    if (one === undefined) continue;
    opened.push(one);
    const { measured } = one;
    const { format, unit } = metric;
    const read = remembered(measured);
    if (chart.by === undefined) {
      columns.push({
        code: metric.id,
        name: metric.title,
        format,
        unit,
        read: (period) => read(period).get("") ?? MISSING,
      });
      continue;
    }
    for (const value of valuesOf(measured, chart.by)) {
      columns.push({
        ...named(city, measured.source, chart.by, value),
        format,
        unit,
        read: (period) => read(period).get(value) ?? MISSING,
      });
    }
  }
  const periods = [
    ...new Set(
      opened.flatMap(({ measured }) => within(measured.periods, asked)),
    ),
  ].sort();
  const first = opened[0];
  const last = periods.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const rows = periods.map((period) => ({
    code: period,
    name: periodName(period),
    cells: columns.map(({ read }) => read(period)),
  }));
  // What happened before the first figure that can be drawn stands nowhere.
  const drawn = rows.filter(({ cells }) => cells.some(isDrawn))
    .map(({ code }) => code);
  return {
    chart,
    period: undefined,
    rowTitle: TIME,
    columns: columns.map(({ code, name, format, unit }) => ({
      code,
      name,
      format,
      unit,
    })),
    rows,
    milestones: milestones.filter(({ date }) =>
      date >= (drawn[0] ?? "~") && date <= `${drawn.at(-1) ?? ""}~`
    ),
    narrowed: first.narrowed,
    unanswered: first.unanswered,
    evidence: opened.map(({ measured }) =>
      evidence(measured, last, rows.flatMap((row) => row.cells))
    ),
    left: 0,
  };
}

async function byValue(
  city: CityTables,
  chart: Drawn<"bars"> | Drawn<"map">,
  asked: Asked,
): Promise<EvaluatedChart | undefined> {
  const metric = metricNamed(chart.metric);
  const by = chart.kind === "map" ? "districtCode" : chart.by;
  const { [by]: _own, ...others } = asked.at;
  const one = await narrowed(city, metric, [by], chart.at ?? {}, {
    ...asked,
    at: chart.kind === "map" ? others : asked.at,
  });
  const period = one && periodIn(one.measured.periods, asked.month);
  if (one === undefined || period === undefined) return undefined;
  const { measured } = one;
  const read = measured.read(period);
  const order = declaredOrder(measured.source, by);
  const largest = chart.kind === "bars" && chart.order === "value";
  const rows = [...read].sort(([a, x], [b, y]) =>
    (largest ? rank(y) - rank(x) : 0) || order(a, b)
  ).map(([value, reading]) => ({
    ...named(city, measured.source, by, value),
    cells: [reading],
  }));
  return {
    chart,
    period,
    rowTitle: dimensionTitle(measured.source, by),
    columns: [columnOf(metric)],
    rows,
    milestones: [],
    narrowed: one.narrowed,
    unanswered: one.unanswered,
    evidence: [evidence(measured, period, [...read.values()])],
    left: 0,
  };
}

async function steps(
  city: CityTables,
  chart: Drawn<"funnel">,
  asked: Asked,
): Promise<EvaluatedChart | undefined> {
  const metric = metricNamed(chart.metric);
  const one = await narrowed(city, metric, [chart.by], chart.at ?? {}, asked);
  const period = one && periodIn(one.measured.periods, asked.month);
  if (one === undefined || period === undefined) return undefined;
  const { measured } = one;
  const read = measured.read(period);
  const first = read.get(chart.steps[0] ?? "") ?? MISSING;
  return {
    chart,
    period,
    rowTitle: dimensionTitle(measured.source, chart.by),
    columns: [columnOf(metric), {
      code: "of_first",
      name: OF_FIRST,
      format: "share",
      unit: { ja: "", en: "" },
    }],
    rows: chart.steps.map((step) => {
      const reading = read.get(step) ?? MISSING;
      return {
        ...named(city, measured.source, chart.by, step),
        cells: [reading, quotient(reading, first)],
      };
    }),
    milestones: [],
    narrowed: one.narrowed,
    unanswered: one.unanswered,
    evidence: [evidence(measured, period, [...read.values()])],
    left: 0,
  };
}

async function crossed(
  city: CityTables,
  chart: Drawn<"grid">,
  asked: Asked,
): Promise<EvaluatedChart | undefined> {
  const metric = metricNamed(chart.metric);
  const by = [chart.rows, chart.columns];
  const one = await narrowed(city, metric, by, chart.at ?? {}, asked);
  const period = one && periodIn(one.measured.periods, asked.month);
  if (one === undefined || period === undefined) return undefined;
  const { measured } = one;
  const read = measured.read(period);
  const values = (at: number, dimension: string) =>
    [...new Set([...read.keys()].map((key) => key.split("\t")[at] ?? ""))]
      .sort(declaredOrder(measured.source, dimension));
  const across = values(1, chart.columns);
  return {
    chart,
    period,
    rowTitle: dimensionTitle(measured.source, chart.rows),
    columns: across.map((value) => ({
      ...named(city, measured.source, chart.columns, value),
      format: metric.format,
      unit: metric.unit,
    })),
    rows: values(0, chart.rows).map((value) => ({
      ...named(city, measured.source, chart.rows, value),
      cells: across.map((other) => read.get(`${value}\t${other}`) ?? MISSING),
    })),
    milestones: [],
    narrowed: one.narrowed,
    unanswered: one.unanswered,
    evidence: [evidence(measured, period, [...read.values()])],
    left: 0,
  };
}

function isDrawn(reading: Reading): boolean {
  const status = statusOf(reading);
  return status === "published" || status === "range" && reading.high !== null;
}

function columnOf({ id, title, format, unit }: Metric): Column {
  return { code: id, name: title, format, unit };
}

function named(
  { municipality }: CityTables,
  source: Source,
  dimension: string,
  code: string,
): Named {
  return { code, name: valueName(source, dimension, code, municipality) };
}

/** Withheld and missing cells come after every figure. */
function rank({ cells, withheld, low }: Reading): number {
  return cells === 0 ? -2 : withheld === cells ? -1 : low;
}

function remembered(measured: Measured): Measured["read"] {
  const known = new Map<string, Map<string, Reading>>();
  return (period) => {
    const before = known.get(period);
    if (before !== undefined) return before;
    const read = measured.read(period);
    known.set(period, read);
    return read;
  };
}

function valuesOf(measured: Measured, dimension: string): string[] {
  const values = new Set<string>();
  for (const row of measured.source.rows) values.add(String(row[dimension]));
  const asked = measured.at[dimension];
  return [...values].filter((one) =>
    asked === undefined || asked === one || asked.includes(one)
  ).sort(declaredOrder(measured.source, dimension));
}

/** Those of the periods that a reader asks for. */
export function within(
  periods: readonly string[],
  { month, from }: Asked,
): string[] {
  return periods.filter((one) =>
    (from === undefined || one >= from) &&
    (month === undefined || one.slice(0, 7) <= month)
  );
}
