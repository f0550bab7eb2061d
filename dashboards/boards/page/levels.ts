import { type Reading, valueOf } from "../../metrics/reading.ts";

export const LEVELS = 5;

/** Equal steps from the least to the greatest known value. */
export interface Scale {
  readonly low: number;
  readonly step: number;
}

/** The scale of a map or a grid; undefined when nothing is known. */
export function scaleOf(
  readings: readonly (Reading | undefined)[],
): Scale | undefined {
  const values = readings.flatMap((one) => valueOf(one) ?? []);
  if (values.length === 0) return undefined;
  const low = Math.min(...values);
  const high = Math.max(...values);
  return { low, step: (high - low) / LEVELS || Math.abs(high) || 1 };
}

/** 1 (least) to 5 (most); undefined where no one figure is known. */
export function levelOf(
  scale: Scale | undefined,
  reading: Reading | undefined,
): number | undefined {
  const value = valueOf(reading);
  if (value === undefined || scale === undefined) return undefined;
  return Math.min(LEVELS, 1 + Math.floor((value - scale.low) / scale.step));
}
