import { LinearModel } from "../solve/linear_model.ts";
import { left } from "../solve/stopwatch.ts";
import type { Row } from "../solve/system.ts";
import type { Publication, Told } from "../files/released_file.ts";
import { Blocked, type Plan } from "./plan.ts";

/**
 * Every figure as a multiple of the base less than one base away from it, such
 * that all sums still add up (controlled rounding), as near to the truth as a
 * secret choice among equals allows. Multiples stay as they are.
 */
export function roundFigures(plan: Plan, base: number): Publication {
  const { family, values, random } = plan;
  if (plan.rules.kind === "count" && base < plan.rules.k) {
    throw new Blocked(
      family,
      plan.targets.keys().next().value ?? 0,
      `a base of ${base} is smaller than the threshold ${plan.rules.k}`,
    );
  }
  const down = values.map((value) => Math.floor(value / base));
  const rows: Row[] = family.rows.map((row) => {
    const now = row.columns.reduce(
      (sum, cell, at) => sum + (row.factors[at] ?? 0) * (down[cell] ?? 0),
      0,
    );
    return {
      columns: row.columns,
      factors: row.factors,
      low: Math.ceil(row.low / base - 1e-9) - now,
      high: Math.floor(row.high / base + 1e-9) - now,
    };
  });
  const costs = values.map((value) => {
    const rest = value % base;
    return (base - 2 * rest) / base + (random() - 0.5) / 50;
  });
  using model = new LinearModel(
    {
      lower: values.map(() => 0),
      upper: values.map((value) => value % base === 0 ? 0 : 1),
      rows,
    },
    costs,
    true,
  );
  const answer = model.minimise(left(plan.stopwatch, plan.limit));
  if (answer.kind !== "optimal") {
    throw new Blocked(
      family,
      plan.targets.keys().next().value ?? 0,
      `no rounding to ${base} adds up`,
    );
  }
  const up = answer.optimum.values;
  return new Map(family.cells.flatMap(({ latent }, cell) => {
    if (latent) return [];
    const told: Told = {
      status: "rounded",
      value: ((down[cell] ?? 0) + Math.round(up[cell] ?? 0)) * base,
    };
    return [[cell, told] as const];
  }));
}
