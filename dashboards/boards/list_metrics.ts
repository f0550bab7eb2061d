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
  /** The newest figure; undefined in a list of all, and where one value of a dimension has to be chosen first. */
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
  const all = isEverything({ words, by });
  const listed = await Promise.all(
    fitting.map((one) => listedOf(city, one, !all)),
  );
  return [...Map.groupBy(listed, ({ metric }) => metric.of.dataset)].map((
    [id, metrics],
  ) => ({
    id,
    title: DATASETS.find((one) => one.id === id)?.title ?? { ja: id, en: id },
    metrics,
  }));
}

/** Whether every metric is listed, by name and without its figure. */
export function isEverything({ words, by }: WantedMetrics): boolean {
  return words === "" && by === undefined;
}

async function listedOf(
  city: CityTables,
  metric: Metric,
  withFigure: boolean,
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
  if (fixed.length > 0 || !withFigure) {
    return {
      ...common,
      newest: undefined,
      isPublished: await hasTable(city, metric),
    };
  }
  const measured = await measure(city, metric);
  const period = measured && periodIn(measured.periods, undefined);
  return {
    ...common,
    isPublished: period !== undefined,
    newest: period === undefined
      ? undefined
      : { period, reading: measured?.read(period).get("") ?? MISSING },
  };
}

/** Whether a version holds the table of a metric, without reading its rows. */
async function hasTable(
  { municipality, shelf }: CityTables,
  { of: { dataset, table } }: Metric,
): Promise<boolean> {
  const version = await shelf.latest(municipality.code, dataset);
  return version?.manifest.tables.some(({ id }) => id === table) ?? false;
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
