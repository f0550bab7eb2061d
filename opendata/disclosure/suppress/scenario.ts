import { type Limits, limitsOf, substitute } from "../model/substitute.ts";
import { intervalsOf, type PartIntervals } from "../solve/intervals.ts";
import { mayBeSensitive, sensitiveStretches } from "../rules/sensitivity.ts";
import type { Plan } from "./plan.ts";
import type { Ranges } from "./ranges.ts";

/** An attacker: what it knows beside the publication, and what it must not find out. */
export interface Scenario {
  readonly limits: Limits;
  readonly known: ReadonlySet<number>;
  /** `width`: the full demand. `targets`: never a single value of a
   * target; `two`: nor, if it can be had, of any other withheld cell. */
  readonly demand: "width" | "two" | "targets";
}

/** A withheld cell that is told too closely, with what it lacks. */
export interface Weakness {
  readonly cell: number;
  /** How much lower and higher it must become possible than it is. */
  readonly low: number;
  readonly high: number;
  readonly missing: number;
}

export function scenariosOf(plan: Plan): Scenario[] {
  const { family, targets, rules, values } = plan;
  const limits = limitsOf(family);
  const nobody = new Set<number>();
  const scenarios: Scenario[] = [{ limits, known: nobody, demand: "width" }];
  if (plan.flag && rules.kind === "count" && rules.k > 2) {
    const flagged = new Map([...targets.values()].map(({ cell, reasons }) => {
      const cap = family.caps[cell] ?? Infinity;
      const stretch = sensitiveStretches(rules, cap).find(([from, to]) =>
        (values[cell] ?? 0) >= from && (values[cell] ?? 0) <= to
      );
      const own = reasons.includes("small") || reasons.includes("complement");
      return [cell, own ? stretch : undefined];
    }));
    scenarios.push({
      limits: {
        lower: (cell) => flagged.get(cell)?.[0] ?? limits.lower(cell),
        upper: (cell) => flagged.get(cell)?.[1] ?? limits.upper(cell),
      },
      known: nobody,
      demand: "two",
    });
  }
  for (const coalition of plan.coalitions) {
    scenarios.push({ limits, known: new Set(coalition), demand: "targets" });
  }
  return scenarios;
}

/** What an attacker of a scenario can tell of each withheld cell, as closely as the demand needs. */
export function tell(
  plan: Plan,
  hidden: ReadonlySet<number>,
  scenario: Scenario,
  ranges: Ranges,
): { cells: readonly number[]; parts: PartIntervals[] } {
  const { family, values, open } = plan;
  const { cells, system } = substitute(
    family,
    (cell) =>
      !isUnknown(plan, hidden, cell) || open.has(cell) ||
        scenario.known.has(cell)
        ? values[cell]
        : undefined,
    scenario.limits,
  );
  const parts = intervalsOf(system, {
    stopwatch: plan.stopwatch,
    limit: plan.limit,
    random: plan.random,
    enough: (column, seenLow, seenHigh) => {
      const cell = cells[column] ?? 0;
      if (family.cells[cell]?.latent && scenario.demand !== "width") {
        return true;
      }
      const low = ranges.low(cell, seenLow);
      const high = ranges.high(cell, seenHigh);
      return low <= high && lacks(plan, scenario, cell, low, high) <= 0;
    },
  });
  return { cells, parts };
}

function isUnknown(
  { family }: Plan,
  hidden: ReadonlySet<number>,
  cell: number,
): boolean {
  return hidden.has(cell) || (family.cells[cell]?.latent ?? false);
}

/** Withheld cells that the attacker tells too closely; one not known exactly counts as told. */
export function weaknesses(
  plan: Plan,
  hidden: ReadonlySet<number>,
  scenario: Scenario,
  ranges: Ranges,
): Weakness[] {
  const { cells, parts } = tell(plan, hidden, scenario, ranges);
  return parts.flatMap(({ columns, intervals }) =>
    columns.flatMap((column, at) => {
      const cell = cells[column] ?? 0;
      const { low: seenLow = 0, high: seenHigh = 0, exact = false } =
        intervals[at] ?? {};
      if (plan.family.cells[cell]?.latent && scenario.demand !== "width") {
        return [];
      }
      ranges.widen(cell, seenLow, seenHigh);
      const low = ranges.low(cell, seenLow);
      const high = ranges.high(cell, seenHigh);
      const missing = lacks(plan, scenario, cell, low, high, exact);
      return missing > 0 ? [{ cell, low, high, missing }] : [];
    })
  );
}

/**
 * By how many values an interval falls short of the demand. Only one that is
 * exact can show that a cell does not look sensitive.
 */
export function lacks(
  { rules, family, values, targets }: Plan,
  { demand }: Scenario,
  cell: number,
  low: number,
  high: number,
  exact = false,
): number {
  // Nobody publishes a latent cell; it may be known, but not to be small.
  const latent = family.cells[cell]?.latent ?? false;
  const single = low === high && !latent ? 1 : 0;
  if (demand === "two") return single;
  if (demand === "targets") return targets.has(cell) ? single : 0;
  const value = values[cell] ?? 0;
  const target = targets.get(cell);
  const own = target === undefined ? 0 : Math.max(
    target.width - (high - low),
    target.down - (value - low),
    target.up - (high - value),
  );
  const looks = rules.kind === "count" && !family.cells[cell]?.isRest &&
      (!exact || mayBeSensitive(rules, family, cell, low, high))
    ? rules.k - 1 - (high - low)
    : 0;
  return Math.max(single, own, looks);
}
