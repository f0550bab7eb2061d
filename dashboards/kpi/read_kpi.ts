import { addMonths, type Municipality } from "@hiraku/kernel";
import type { targets } from "@hiraku/opendata";
import type { z } from "zod";
import { evidence } from "../boards/evidence.ts";
import type { Evidence } from "../boards/evaluated.ts";
import { fiscalYearOf } from "../boards/periods.ts";
import type { Forecast } from "../evaluation/forecast.ts";
import { NotAdditive } from "../metrics/choose_table.ts";
import { type CityTables, measure } from "../metrics/measure.ts";
import type { Metric } from "../metrics/metric.ts";
import { valueOf } from "../metrics/reading.ts";
import { metricOrNone } from "../metrics/registry.ts";

export type Target = z.infer<typeof targets.row>;

/** What was aimed for in one fiscal year, and how it stands. */
export interface Goal {
  readonly fiscalYear: number;
  readonly target: number;
  readonly source: string;
  /** The figure at the end of the year, or the newest one while it runs. */
  readonly actual: number | undefined;
  readonly state: "reached" | "missed" | "running" | "ahead";
  /** Of a year that is not over: expected at its end. */
  readonly expected:
    | {
      readonly value: number;
      readonly low: number;
      readonly high: number;
      readonly probability: number;
    }
    | undefined;
  /** What has to come a month until the year ends, where adding up makes sense. */
  readonly pace: number | undefined;
  readonly monthsLeft: number;
}

/** A metric with targets: its series, its goals and what is expected. */
export interface Kpi {
  readonly metric: Metric;
  readonly points: readonly {
    readonly period: string;
    readonly value: number;
  }[];
  readonly goals: readonly Goal[];
  /** Mean change a month over the last three. */
  readonly recentPace: number | undefined;
  readonly ahead:
    | readonly {
      readonly month: string;
      readonly value: number;
      readonly low: number;
      readonly high: number;
    }[]
    | undefined;
  readonly forecast: Forecast | undefined;
  readonly evidence: Evidence;
}

/** Further on than this a forecast says nothing. */
const MOST_MONTHS = 18;
const FEWEST = 4;
/** A launch pulls a trend up; what came before the last year is not it. */
const RECENT = 12;

/** Every metric of a city that has a target, installs as configured among them. */
export async function readKpis(
  city: CityTables,
  kept: readonly Target[],
): Promise<Kpi[]> {
  const configured = configuredTargets(city.municipality);
  const groups = Map.groupBy(
    [...configured, ...kept],
    ({ metric, at }) => [metric, ...at].join("\t"),
  );
  if (configured.length === 0) groups.set("kpi_installs", []);
  const kpis = await Promise.all(
    [...groups].map(([key, goals]) => {
      const [name = "", ...at] = key.split("\t");
      const metric = metricOrNone(name);
      return metric === undefined
        ? undefined
        : readKpi(city, metric, whereOf(at), goals);
    }),
  );
  return kpis.filter((one) => one !== undefined);
}

/** Targets that stand in the configuration of a city: of installs. */
export function configuredTargets(
  { installTargets }: Municipality,
): Target[] {
  return installTargets.map(({ fiscalYear, installs }) => ({
    id: `installs-${fiscalYear}`,
    metric: "kpi_installs",
    at: [],
    fiscalYear,
    target: installs,
    source: "",
  }));
}

/** Rows of a metric as registers write them: `name=value`. */
export function whereOf(at: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    at.filter((one) => one.includes("=")).map((one) => {
      const cut = one.indexOf("=");
      return [one.slice(0, cut), one.slice(cut + 1)];
    }),
  );
}

async function readKpi(
  city: CityTables,
  metric: Metric,
  at: Record<string, string>,
  targets: readonly Target[],
): Promise<Kpi | undefined> {
  const measured = await measure(city, metric, { at }).catch((error) => {
    // A register may name rows that are not published.
    if (error instanceof NotAdditive) return undefined;
    throw error;
  });
  if (measured === undefined) return undefined;
  const points = measured.periods.flatMap((period) => {
    const value = valueOf(measured.read(period).get(""));
    return value === undefined ? [] : [{ period, value }];
  });
  const last = points.at(-1);
  if (last === undefined) return undefined;
  const month = last.period.slice(0, 7);
  const years = targets.map(({ fiscalYear }) => fiscalYear);
  const horizon = Math.min(
    MOST_MONTHS,
    Math.max(
      monthsTo(month, fiscalYearOf(month)),
      ...years.map((year) => monthsTo(month, year)),
    ),
  );
  const series = points.slice(-RECENT).map(({ value }) => value);
  const whole = isMonthly(points.slice(-RECENT));
  const { forecast: carryOn, intervalOf, probabilityOf } = await import(
    "../evaluation/forecast.ts"
  );
  const forecast = whole && series.length >= FEWEST && horizon > 0
    ? carryOn(series, horizon)
    : undefined;
  const ahead = forecast?.predictions.map((one, i) => ({
    month: addMonths(month, i + 1),
    value: one.value,
    ...intervalOf(one),
  }));
  const adds = metric.additivity === "stock";
  const goals = targets.toSorted((a, b) => a.fiscalYear - b.fiscalYear)
    .map(({ fiscalYear, target, source }): Goal => {
      const left = monthsTo(month, fiscalYear);
      const own = points.filter(({ period }) =>
        fiscalYearOf(period) === fiscalYear
      );
      const actual = own.at(-1)?.value ?? (left > 0 ? last.value : undefined);
      const prediction = forecast?.predictions[left - 1];
      return {
        fiscalYear,
        target,
        source,
        actual,
        state: actual !== undefined && actual >= target
          ? "reached"
          : left <= 0
          ? "missed"
          : fiscalYear === fiscalYearOf(month)
          ? "running"
          : "ahead",
        expected: prediction && {
          value: prediction.value,
          ...intervalOf(prediction),
          probability: probabilityOf(prediction, target),
        },
        pace: adds && left > 0 && last.value < target
          ? (target - last.value) / left
          : undefined,
        monthsLeft: Math.max(0, left),
      };
    });
  const before = points.at(-4);
  return {
    metric,
    points,
    goals,
    recentPace: adds && before !== undefined
      ? (last.value - before.value) / 3
      : undefined,
    ahead,
    forecast,
    evidence: evidence(measured, last.period, [
      measured.read(last.period).get("") ??
        { cells: 0, withheld: 0, low: 0, high: 0 },
    ]),
  };
}

/** Months from a month to the March in which a fiscal year ends. */
function monthsTo(month: string, fiscalYear: number): number {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return (fiscalYear + 1 - year) * 12 + 3 - number;
}

/** Whether points follow each other month by month, as a forecast supposes. */
function isMonthly(points: readonly { readonly period: string }[]): boolean {
  return points.every(({ period }, at) =>
    at === 0 ||
    addMonths(points[at - 1]?.period.slice(0, 7) ?? "", 1) ===
      period.slice(0, 7)
  );
}
