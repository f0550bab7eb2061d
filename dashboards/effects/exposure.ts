import { evidence } from "../boards/evidence.ts";
import type { Evidence } from "../boards/evaluated.ts";
import { lastDay } from "../metrics/sum_cells.ts";
import { NotAdditive } from "../metrics/choose_table.ts";
import { type CityTables, measure } from "../metrics/measure.ts";
import type { Metric } from "../metrics/metric.ts";
import { type Reading, valueOf } from "../metrics/reading.ts";
import { metricOrNone } from "../metrics/registry.ts";

/** What figures are held against, such as the registrants of the month. */
export interface Exposure {
  readonly metric: Metric;
  readonly evidence: Evidence;
  /** Of a unit in a month, as of its last day that is shown; none where none is. */
  of(unit: string, month: string): number | undefined;
}

/** How many of what a figure is held against make one. */
const EXPOSED = 1_000;

/**
 * Opens a metric as an exposure: by unit where it is published so, else for
 * the whole city. `undefined` while it is not published.
 */
export async function openExposure(
  city: CityTables,
  id: string,
  unit: string | undefined,
): Promise<Exposure | undefined> {
  const metric = metricOrNone(id);
  if (metric === undefined) return undefined;
  const by = (names: readonly string[]) =>
    measure(city, metric, { by: names }).catch((error) => {
      if (error instanceof NotAdditive) return undefined;
      throw error;
    });
  const measured = (unit === undefined ? undefined : await by([unit])) ??
    await by([]);
  if (measured === undefined) return undefined;
  // The last day of a month may be withheld where an earlier one is shown.
  const newestFirst = Map.groupBy(
    measured.periods.toReversed(),
    (period) => period.slice(0, 7),
  );
  const read = new Map<string, ReadonlyMap<string, Reading>>();
  const readingsOf = (period: string) => {
    const known = read.get(period) ?? measured.read(period);
    read.set(period, known);
    return known;
  };
  const own = measured.by.length > 0;
  const newest = measured.periods.at(-1) ?? "";
  return {
    metric,
    evidence: evidence(measured, newest, [...readingsOf(newest).values()]),
    of(name, month) {
      for (const period of newestFirst.get(month) ?? []) {
        const value = valueOf(readingsOf(period).get(own ? name : ""));
        if (value !== undefined) return value;
      }
      return undefined;
    },
  };
}

/** A figure of a month for every thousand of its exposure, a day. */
export function heldAgainst(
  value: number,
  exposure: number,
  { additivity }: Metric,
  month: string,
): number {
  const days = additivity === "events" ? Number(lastDay(month).slice(8)) : 1;
  return value / exposure / days * EXPOSED;
}
