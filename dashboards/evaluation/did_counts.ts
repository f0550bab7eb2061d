import { Problem } from "@hiraku/kernel";
import {
  addedVariance,
  refuseImpossible,
  withDisclosure,
} from "./disclosed_counts.ts";
import { type Evaluation, evidenceOf, open, warningsOf } from "./evaluation.ts";
import { at } from "./least_squares.ts";
import { infer } from "./quantiles.ts";
import type { DidSpec } from "./spec.ts";
import { columnOf, frameOf, type Table } from "./table.ts";

type Spec = Extract<DidSpec, { form: "counts" }>;

/** Shares of four cells, known only as counts. */
export function evaluateCounts(table: Table, spec: Spec): Evaluation {
  const frame = frameOf(table, spec.where, [
    ["successes", spec.successes],
    ["trials", spec.trials],
    ["treated", columnOf(spec.treated)],
    ["post", columnOf(spec.post)],
  ]);
  const successes = frame.counts("successes", spec.successes);
  const trials = frame.counts("trials", spec.trials);
  const treated = frame.flags("treated", spec.treated);
  const post = frame.flags("post", spec.post);
  refuseImpossible(successes, trials, undefined);
  const cells = [[1, 1], [1, 0], [0, 1], [0, 0]].map(([g = 0, p = 0]) => {
    const here = trials.map((_, i) => i)
      .filter((i) => treated[i] === g && post[i] === p);
    const n = here.reduce((sum, i) => sum + at(trials, i), 0);
    const x = here.reduce((sum, i) => sum + at(successes, i), 0);
    if (n === 0) {
      throw new Problem(
        "BadRequestData",
        `trials: none with treated ${g} and post ${p}`,
      );
    }
    return {
      treated: g,
      post: p,
      successes: x,
      trials: n,
      share: x / n,
      counts: here.length,
    };
  });
  const signs = [1, -1, -1, 1];
  const sum = (of: (cell: typeof cells[number], sign: number) => number) =>
    cells.reduce((total, cell, i) => total + of(cell, at(signs, i)), 0);
  const estimate = sum(({ share }, sign) => sign * share);
  const sampling = sum(({ share, trials }) => share * (1 - share) / trials);
  const added = sum((cell) => addedVariance(cell, spec.disclosure));
  const variance = sampling + added;
  const inner = spec.disclosure === undefined &&
    cells.every(({ share }) => share > 0 && share < 1);
  if (sampling === 0) {
    throw new Problem("BadRequestData", "successes: no share between 0 and 1");
  }

  return {
    ...infer(estimate, Math.sqrt(variance), spec.level, null),
    design: "did",
    model:
      `share of ${spec.successes} in ${spec.trials}, treated after − before, less the same of the others`,
    errors: `binomial, cells independent${withDisclosure(spec.disclosure)}`,
    n: sum(({ trials }) => trials),
    clusters: null,
    assumptions: [
      open(
        "parallel trends",
        "There is one period before, so trends are not tested",
      ),
      open(
        "independent answers",
        "Nobody is counted in two cells and trials do not come in groups",
      ),
    ],
    evidence: evidenceOf("2a"),
    warnings: warningsOf(frame, null),
    details: {
      cells,
      ...(spec.disclosure && { disclosureVariance: added }),
      logOddsInteraction: inner
        ? infer(
          sum(({ share }, sign) => sign * Math.log(share / (1 - share))),
          Math.sqrt(
            sum(({ successes, trials }) =>
              1 / successes + 1 / (trials - successes)
            ),
          ),
          spec.level,
          null,
        )
        : null,
    },
  };
}
