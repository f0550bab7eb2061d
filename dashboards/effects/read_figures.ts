import { addMonths } from "@hiraku/kernel";
import type { evaluations } from "@hiraku/opendata";
import type { z } from "zod";
import { evidence } from "../boards/evidence.ts";
import type { Evidence } from "../boards/evaluated.ts";
import { whereOf } from "../kpi/read_kpi.ts";
import { type Exposure, heldAgainst, openExposure } from "./exposure.ts";
import { NotAdditive } from "../metrics/choose_table.ts";
import { type CityTables, measure } from "../metrics/measure.ts";
import type { Metric } from "../metrics/metric.ts";
import { type Reading, statusOf, valueOf } from "../metrics/reading.ts";

export type Question = z.infer<typeof evaluations.row>;

/** One released figure of a unit in a month. */
export interface Observed {
  readonly unit: string;
  readonly treated: boolean;
  /** `2026-04`. */
  readonly month: string;
  /** Months since the first after the intervention, negative before. */
  readonly since: number;
  readonly value: number;
}

/** The released figures a question is answered from, and what was left out. */
export interface Figures {
  readonly observed: readonly Observed[];
  /** Withheld cells of the units asked for. */
  readonly withheld: number;
  /** Units of which too few months are shown to be followed. */
  readonly unitsLeft: readonly string[];
  /** Figures shown of those units, which go with them. */
  readonly shownLeft: number;
  /** The month in which it happened, when it is neither before nor after. */
  readonly monthLeft: string | undefined;
  /** What every figure is held against, such as registrants. */
  readonly exposure: Exposure | undefined;
  readonly evidence: Evidence;
}

/** A unit is followed when this share of its months is shown: withheld cells are the small ones. */
const SHOWN_SHARE = 0.8;

/** Reads the figures of a question; `undefined` while the metric is not published so. */
export async function readFigures(
  city: CityTables,
  metric: Metric,
  question: Question,
): Promise<Figures | undefined> {
  const { at, unit, treated, comparison, intervention, from = "" } = question;
  const exposure = question.per === undefined
    ? undefined
    : await openExposure(city, question.per, unit);
  if (question.per !== undefined && exposure === undefined) return undefined;
  const measured = await measure(city, metric, {
    at: whereOf(at),
    by: unit === undefined ? [] : [unit],
  }).catch((error) => {
    // A register may name rows that are not published.
    if (error instanceof NotAdditive) return undefined;
    throw error;
  });
  const newest = measured?.periods.at(-1);
  if (measured === undefined || newest === undefined) return undefined;
  const whole = intervention.endsWith("-01");
  const month = intervention.slice(0, 7);
  const first = whole ? month : addMonths(month, 1);
  const names = unit === undefined ? [""] : [...treated, ...comparison];
  // Of a table by days the last one stands for its month.
  const periods = new Map(
    measured.periods.filter((one) => one >= from.slice(0, 7))
      .map((one) => [one.slice(0, 7), one]),
  );
  if (!whole) periods.delete(month);
  const readings = [...periods].flatMap(([month, period]) => {
    const read = measured.read(period);
    return names.flatMap((name) => {
      const reading = read.get(name);
      return reading === undefined ? [] : [{ name, month, reading }];
    });
  });
  const shown = (reading: Reading) => valueOf(reading) !== undefined;
  const unitsLeft = names.filter((name) => {
    const own = readings.filter((one) => one.name === name);
    const seen = own.filter(({ reading }) => shown(reading)).length;
    return unit !== undefined && seen < SHOWN_SHARE * periods.size;
  });
  const kept = readings.filter(({ name }) => !unitsLeft.includes(name));
  return {
    observed: kept.flatMap(({ name, month, reading }) => {
      const read = valueOf(reading);
      const under = exposure === undefined ? 1 : exposure.of(name, month);
      if (read === undefined || under === undefined || under === 0) return [];
      const value = exposure === undefined
        ? read
        : heldAgainst(read, under, metric, month);
      return [{
        unit: name,
        treated: treated.includes(name),
        month,
        since: monthNumber(month) - monthNumber(first),
        value,
      }];
    }),
    withheld:
      readings.filter(({ reading }) =>
        !shown(reading) && statusOf(reading) !== "missing"
      ).length,
    unitsLeft,
    shownLeft:
      readings.filter(({ name, reading }) =>
        unitsLeft.includes(name) && shown(reading)
      ).length,
    monthLeft: whole ? undefined : month,
    exposure,
    evidence: evidence(measured, newest, readings.map((one) => one.reading)),
  };
}

function monthNumber(month: string): number {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return year * 12 + number;
}
