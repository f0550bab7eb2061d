import { Problem } from "@hiraku/kernel";
import {
  type Assumption,
  type Evaluation,
  evidenceOf,
  open,
  tested,
  warningsOf,
} from "./evaluation.ts";
import { at } from "./least_squares.ts";
import { readPanel, type Series } from "./panel.ts";
import { infer } from "./quantiles.ts";
import { mix, simplexFit } from "./simplex_fit.ts";
import type { ScSpec } from "./spec.ts";
import type { Table } from "./table.ts";

interface Synthetic {
  readonly weights: readonly number[];
  /** Actual less synthetic, a period each. */
  readonly gaps: readonly number[];
  /** Mean gap after. */
  readonly effect: number;
  readonly rmspeBefore: number;
  /** Mean squared gap after over the same before; infinite where that is none. */
  readonly ratio: number;
}

/** Of a gap, against the size of the outcome: nothing but rounding. */
const NOTHING = 1e-12;

/**
 * One treated unit against the mix of others that ran alike before, outcomes
 * only (Abadie, Diamond and Hainmueller 2010).
 */
export function evaluateSc(table: Table, spec: ScSpec): Evaluation {
  const { frame, units, periods } = readPanel(table, spec);
  const treated = units.find(({ id }) => id === spec.treated);
  if (treated === undefined) {
    throw new Problem("BadRequestData", "treated: not among the units");
  }
  const donors = units.filter((unit) => unit !== treated);
  const before = periods.filter((period) => period < spec.from).length;
  if (before < 2 || before === periods.length) {
    throw new Problem(
      "BadRequestData",
      "from: fewer than two periods before, or none after",
    );
  }
  if (donors.length < 3) {
    throw new Problem("BadRequestData", "unit: fewer than three other units");
  }
  const main = synthetic(treated, donors, before);
  const placebos = inSpace(units, treated, before);
  const effects = placebos.map(({ effect }) => effect);
  const rank = rankOf(main, placebos);

  return {
    ...infer(main.effect, deviation(effects), spec.level, null),
    pValue: rank / units.length,
    design: "sc",
    model:
      `${spec.outcome} of the treated ${spec.unit} less a convex mix of the others fitted on ${before} periods before ${spec.from}; the estimate is the mean gap from then on`,
    errors:
      "standard deviation of the effects found for the other units; p-value by rank of the ratio of squared gaps",
    n: frame.n,
    clusters: units.length,
    assumptions: [
      inTime(treated, units, before, periods),
      open(
        "no spill-over",
        "The other units were not touched by the intervention",
      ),
    ],
    evidence: evidenceOf("2a"),
    warnings: [
      ...warningsOf(frame, units.length),
      ...(main.ratio === Infinity
        ? [
          "The periods before are fitted without error: more than one mix may do so, and the rank says little",
        ]
        : []),
    ],
    details: {
      weights: donors
        .map(({ id }, i) => ({ unit: id, weight: at(main.weights, i) }))
        .filter(({ weight }) => weight > 0)
        .sort((a, b) => b.weight - a.weight),
      rmspeBefore: main.rmspeBefore,
      ratio: main.ratio === Infinity ? null : main.ratio,
      rank,
      units: units.length,
      gaps: periods.map((period, i) => ({ period, gap: at(main.gaps, i) })),
      leaveOneOut: donors.filter((_, i) => at(main.weights, i) > 0.001)
        .map((left) => ({
          without: left.id,
          estimate: synthetic(
            treated,
            donors.filter((one) => one !== left),
            before,
          ).effect,
        })),
    },
  };
}

function synthetic(
  unit: Series,
  donors: readonly Series[],
  before: number,
): Synthetic {
  const outcomes = donors.map((one) => one.outcomes);
  const weights = simplexFit(
    outcomes.map((series) => series.slice(0, before)),
    unit.outcomes.slice(0, before),
  );
  const mixed = mix(outcomes, donors.map((_, i) => i), weights);
  const gaps = unit.outcomes.map((value, i) => value - at(mixed, i));
  const after = gaps.slice(before);
  const squares = meanSquare(gaps.slice(0, before));
  const nothing = NOTHING * Math.max(...unit.outcomes.map(Math.abs));
  return {
    weights,
    gaps,
    effect: after.reduce((sum, gap) => sum + gap, 0) / after.length,
    rmspeBefore: Math.sqrt(squares),
    ratio: squares > nothing ** 2
      ? meanSquare(after) / squares
      : meanSquare(after) > nothing ** 2
      ? Infinity
      : 0,
  };
}

/** Every other unit as if treated, the treated one among its donors. */
function inSpace(
  units: readonly Series[],
  treated: Series,
  before: number,
): Synthetic[] {
  return units.filter((unit) => unit !== treated).map((unit) =>
    synthetic(unit, units.filter((other) => other !== unit), before)
  );
}

/** The same on the periods before alone, treated from half way. */
function inTime(
  treated: Series,
  units: readonly Series[],
  before: number,
  periods: readonly number[],
): Assumption {
  const name = "no gap before";
  const start = Math.floor(before / 2);
  if (start < 2) {
    return open(name, "There are too few periods before for a placebo");
  }
  const cut = units.map((unit) => ({
    ...unit,
    outcomes: unit.outcomes.slice(0, before),
  }));
  const own = cut[units.indexOf(treated)];
  if (own === undefined) return open(name, "The treated unit is not there");
  const main = synthetic(own, cut.filter((one) => one !== own), start);
  const rank = rankOf(main, inSpace(cut, own, start));
  return tested(
    name,
    `Placebo: the periods before alone, treated from ${
      periods[start]
    }; p-value by rank`,
    { estimate: main.effect, pValue: rank / units.length },
  );
}

function rankOf(main: Synthetic, others: readonly Synthetic[]): number {
  return 1 + others.filter(({ ratio }) => ratio >= main.ratio).length;
}

function meanSquare(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value * value, 0) / values.length;
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(meanSquare(values.map((value) => value - mean)));
}
