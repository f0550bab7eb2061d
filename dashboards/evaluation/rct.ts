import { Problem } from "@hiraku/kernel";
import {
  addedVariance,
  refuseImpossible,
  withDisclosure,
} from "./disclosed_counts.ts";
import { type Evaluation, evidenceOf, open, warningsOf } from "./evaluation.ts";
import { reassigned } from "./few_clusters.ts";
import { wilson } from "./intervals.ts";
import { at, leastSquares } from "./least_squares.ts";
import { mean, variance } from "./moments.ts";
import { minimumDetectable } from "./power.ts";
import { inferAll } from "./regression.ts";
import type { RctSpec } from "./spec.ts";
import { columnOf, frameOf, type Table } from "./table.ts";
import { twoShares } from "./two_shares.ts";

type Form<F> = Extract<RctSpec, { form: F }>;

const RANDOM = open(
  "assigned by chance",
  "Who was treated was drawn by lot and the lot was kept",
);
const APART = open(
  "no spill-over",
  "Those not treated were not touched by what the treated got",
);

/** A randomised test, from totals of the arms or row by row. */
export function evaluateRct(table: Table, spec: RctSpec): Evaluation {
  return spec.form === "shares"
    ? evaluateShares(table, spec)
    : evaluateMeans(table, spec);
}

function evaluateShares(table: Table, spec: Form<"shares">): Evaluation {
  const frame = frameOf(table, spec.where, [
    ["successes", spec.successes],
    ["trials", spec.trials],
    ["treated", columnOf(spec.treated)],
  ]);
  const successes = frame.counts("successes", spec.successes);
  const trials = frame.counts("trials", spec.trials);
  refuseImpossible(successes, trials, spec.disclosure);
  const treated = frame.flags("treated", spec.treated);
  const [one, other] = [1, 0].map((group) => {
    const rows = treated.flatMap((of, i) => of === group ? [i] : []);
    const sum = (values: readonly number[]) =>
      rows.reduce((all, i) => all + at(values, i), 0);
    const arm = {
      successes: sum(successes),
      trials: sum(trials),
      counts: rows.length,
    };
    if (arm.trials > 0 && arm.successes >= 0 && arm.successes <= arm.trials) {
      return { ...arm, share: arm.successes / arm.trials };
    }
    throw new Problem(
      "BadRequestData",
      `successes: not between 0 and trials with treated ${group}`,
    );
  });
  if (one === undefined || other === undefined) throw new Error("Two arms");
  const added = addedVariance(one, spec.disclosure) +
    addedVariance(other, spec.disclosure);
  const found = twoShares(one, other, spec.level, added);
  const n = one.trials + other.trials;
  const all = (one.successes + other.successes) / n;
  return {
    ...found.difference,
    pValue: found.pValue,
    design: "rct",
    model: `share of ${spec.successes} in ${spec.trials}, treated − others`,
    errors: `binomial, people independent${withDisclosure(spec.disclosure)}`,
    n,
    clusters: null,
    assumptions: [RANDOM, APART],
    evidence: evidenceOf("1"),
    warnings: warningsOf(frame, null),
    details: {
      arms: [one, other].map((arm, i) => ({
        treated: 1 - i,
        ...arm,
        ...wilson(
          arm.successes,
          arm.trials,
          spec.level,
          addedVariance(arm, spec.disclosure),
        ),
      })),
      chiSquare: found.chiSquare,
      ratio: other.share === 0 ? null : one.share / other.share,
      minimumDetectable: all === 0 || all === 1 ? null : minimumDetectable(n, {
        deviation: Math.sqrt(all * (1 - all)),
        treatedShare: one.trials / n,
        level: spec.level,
        power: 0.8,
        designEffect: 1,
      }),
    },
  };
}

function evaluateMeans(table: Table, spec: Form<"means">): Evaluation {
  const frame = frameOf(table, spec.where, [
    ["outcome", spec.outcome],
    ["treated", columnOf(spec.treated)],
    ...(spec.cluster === undefined
      ? []
      : [["cluster", spec.cluster] as [string, string]]),
  ]);
  const y = frame.numbers("outcome", spec.outcome);
  const treated = frame.flags("treated", spec.treated);
  const names = spec.cluster === undefined
    ? y.map((_, i) => String(i))
    : frame.texts("cluster", spec.cluster);
  const units = new Map<string, { treated: number; sum: number; n: number }>();
  y.forEach((value, i) => {
    const name = at(names, i);
    const group = at(treated, i);
    const unit = units.get(name) ?? { treated: group, sum: 0, n: 0 };
    if (unit.treated !== group) {
      throw new Problem("BadRequestData", "cluster: one is cut by treated");
    }
    unit.sum += value;
    unit.n += 1;
    units.set(name, unit);
  });
  const all = [...units.values()];
  for (const group of [0, 1]) {
    if (all.filter((one) => one.treated === group).length < 2) {
      throw new Problem(
        "BadRequestData",
        `treated: fewer than two units with ${group}`,
      );
    }
  }
  const fit = leastSquares(treated.map((one) => [1, one]), y, [
    "(constant)",
    "treated",
  ]);
  const clustered = spec.cluster !== undefined;
  const inference = at(
    inferAll(
      fit,
      clustered ? { kind: "cluster", clusters: names } : { kind: "HC2" },
      spec.level,
    ),
    1,
  );
  const difference = (assignment: readonly number[]) => {
    const of = (group: number) => {
      const these = all.filter((_, i) => assignment[i] === group);
      const n = these.reduce((sum, one) => sum + one.n, 0);
      return these.reduce((sum, one) => sum + one.sum, 0) / n;
    };
    return of(1) - of(0);
  };
  const randomisation = reassigned(
    all.map((one) => one.treated),
    difference,
    spec.randomisation,
  );
  const share = mean(treated);
  return {
    ...inference,
    design: "rct",
    model: `mean of ${spec.outcome}, treated − others`,
    errors: clustered ? `cluster (CR1) by ${spec.cluster}` : "HC2",
    n: fit.n,
    clusters: clustered ? all.length : null,
    assumptions: [RANDOM, APART],
    evidence: evidenceOf("1"),
    warnings: warningsOf(frame, clustered ? all.length : null),
    details: {
      randomisation,
      minimumDetectable: minimumDetectable(fit.n, {
        deviation: Math.sqrt(variance(y)),
        treatedShare: share,
        level: spec.level,
        power: 0.8,
        designEffect: inference.standardError ** 2 /
          (variance(y) / (fit.n * share * (1 - share))),
      }),
    },
  };
}
