import { LinearModel } from "./linear_model.ts";
import { holds, type System } from "./system.ts";

const SECONDS = 60;

/** Any whole solution of a system; `undefined` when none was found. */
export function wholeSolution(system: System): Float64Array | undefined {
  for (const whole of [false, true]) {
    using model = new LinearModel(system, undefined, whole);
    const answer = model.minimise(SECONDS);
    if (answer.kind !== "optimal") return undefined;
    const values = answer.optimum.values.map((one) => Math.round(one) + 0);
    if (holds(system, values)) return values;
  }
  return undefined;
}
