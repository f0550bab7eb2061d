import type { Measured } from "../metrics/measure.ts";
import type { Reading } from "../metrics/reading.ts";
import type { Evidence } from "./evaluated.ts";

/** What readings of a period rest on. */
export function evidence(
  { metric, source, over, by, at }: Measured,
  period: string,
  readings: readonly Reading[],
): Evidence {
  return {
    metric,
    source,
    over,
    period,
    by,
    at,
    cells: readings.reduce((sum, one) => sum + one.cells, 0),
    withheld: readings.reduce((sum, one) => sum + one.withheld, 0),
  };
}
