import type { Metric } from "./metric.ts";
import { METRICS } from "./definitions/all.ts";

const BY_ID = new Map(METRICS.map((one) => [one.id, one]));

/** A metric by its id; an unknown one is a bug of a board. */
export function metricNamed(id: string): Metric {
  const found = BY_ID.get(id);
  if (found === undefined) throw new Error(`There is no metric '${id}'`);
  return found;
}

/** A metric that somebody typed; `undefined` when there is none of that id. */
export function metricOrNone(id: string): Metric | undefined {
  return BY_ID.get(id);
}
