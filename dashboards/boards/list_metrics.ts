import type { Text } from "@hiraku/kernel";
import { DATASETS } from "@hiraku/opendata";
import { type CityTables, measure, periodIn } from "../metrics/measure.ts";
import { METRICS } from "../metrics/definitions/all.ts";
import type { Metric } from "../metrics/metric.ts";
import { MISSING, type Reading } from "../metrics/reading.ts";
import { columnOfFamily, reachOf } from "../metrics/reach.ts";
import type { Named } from "./evaluated.ts";

/** A metric as a list of all of them tells it. */
export interface ListedMetric {
  readonly metric: Metric;
  /** What it is published by. */
  readonly cuts: readonly Named[];
  /** The newest figure; undefined where one value of a dimension has to be chosen first. */
  readonly newest:
    | { readonly period: string; readonly reading: Reading }
    | undefined;
  readonly isPublished: boolean;
}

/** Metrics that are read from one dataset. */
export interface MetricsOfDataset {
  readonly id: string;
  readonly title: Text;
  readonly metrics: readonly ListedMetric[];
}

/** What a reader looks for among the metrics. */
export interface WantedMetrics {
  /** Part of a title or a definition, in either language; empty for all. */
  readonly words: string;
  /** A dimension it has to be published by. */
  readonly by: string | undefined;
}

/** Metrics of the registry by dataset, those alone that fit. */
export async function listMetrics(
  city: CityTables,
  { words, by }: WantedMetrics,
): Promise<MetricsOfDataset[]> {
  const wanted = words.normalize("NFKC").toLowerCase();
  const fitting = METRICS.filter((metric) => {
    const { id, title, definition } = metric;
    const text = [id, title.ja, title.en, definition.ja, definition.en].join(
      "\n",
    )
      .normalize("NFKC").toLowerCase();
    return text.includes(wanted) &&
      (by === undefined ||
        reachOf(metric).cuts.some(({ dimension }) => dimension === by));
  });
  const listed = await Promise.all(fitting.map((one) => listedOf(city, one)));
  return [...Map.groupBy(listed, ({ metric }) => metric.of.dataset)].map((
    [id, metrics],
  ) => ({
    id,
    title: DATASETS.find((one) => one.id === id)?.title ?? { ja: id, en: id },
    metrics,
  }));
}

async function listedOf(
  city: CityTables,
  metric: Metric,
): Promise<ListedMetric> {
  const { fixed, cuts } = reachOf(metric);
  const common = {
    metric,
    cuts: cuts.map(({ dimension }) => ({
      code: dimension,
      name: columnOfFamily(metric, dimension)?.title ??
        { ja: dimension, en: dimension },
    })),
  };
  const measured = await measure(city, metric, { by: fixed });
  const period = measured && periodIn(measured.periods, undefined);
  if (measured === undefined || period === undefined) {
    return { ...common, newest: undefined, isPublished: false };
  }
  return {
    ...common,
    isPublished: true,
    newest: fixed.length > 0
      ? undefined
      : { period, reading: measured.read(period).get("") ?? MISSING },
  };
}

/** The dimensions that any metric is published by, most of them first. */
export function allCuts(): Named[] {
  const found = new Map<string, { name: Text; count: number }>();
  for (const metric of METRICS) {
    for (const { dimension } of reachOf(metric).cuts) {
      const name = columnOfFamily(metric, dimension)?.title;
      if (name === undefined) continue;
      const known = found.get(dimension) ?? { name, count: 0 };
      found.set(dimension, { ...known, count: known.count + 1 });
    }
  }
  return [...found].filter(([, { count }]) => count > 2)
    .sort(([, a], [, b]) => b.count - a.count)
    .map(([code, { name }]) => ({ code, name }));
}
