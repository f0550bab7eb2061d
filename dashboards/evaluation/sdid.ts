import { Problem } from "@hiraku/kernel";
import {
  type Assumption,
  type Evaluation,
  evidenceOf,
  open,
  tested,
  warningsOf,
} from "./evaluation.ts";
import { regularisedWeights } from "./frank_wolfe.ts";
import { at } from "./least_squares.ts";
import { deviation, mean, weighedSum } from "./moments.ts";
import { readPanel, type Series } from "./panel.ts";
import { infer, twoSided } from "./quantiles.ts";
import type { SdidSpec } from "./spec.ts";
import type { Table } from "./table.ts";

interface Weighed {
  readonly effect: number;
  /** Of the other units. */
  readonly units: readonly number[];
  /** Of the periods before. */
  readonly periods: readonly number[];
}

/**
 * Treated units against others, with weights of units and of periods before
 * (Arkhangelsky, Athey, Hirshberg, Imbens and Wager 2021).
 */
export function evaluateSdid(table: Table, spec: SdidSpec): Evaluation {
  const { frame, units, periods } = readPanel(table, spec);
  const absent = spec.treated.find((one) =>
    !units.some(({ id }) => id === one)
  );
  if (absent !== undefined) {
    throw new Problem("BadRequestData", "treated: not among the units");
  }
  const treated = units.filter(({ id }) => spec.treated.includes(id));
  const others = units.filter((unit) => !treated.includes(unit));
  const before = periods.filter((period) => period < spec.from).length;
  if (before < 2 || before === periods.length) {
    throw new Problem(
      "BadRequestData",
      "from: fewer than two periods before, or none after",
    );
  }
  if (others.length < treated.length + 2) {
    throw new Problem(
      "BadRequestData",
      "treated: fewer than two other units more than treated ones",
    );
  }
  const main = weighed(treated, others, before);
  const placebos = placeboEffects(others, treated.length, before);
  const error = deviation(placebos);

  return {
    ...infer(main.effect, error, spec.level, null),
    design: "sdid",
    model:
      `${spec.outcome} = effect of ${spec.unit} + effect of ${spec.period} + treatment, with weights of the others and of ${before} periods before ${spec.from}; the estimate is the coefficient of treatment`,
    errors:
      `standard deviation of ${placebos.length} effects found for other units`,
    n: frame.n,
    clusters: units.length,
    assumptions: [
      inTime(treated, others, before, error),
      open(
        "no spill-over",
        "The other units were not touched by the intervention",
      ),
    ],
    evidence: evidenceOf("2a"),
    warnings: warningsOf(frame, units.length),
    details: {
      weights: named(others.map(({ id }) => id), main.units, "unit"),
      periodWeights: named(periods.slice(0, before), main.periods, "period"),
      placebos,
    },
  };
}

function named<T>(
  names: readonly T[],
  weights: readonly number[],
  as: "unit" | "period",
): Record<string, unknown>[] {
  return names.map((name, i) => ({ [as]: name, weight: at(weights, i) }))
    .filter(({ weight }) => Number(weight) > 0)
    .sort((a, b) => Number(b["weight"]) - Number(a["weight"]));
}

function weighed(
  treated: readonly Series[],
  others: readonly Series[],
  before: number,
): Weighed {
  const after = at(others, 0).outcomes.length - before;
  const noise = deviation(
    others.flatMap(({ outcomes }) =>
      outcomes.slice(1, before).map((value, t) => value - at(outcomes, t))
    ),
  );
  const least = 1e-5 * noise;
  const own = at(others, 0).outcomes.map((_, t) =>
    mean(treated.map(({ outcomes }) => at(outcomes, t)))
  );
  const collapsed = others.map(({ outcomes }) => [
    ...outcomes.slice(0, before),
    mean(outcomes.slice(before)),
  ]);
  const periods = regularisedWeights(collapsed, 1e-6 * noise, least);
  const units = regularisedWeights(
    own.slice(0, before).map((value, t) => [
      ...others.map(({ outcomes }) => at(outcomes, t)),
      value,
    ]),
    (treated.length * after) ** 0.25 * noise,
    least,
  );
  const change = (outcomes: readonly number[]) =>
    mean(outcomes.slice(before)) - weighedSum(periods, outcomes);
  const effect = change(own) -
    weighedSum(units, others.map(({ outcomes }) => change(outcomes)));
  return { effect, units, periods };
}

/** Every run of so many neighbours among the others, taken for treated. */
function placeboEffects(
  others: readonly Series[],
  count: number,
  before: number,
): number[] {
  return others.map((_, first) => {
    const taken = Array.from(
      { length: count },
      (_, i) => at(others, (first + i) % others.length),
    );
    const rest = others.filter((one) => !taken.includes(one));
    return weighed(taken, rest, before).effect;
  });
}

/** The last quarter of the periods before, taken for treated. */
function inTime(
  treated: readonly Series[],
  others: readonly Series[],
  before: number,
  error: number,
): Assumption {
  const name = "no gap before";
  const early = before - Math.max(1, Math.floor(before / 4));
  if (early < 2) {
    return open(name, "There are too few periods before for a placebo");
  }
  const cut = (all: readonly Series[]) =>
    all.map((one) => ({ ...one, outcomes: one.outcomes.slice(0, before) }));
  const { effect } = weighed(cut(treated), cut(others), early);
  return tested(
    name,
    "Placebo: the last quarter of the periods before taken for treated, with the error of the estimate",
    { estimate: effect, pValue: twoSided(effect / error, null) },
  );
}
