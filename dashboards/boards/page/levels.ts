import type { Format } from "../../metrics/metric.ts";
import { type Reading, valueOf } from "../../metrics/reading.ts";

const MOST = 5;

/** Equal steps from the least to the greatest known value. */
export interface Scale {
  readonly low: number;
  readonly step: number;
  /** How many steps; one where all values are the same. */
  readonly levels: number;
}

/** The scale of a map or a grid; undefined when nothing is known. Counts go by whole steps. */
export function scaleOf(
  readings: readonly (Reading | undefined)[],
  format: Format | undefined,
): Scale | undefined {
  const values = readings.flatMap((one) => valueOf(one) ?? []);
  if (values.length === 0) return undefined;
  const low = Math.min(...values);
  const span = Math.max(...values) - low;
  if (span === 0) return { low, step: 1, levels: 1 };
  if (format !== "count") return { low, step: span / MOST, levels: MOST };
  const step = Math.ceil(span / MOST);
  return { low, step, levels: Math.min(MOST, Math.floor(span / step) + 1) };
}

/** 1 (least) to 5 (most); undefined where no one figure is known. */
export function levelOf(
  scale: Scale | undefined,
  reading: Reading | undefined,
): number | undefined {
  const value = valueOf(reading);
  if (value === undefined || scale === undefined) return undefined;
  const { low, step, levels } = scale;
  return Math.min(levels, 1 + Math.floor((value - low) / step));
}

/** The least value of each level, from the first on. */
export function levelStarts({ low, step, levels }: Scale): number[] {
  return Array.from({ length: levels }, (_, at) => low + step * at);
}
