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
import { metricNamed } from "../metrics/registry.ts";
import type { Board, Headline } from "./board.ts";
import { evidence } from "./evidence.ts";
import { historiesOf } from "./open_board.ts";
import type { Evidence } from "./evaluated.ts";

/** A headline of several cities for every 1,000 inhabitants, by municipality code. */
export interface CityRates {
  readonly title: Text;
  readonly metric: Metric;
  readonly rows: readonly {
    readonly municipality: Municipality;
    readonly reading: Reading;
    readonly period: string | undefined;
    readonly evidence: Evidence | undefined;
    /** Newest versions of the dataset it rests on. */
    readonly histories: ReadonlyMap<string, readonly PublishedVersion[]>;
  }[];
}

/** The headline of a board that may be compared by inhabitants: the first that counts people or doings. */
export function comparedHeadline(
  { headlines }: Board,
): { headline: Headline; metric: Metric } | undefined {
  return headlines.map((headline) => ({
    headline,
    metric: metricNamed(headline.metric),
  })).find(({ metric }) =>
    metric.format === "count" && metric.over === undefined &&
    metric.additivity !== "none" && metric.each.length === 0 &&
    !metric.survey && metric.unit !== YEN
  );
}

/** Reads that headline in every city; `undefined` where there is none or one city alone. */
export async function compareCities(
  cities: readonly CityTables[],
  board: Board,
  month: string | undefined,
): Promise<CityRates | undefined> {
  const found = comparedHeadline(board);
  if (found === undefined || cities.length < 2) return undefined;
  const { headline: { title, at = {} }, metric } = found;
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
      inhabitants === undefined
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
      reading: quotient(reading, exactly(inhabitants / 1_000)),
      period,
      evidence: found,
      histories: await historiesOf(city, [found]),
    };
  }));
  return { title: title ?? metric.title, metric, rows };
}
