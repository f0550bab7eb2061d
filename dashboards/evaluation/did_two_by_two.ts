import { Problem } from "@hiraku/kernel";
import type { Errors } from "./covariance.ts";
import {
  type Assumption,
  type Evaluation,
  evidenceOf,
  open,
  tested,
  warningsOf,
} from "./evaluation.ts";
import {
  type Drawn,
  reassigned,
  resampledOls,
  wildBootstrap,
} from "./few_clusters.ts";
import { at, leastSquares } from "./least_squares.ts";
import type { Inference } from "./quantiles.ts";
import {
  aloneWarnings,
  columnsOfErrors,
  errorsOf,
  inferAll,
  nameOfErrors,
  refuseEmptyClusters,
} from "./regression.ts";
import type { DidSpec, FewClusters } from "./spec.ts";
import { columnOf, type Frame, frameOf, type Table } from "./table.ts";

type Spec = Extract<DidSpec, { form: "two_by_two" }>;

/** Two groups before and after, row by row. */
export function evaluateTwoByTwo(table: Table, spec: Spec): Evaluation {
  const frame = frameOf(table, spec.where, [
    ["outcome", spec.outcome],
    ["treated", columnOf(spec.treated)],
    ["post", columnOf(spec.post)],
    ...(spec.period === undefined
      ? []
      : [["period", spec.period] as [string, string]]),
    ...columnsOfErrors(spec.errors),
  ]);
  const y = frame.numbers("outcome", spec.outcome);
  const treated = frame.flags("treated", spec.treated);
  const post = frame.flags("post", spec.post);
  const cells = cellsOf(y, treated, post);
  const rows = y.map((_, i) => {
    const [g, p] = [at(treated, i), at(post, i)];
    return [1, g, p, g * p];
  });
  const names = ["(constant)", "treated", "post", "treated × post"];
  const fit = leastSquares(rows, y, names);
  const { errors, clusters } = errorsOf(frame, spec.errors);
  const about = at(inferAll(fit, errors, spec.level), 3);
  refuseEmptyClusters(fit, errors, 3);
  const few = spec.few_clusters;
  if (few !== undefined && errors.kind !== "cluster") {
    throw new Problem("BadRequestData", "few_clusters: errors are not cluster");
  }

  return {
    ...about,
    design: "did",
    model:
      `${spec.outcome} = constant + treated + post + treated × post; the estimate is the coefficient of treated × post`,
    errors: nameOfErrors(spec.errors),
    n: fit.n,
    clusters,
    assumptions: [
      preTrend(frame, spec, y, treated, post),
      open(
        "nothing else changed",
        "No other event touched one group alone at the same time",
      ),
    ],
    evidence: evidenceOf("2a"),
    warnings: [
      ...warningsOf(frame, clusters),
      ...aloneWarnings(fit, errors),
      ...fewTreated(errors, treated),
    ],
    details: {
      cells,
      ...(few && errors.kind === "cluster" && {
        fewClusters: {
          wildBootstrap: wildBootstrap(
            resampledOls(fit, 3, errors.clusters, about.statistic),
            few,
          ),
          randomisation: randomisation(y, post, treated, errors.clusters, few),
        },
      }),
    },
  };
}

/** Whole clusters treated instead of others; none where groups cut through one. */
function randomisation(
  y: readonly number[],
  post: readonly number[],
  treated: readonly number[],
  clusters: readonly string[],
  spec: FewClusters,
): Drawn | null {
  const sums = new Map<string, { treated: number; cells: number[] }>();
  for (const [i, name] of clusters.entries()) {
    const own = at(treated, i);
    const one = sums.get(name) ?? { treated: own, cells: [0, 0, 0, 0] };
    if (one.treated !== own) return null;
    const side = 2 * at(post, i);
    one.cells[side] = at(one.cells, side) + at(y, i);
    one.cells[side + 1] = at(one.cells, side + 1) + 1;
    sums.set(name, one);
  }
  const all = [...sums.values()];
  const changeOf = (assignment: readonly number[], group: number) => {
    const [before = 0, n = 0, after = 0, m = 0] = [0, 1, 2, 3].map((place) =>
      all.reduce(
        (sum, { cells }, i) =>
          assignment[i] === group ? sum + at(cells, place) : sum,
        0,
      )
    );
    return n === 0 || m === 0 ? 0 : after / m - before / n;
  };
  return reassigned(
    all.map((one) => one.treated),
    (assignment) => changeOf(assignment, 1) - changeOf(assignment, 0),
    spec,
  );
}

function cellsOf(
  y: readonly number[],
  treated: readonly number[],
  post: readonly number[],
): { treated: number; post: number; n: number; mean: number }[] {
  return [[0, 0], [1, 0], [0, 1], [1, 1]].map(([g = 0, p = 0]) => {
    const values = y.filter((_, i) => treated[i] === g && post[i] === p);
    if (values.length === 0) {
      throw new Problem(
        "BadRequestData",
        `treated, post: no row has treated ${g} and post ${p}`,
      );
    }
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return { treated: g, post: p, n: values.length, mean };
  });
}

function fewTreated(errors: Errors, treated: readonly number[]): string[] {
  if (errors.kind !== "cluster") return [];
  const count =
    new Set(errors.clusters.filter((_, i) => treated[i] === 1)).size;
  return count < 5
    ? [`With ${count} treated clusters the error is not to be trusted`]
    : [];
}

/** Whether the groups' straight lines before the treatment differ in slope. */
function preTrend(
  frame: Frame,
  spec: Spec,
  y: readonly number[],
  treated: readonly number[],
  post: readonly number[],
): Assumption {
  const name = "parallel trends";
  if (spec.period === undefined) {
    return open(name, "No period is named, so trends before are not tested");
  }
  const period = frame.numbers("period", spec.period);
  const before = y.map((_, i) => i).filter((i) => post[i] === 0);
  if (new Set(before.map((i) => period[i])).size < 2) {
    return open(name, "There is one period before, so trends are not tested");
  }
  try {
    return tested(
      name,
      "Difference of the groups' slopes before the treatment",
      slopes(frame, spec, before, { y, treated, period }),
    );
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return open(name, "There are too few rows before to test trends");
  }
}

function slopes(
  frame: Frame,
  spec: Spec,
  before: readonly number[],
  { y, treated, period }: Record<"y" | "treated" | "period", readonly number[]>,
): Inference {
  const origin = at(period, at(before, 0));
  const fit = leastSquares(
    before.map((i) => {
      const [g, t] = [at(treated, i), at(period, i) - origin];
      return [1, g, t, g * t];
    }),
    before.map((i) => at(y, i)),
    ["(constant)", "treated", "period", "treated × period"],
  );
  const { errors } = errorsOf(frame, spec.errors);
  const inferences = inferAll(
    fit,
    errors.kind === "cluster"
      ? { ...errors, clusters: before.map((i) => at(errors.clusters, i)) }
      : errors,
    spec.level,
  );
  return at(inferences, 3);
}
