import type { Municipality, Text } from "@hiraku/kernel";
import type { PublishedVersion } from "@hiraku/opendata";
import { type CityTables, measure, periodIn } from "../metrics/measure.ts";
import { type Metric, YEN } from "../metrics/metric.ts";
import {
  exactly,
  MISSING,
  quotient,
  type Reading,
} from "../metrics/reading.ts";
import { columnOfFamily } from "../metrics/reach.ts";
import { metricNamed } from "../metrics/registry.ts";
import type { Board, Headline } from "./board.ts";
import { evidence } from "./evidence.ts";
import { historiesOf } from "./open_board.ts";
import type { EvaluatedBoard, Evidence } from "./evaluated.ts";

/** A headline of several cities, by municipality code. */
export interface CityRates {
  readonly title: Text;
  readonly metric: Metric;
  /** Whether it is told for every 1,000 inhabitants; shares and means are told as they are. */
  readonly perThousand: boolean;
  readonly rows: readonly {
    readonly municipality: Municipality;
    readonly reading: Reading;
    readonly period: string | undefined;
    readonly evidence: Evidence | undefined;
    /** Newest versions of the dataset it rests on. */
    readonly histories: ReadonlyMap<string, readonly PublishedVersion[]>;
  }[];
}

/**
 * The headline of a board that may be compared: the first that counts people or
 * doings, by inhabitants; on the board of one metric a share or a mean, too.
 */
export function comparedHeadline(
  { headlines, views }: Board,
): { headline: Headline; metric: Metric } | undefined {
  return headlines.map((headline) => ({
    headline,
    metric: metricNamed(headline.metric),
  })).find(({ metric }) =>
    metric.each.length === 0 && !metric.survey && metric.unit !== YEN &&
    (isCount(metric) || views !== undefined)
  );
}

function isCount({ format, over, additivity }: Metric): boolean {
  return format === "count" && over === undefined && additivity !== "none";
}

/**
 * Reads that headline in every city; `undefined` where there is none, one city
 * alone, nothing to choose from yet, or a value chosen that is this city's own,
 * such as a mini-app.
 */
export async function compareCities(
  cities: readonly CityTables[],
  { board, month, filters }: Pick<
    EvaluatedBoard,
    "board" | "month" | "filters"
  >,
): Promise<CityRates | undefined> {
  const found = comparedHeadline(board);
  if (found === undefined || cities.length < 2) return undefined;
  const { headline, metric } = found;
  const chosen = filters.filter(({ always }) => always);
  const common = (board.choose ?? []).every((name) =>
    chosen.some(({ dimension }) => dimension === name) &&
    columnOfFamily(metric, name)?.names !== undefined
  );
  if (!common) return undefined;
  const { title } = headline;
  const at = {
    ...headline.at,
    ...Object.fromEntries(
      chosen.map(({ dimension, chosen = "" }) => [dimension, chosen]),
    ),
  };
  const perThousand = isCount(metric);
  const byCode = cities.toSorted((a, b) =>
    a.municipality.code < b.municipality.code ? -1 : 1
  );
  const rows = await Promise.all(byCode.map(async (city) => {
    const { municipality } = city;
    const measured = await measure(city, metric, { at });
    const period = measured && periodIn(measured.periods, month);
    const inhabitants = municipality.population?.value;
    if (
      measured === undefined || period === undefined ||
      perThousand && inhabitants === undefined
    ) {
      return {
        municipality,
        reading: MISSING,
        period: undefined,
        evidence: undefined,
        histories: new Map(),
      };
    }
    const reading = measured.read(period).get("") ?? MISSING;
    const found = evidence(measured, period, [reading]);
    return {
      municipality,
      reading: perThousand
        ? quotient(reading, exactly((inhabitants ?? 0) / 1_000))
        : reading,
      period,
      evidence: found,
      histories: await historiesOf(city, [found]),
    };
  }));
  return { title: title ?? metric.title, metric, perThousand, rows };
}
