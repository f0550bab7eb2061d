import { Problem } from "@hiraku/kernel";
import type { Description } from "./description.ts";
import { warningsOf } from "./evaluation.ts";
import { mean, variance } from "./moments.ts";
import { quantile } from "./quantiles.ts";
import type { PowerSpec } from "./spec_describe.ts";
import { frameOf, type Table } from "./table.ts";

/** What a test of two arms is planned with. */
export interface Plan {
  /** Standard deviation of one person's or row's outcome. */
  readonly deviation: number;
  readonly treatedShare: number;
  readonly level: number;
  readonly power: number;
  /** How much more variance whole clusters bring; 1 without. */
  readonly designEffect: number;
}

/** The smallest difference that so many people in both arms find with the power. */
export function minimumDetectable(n: number, plan: Plan): number {
  const { deviation, treatedShare, designEffect } = plan;
  const spread = designEffect / (n * treatedShare * (1 - treatedShare));
  return reachOf(plan) * deviation * Math.sqrt(spread);
}

/** How many people in both arms a difference needs to be found with the power. */
export function neededFor(effect: number, plan: Plan): number {
  const { deviation, treatedShare, designEffect } = plan;
  const ratio = reachOf(plan) * deviation / effect;
  return Math.ceil(
    ratio ** 2 * designEffect / (treatedShare * (1 - treatedShare)),
  );
}

function reachOf({ level, power }: Plan): number {
  return quantile((1 + level) / 2, null) + quantile(power, null);
}

/** What could be found by a test, judged by past outcomes. */
export function describePower(table: Table, spec: PowerSpec): Description {
  const frame = frameOf(table, spec.where, [
    ["outcome", spec.outcome],
    ...(spec.cluster === undefined
      ? []
      : [["cluster", spec.cluster] as [string, string]]),
  ]);
  const y = frame.numbers("outcome", spec.outcome);
  if (spec.binary && y.some((one) => one !== 0 && one !== 1)) {
    throw new Problem("BadRequestData", "outcome: holds other than 0 and 1");
  }
  if (y.length < 4) {
    throw new Problem("BadRequestData", "outcome: fewer than four rows");
  }
  const names = spec.cluster === undefined
    ? undefined
    : frame.texts("cluster", spec.cluster);
  const groups = names &&
    [...Map.groupBy(y, (_, i) => names[i] ?? "").values()];
  const correlation = groups === undefined ? 0 : intraclass(groups);
  const size = groups === undefined ? 1 : y.length / groups.length;
  const middle = mean(y);
  const plan: Plan = {
    deviation: Math.sqrt(spec.binary ? middle * (1 - middle) : variance(y)),
    treatedShare: spec.treated_share,
    level: spec.level,
    power: spec.power,
    designEffect: 1 + (size - 1) * correlation,
  };
  if (plan.deviation === 0) {
    throw new Problem("BadRequestData", "outcome: is the same in every row");
  }
  const n = spec.n ?? y.length;
  const estimate = minimumDetectable(n, plan);
  if (estimate <= 0) {
    throw new Problem("BadRequestData", "power: chance alone has as much");
  }
  return {
    design: "power",
    model:
      `difference of ${spec.outcome} between two arms of ${n} in all that is found with a probability of ${spec.power}`,
    n: y.length,
    estimate,
    interval: null,
    errors: groups === undefined
      ? "normal, people independent"
      : "normal, whole clusters assigned (Kish's design effect)",
    warnings: warningsOf(frame, groups?.length ?? null),
    details: {
      mean: middle,
      deviation: plan.deviation,
      intraclassCorrelation: correlation,
      designEffect: plan.designEffect,
      ...(spec.effect !== undefined && spec.effect !== 0 &&
        { neededForEffect: neededFor(spec.effect, plan) }),
    },
  };
}

/** One-way analysis of variance; never below nought. */
function intraclass(groups: readonly (readonly number[])[]): number {
  const n = groups.reduce((sum, one) => sum + one.length, 0);
  const k = groups.length;
  if (k < 2 || n <= k) {
    throw new Problem("BadRequestData", "cluster: too few, or one row each");
  }
  const all = mean(groups.flat());
  const between = groups.reduce(
    (sum, one) => sum + one.length * (mean(one) - all) ** 2,
    0,
  ) / (k - 1);
  const within = groups.reduce((sum, one) => {
    const own = mean(one);
    return sum + one.reduce((part, value) => part + (value - own) ** 2, 0);
  }, 0) / (n - k);
  const typical = (n - groups.reduce((sum, one) => sum + one.length ** 2, 0) /
      n) / (k - 1);
  const total = between + (typical - 1) * within;
  return total === 0 ? 0 : Math.max(0, (between - within) / total);
}
