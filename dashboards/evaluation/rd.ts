import { Problem } from "@hiraku/kernel";
import {
  type Assumption,
  type Evaluation,
  evidenceOf,
  open,
  tested,
  warningsOf,
} from "./evaluation.ts";
import { at, leastSquares } from "./least_squares.ts";
import type { Inference } from "./quantiles.ts";
import { inferAll } from "./regression.ts";
import type { RdSpec } from "./spec.ts";
import { frameOf, type Table } from "./table.ts";

interface Row {
  readonly running: number;
  readonly outcome: number;
}

interface Jump {
  readonly inference: Inference;
  readonly below: number;
  readonly above: number;
}

/** The jump of the outcome where treatment begins or ends at a cutoff (sharp). */
export function evaluateRd(table: Table, spec: RdSpec): Evaluation {
  const frame = frameOf(table, spec.where, [
    ["outcome", spec.outcome],
    ["running", spec.running],
  ]);
  const outcome = frame.numbers("outcome", spec.outcome);
  const rows = frame.numbers("running", spec.running)
    .map((running, i) => ({ running, outcome: at(outcome, i) }));
  const { inference, below, above } = jump(rows, spec);

  return {
    ...inference,
    design: "rd",
    model:
      `local linear regression of ${spec.outcome} on ${spec.running} on either side of ${spec.cutoff}, triangular kernel, bandwidth ${spec.bandwidth}; the estimate is the jump to the treated side`,
    errors: spec.errors,
    n: below + above,
    clusters: null,
    assumptions: [
      placebo(rows, spec, "below"),
      placebo(rows, spec, "above"),
      open(
        "nobody chooses the side",
        `${below} rows below and ${above} above within the bandwidth; that nobody moved across the cutoff must be argued`,
      ),
    ],
    evidence: evidenceOf("2a"),
    warnings: [
      ...warningsOf(frame, null),
      "The interval leaves out the bias of a straight line within the bandwidth; compare details.bandwidths",
    ],
    details: {
      below,
      above,
      bandwidths: [0.5, 0.75, 1, 1.5, 2].flatMap((factor) => {
        const bandwidth = factor * spec.bandwidth;
        const other = attempt(rows, { ...spec, bandwidth });
        return other === undefined ? [] : [{
          bandwidth,
          n: other.below + other.above,
          ...other.inference,
        }];
      }),
    },
  };
}

/** Refuses a bandwidth that leaves a side without a line. */
function jump(rows: readonly Row[], spec: RdSpec): Jump {
  const near = rows
    .map(({ running, outcome }) => ({ x: running - spec.cutoff, outcome }))
    .filter(({ x }) => Math.abs(x) < spec.bandwidth);
  const above = near.filter(({ x }) => x >= 0).length;
  const below = near.length - above;
  if (Math.min(above, below) < 3) {
    throw new Problem(
      "BadRequestData",
      "bandwidth: fewer than three rows on one side of the cutoff",
    );
  }
  const fit = leastSquares(
    near.map(({ x }) => {
      const treated = Number(
        (x >= 0) === (spec.treated_side === "at_or_above"),
      );
      return [1, treated, x, treated * x];
    }),
    near.map(({ outcome }) => outcome),
    ["constant", "treated", spec.running, `treated × ${spec.running}`],
    {
      field: "running",
      weights: near.map(({ x }) => 1 - Math.abs(x) / spec.bandwidth),
    },
  );
  const inference = at(inferAll(fit, { kind: spec.errors }, spec.level), 1);
  return { inference, below, above };
}

function attempt(rows: readonly Row[], spec: RdSpec): Jump | undefined {
  try {
    return jump(rows, spec);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return undefined;
  }
}

/** A cutoff at the median of one side, where nothing should jump. */
function placebo(
  rows: readonly Row[],
  spec: RdSpec,
  side: "below" | "above",
): Assumption {
  const name = `no jump ${side} the cutoff`;
  const own = rows.filter(({ running }) =>
    (running >= spec.cutoff) === (side === "above")
  ).sort((a, b) => a.running - b.running);
  const cutoff = own[Math.floor(own.length / 2)]?.running ?? spec.cutoff;
  const found = attempt(own, { ...spec, cutoff });
  return found === undefined
    ? open(name, "There are too few rows on that side for a placebo")
    : tested(
      name,
      `Placebo: a cutoff at ${cutoff}, the median of that side`,
      found.inference,
    );
}
