import type { Family } from "../model/family.ts";
import { LinearModel } from "../solve/linear_model.ts";
import { holds, type Row, type System } from "../solve/system.ts";

/** One noisy measurement of a cell. */
export interface Measurement {
  readonly cell: number;
  readonly value: number;
  readonly sigma: number;
}

/**
 * The table of whole numbers, none of them negative, that satisfies every
 * relation of the family and lies nearest to the measurements (by their
 * distance over sigma). Costs no privacy: it sees the measurements alone.
 */
export function consistent(
  family: Family,
  measurements: readonly Measurement[],
  seconds: number,
): number[] {
  const width = family.cells.length;
  const rows: Row[] = [...family.rows];
  const costs = new Array<number>(width).fill(0);
  measurements.forEach(({ cell, value, sigma }, at) => {
    const above = width + 2 * at;
    // figure − above + below = measured
    rows.push({
      columns: [cell, above, above + 1],
      factors: [1, -1, 1],
      low: value,
      high: value,
    });
    costs.push(1 / sigma, 1 / sigma);
  });
  const system: System = {
    lower: costs.map(() => 0),
    upper: costs.map((_, at) => family.caps[at] ?? Infinity),
    rows,
  };
  for (const whole of [false, true]) {
    using model = new LinearModel(system, costs, whole);
    const answer = model.minimise(seconds);
    if (answer.kind !== "optimal") continue;
    const values = answer.optimum.values.map((value) => Math.round(value) + 0);
    if (holds(system, values)) return [...values.slice(0, width)];
  }
  throw new Error("No consistent table was found in the time given");
}
