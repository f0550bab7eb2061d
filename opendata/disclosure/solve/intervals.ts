import { LinearModel } from "./linear_model.ts";
import { isOneSum, reached } from "./one_row.ts";
import { propagate } from "./propagate.ts";
import { type Part, partsOf, type System } from "./system.ts";
import { Witnesses } from "./witnesses.ts";
import { type Asking, Inquiry } from "./_inquiry.ts";

/** Every whole value an unknown may take lies between `low` and `high`, which are both taken. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  /** Whether nothing outside is possible: proved, not only not found. */
  readonly exact: boolean;
  /** Index of a whole solution of the part that takes `low`; and `high`, or far above when unbounded. */
  readonly lowAt: number;
  readonly highAt: number;
}

export interface PartIntervals {
  /** Unknowns of the whole system, in the order of the intervals. */
  readonly columns: readonly number[];
  readonly intervals: readonly Interval[];
  readonly witnesses: readonly Float64Array[];
}

/**
 * What the system tells of each unknown, part by part: first bounds that
 * follow row by row, then whole solutions that widen many intervals at once,
 * then each end by itself, as a whole-number problem where a vertex is not
 * whole. Throws `Contradiction` when nothing satisfies the system.
 */
export function intervalsOf(system: System, asking: Asking): PartIntervals[] {
  return partsOf(system).map((part) => ofPart(part, asking));
}

function ofPart({ columns, system }: Part, asking: Asking): PartIntervals {
  const bounded = propagate(system);
  const witnesses = new Witnesses(bounded);
  const isSettled = columns.every((column) =>
    asking.enough?.(column, Infinity, -Infinity)
  );
  if (isSettled) {
    return {
      columns,
      intervals: columns.map(() => UNASKED),
      witnesses: [],
    };
  }
  if (bounded.rows.length === 0) free(bounded, witnesses);
  else if (isOneSum(bounded)) oneSum(bounded, witnesses);
  else ask(bounded, witnesses, columns, asking);
  const { low, high, lowAt, highAt } = witnesses;
  return {
    columns,
    witnesses: witnesses.all,
    intervals: columns.map((_, at) => {
      const open = witnesses.highest[at] === Infinity;
      return {
        low: low[at] ?? 0,
        high: open && witnesses.unbounded.has(at) ? Infinity : high[at] ?? 0,
        exact: low[at] === witnesses.lowest[at] &&
          (high[at] === witnesses.highest[at] || witnesses.unbounded.has(at)),
        lowAt: lowAt[at] ?? 0,
        highAt: highAt[at] ?? 0,
      };
    }),
  };
}

/** Nobody asked, so nothing is said: no value was shown to be possible. */
const UNASKED: Interval = {
  low: Infinity,
  high: -Infinity,
  exact: false,
  lowAt: -1,
  highAt: -1,
};

/** How far above its least value a witness of an unbounded unknown goes. */
const FAR = 10_000;

function free({ lower, upper }: System, witnesses: Witnesses): void {
  witnesses.note(Float64Array.from(lower));
  witnesses.note(
    Float64Array.from(
      upper,
      (high, at) => high === Infinity ? (lower[at] ?? 0) + FAR : high,
    ),
  );
  upper.forEach((high, at) => high === Infinity && witnesses.unbounded.add(at));
}

function oneSum(system: System, witnesses: Witnesses): void {
  const [row] = system.rows;
  if (row === undefined) return;
  system.lower.forEach((low, at) => {
    const high = system.upper[at] ?? low;
    if ((witnesses.low[at] ?? Infinity) > low) {
      witnesses.note(reached(system, row, at, low));
    }
    if (high === Infinity) {
      witnesses.unbounded.add(at);
      witnesses.note(reached(system, row, at, low + FAR));
    } else if ((witnesses.high[at] ?? -Infinity) < high) {
      witnesses.note(reached(system, row, at, high));
    }
  });
}

function ask(
  system: System,
  witnesses: Witnesses,
  columns: readonly number[],
  asking: Asking,
): void {
  using model = new LinearModel(system);
  const inquiry = new Inquiry(system, model, witnesses, columns, asking, FAR);
  inquiry.rounds();
  inquiry.each();
  inquiry[Symbol.dispose]();
}
