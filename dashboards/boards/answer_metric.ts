import { Problem, type Text } from "@hiraku/kernel";
import { NotAdditive } from "../metrics/choose_table.ts";
import { type CityTables, measure, type Measured } from "../metrics/measure.ts";
import type { Metric } from "../metrics/metric.ts";
import { METRICS } from "../metrics/definitions/all.ts";
import { columnOfFamily, type Cut, reachOf } from "../metrics/reach.ts";
import type { Reading } from "../metrics/reading.ts";
import { show, type Shown } from "../metrics/reading_text.ts";
import { boardPath, readAsked } from "./board_address.ts";
import { within } from "./evaluate_chart.ts";
import { evidence } from "./evidence.ts";
import type { Evidence } from "./evaluated.ts";
import { metricBoard, metricBoardId } from "./metric_board.ts";
import { valueName } from "./value_names.ts";

/** A metric by dimensions, one row a period and combination of values. */
export interface MetricAnswer {
  readonly by: readonly string[];
  readonly at: Measured["at"];
  readonly rows: readonly (
    & {
      readonly period: string;
      readonly values: Readonly<Record<string, string>>;
    }
    & Pick<Shown, "status" | "value" | "low" | "high">
    & { readonly withheld: number }
  )[];
  /** What the values of `by` are called. */
  readonly names: Readonly<Record<string, Readonly<Record<string, Text>>>>;
  /** What the rows rest on, the newest period's place in time among it. */
  readonly evidence: Evidence;
}

/** A metric as it is defined, and what may be asked of it. */
export interface MetricDefinition extends Metric {
  readonly by: readonly (Partial<Cut> & { readonly title: Text | undefined })[];
  /** Dimensions that `by` or a filter has to name. */
  readonly chooseOrSplitBy: readonly string[];
  /** Addresses, the page's without its language. */
  readonly page: string;
  readonly figures: string;
}

/** Every metric of the registry with its addresses in a city. */
export function metricDefinitions(code: string): MetricDefinition[] {
  return METRICS.map((metric) => {
    const { fixed, cuts } = reachOf(metric);
    return {
      ...metric,
      by: cuts.map(({ dimension, at }) => ({
        dimension,
        title: columnOfFamily(metric, dimension)?.title,
        ...Object.keys(at).length > 0 && { at },
      })),
      chooseOrSplitBy: fixed,
      page: boardPath(code, metricBoardId(metric.id)),
      figures: `/api/v1/metrics/${code}/${metric.id}`,
    };
  });
}

const MOST_DIMENSIONS = 2;

/**
 * Answers a metric from released tables by up to two dimensions. `undefined`
 * while nothing of it is published. Throws `BadRequestData`, which names what
 * is not known, not published or does not add up; a filter is never passed over.
 */
export async function answerMetric(
  city: CityTables,
  metric: Metric,
  parameters: URLSearchParams,
): Promise<MetricAnswer | undefined> {
  const board = metricBoard(metricBoardId(metric.id));
  if (board === undefined) throw new Error(`'${metric.id}' has no board`);
  const by = [...new Set(parameters.getAll("by"))];
  const unknown = by.some((one) => !board.filters.includes(one));
  if (unknown || by.length > MOST_DIMENSIONS) {
    throw new Problem(
      "BadRequestData",
      `Parameter 'by': at most ${MOST_DIMENSIONS} of ${
        board.filters.join(", ") || "none"
      }`,
    );
  }
  const given = [...parameters].filter(([name]) => name !== "by");
  if (new Set(given.map(([name]) => name)).size < given.length) {
    throw new Problem("BadRequestData", "A parameter stands twice");
  }
  const asked = readAsked(board, Object.fromEntries(given));
  const { at } = asked;
  const measured = await opened(city, metric, by, at);
  if (measured === undefined) return undefined;
  const periods = within(measured.periods, asked);
  const cells = periods.flatMap((period) =>
    [...measured.read(period)].map(([key, reading]) => ({
      period,
      values: Object.fromEntries(
        by.map((name, at) => [name, key.split("\t")[at] ?? ""]),
      ),
      reading,
    }))
  );
  return {
    by,
    at: measured.at,
    rows: cells.map(({ period, values, reading }) => ({
      period,
      values,
      ...figureOf(reading, metric),
      withheld: reading.withheld,
    })),
    names: Object.fromEntries(by.map((name) => [
      name,
      Object.fromEntries(
        [...new Set(cells.map(({ values }) => values[name] ?? ""))].map((
          value,
        ) => [
          value,
          valueName(measured.source, name, value, city.municipality, at),
        ]),
      ),
    ])),
    evidence: evidence(
      measured,
      periods.at(-1) ?? "",
      cells.map(({ reading }) => reading),
    ),
  };
}

function figureOf(reading: Reading, { format }: Metric) {
  const { status, value, low, high } = show(reading, format, "en");
  return { status, value, low, high };
}

async function opened(
  city: CityTables,
  metric: Metric,
  by: readonly string[],
  at: Readonly<Record<string, string>>,
): Promise<Measured | undefined> {
  try {
    return await measure(city, metric, { by, at });
  } catch (error) {
    if (error instanceof NotAdditive) {
      throw new Problem("BadRequestData", error.message);
    }
    throw error;
  }
}
