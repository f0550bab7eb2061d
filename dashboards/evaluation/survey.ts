import { Problem } from "@hiraku/kernel";
import { corrected } from "./corrected.ts";
import type { Description } from "./description.ts";
import {
  addedVariance,
  refuseImpossible,
  withDisclosure,
} from "./disclosed_counts.ts";
import { warningsOf } from "./evaluation.ts";
import { graded, GRADES, poststratified } from "./grades.ts";
import { clopperPearson, wilson } from "./intervals.ts";
import { at } from "./least_squares.ts";
import { mannWhitney } from "./mann_whitney.ts";
import { type Inference, upperChiSquare } from "./quantiles.ts";
import type { SurveySpec } from "./spec_describe.ts";
import { columnOf, type Frame, frameOf, type Table } from "./table.ts";
import { type TwoShares, twoShares } from "./two_shares.ts";

type Form<F> = Extract<SurveySpec, { form: F }>;

/** What a survey says: a share, grades from 1 to 5, or who agrees more than others. */
export function describeSurvey(table: Table, spec: SurveySpec): Description {
  switch (spec.form) {
    case "share":
      return describeShare(table, spec);
    case "grades":
      return describeGrades(table, spec);
    case "cross":
      return describeCross(table, spec);
  }
}

function describeShare(table: Table, spec: Form<"share">): Description {
  const frame = frameOf(table, spec.where, [
    ["successes", spec.successes],
    ["trials", spec.trials],
  ]);
  const successes = frame.counts("successes", spec.successes);
  const trials = frame.counts("trials", spec.trials);
  refuseImpossible(successes, trials, spec.disclosure);
  const [x, n] = [sum(successes), sum(trials)];
  if (!(x >= 0 && x <= n && n > 0)) {
    throw new Problem("BadRequestData", "successes: not between 0 and trials");
  }
  const share = x / n;
  const added = addedVariance(
    { share, trials: n, counts: frame.n },
    spec.disclosure,
  );
  return {
    design: "survey",
    model: `${spec.successes} of ${spec.trials}`,
    n,
    estimate: share,
    interval: { level: spec.level, ...wilson(x, n, spec.level, added) },
    errors: `Wilson's score interval${withDisclosure(spec.disclosure)}`,
    warnings: warningsOf(frame, null),
    details: {
      ...(spec.disclosure === undefined
        ? { clopperPearson: clopperPearson(x, n, spec.level) }
        : { disclosureVariance: added }),
    },
  };
}

function describeGrades(table: Table, spec: Form<"grades">): Description {
  if ((spec.stratum === undefined) !== (spec.population === undefined)) {
    throw new Problem(
      "BadRequestData",
      "population: stratum and population go together",
    );
  }
  const frame = frameOf(table, spec.where, [
    ...columnsOf(spec),
    ...(spec.group === undefined
      ? []
      : [["group", columnOf(spec.group)] as [string, string]]),
    ...(spec.stratum === undefined
      ? []
      : [["stratum", spec.stratum] as [string, string]]),
  ]);
  const rows = answersOf(frame, spec);
  const groups = spec.group && frame.flags("group", spec.group);
  const strata = spec.stratum === undefined
    ? undefined
    : frame.texts("stratum", spec.stratum);
  const all = countsOf(rows);
  const whole = graded(all, spec.level);
  const weighted = strata && spec.population && poststratified(
    Object.fromEntries(
      [...new Set(strata)].map((name) => [
        name,
        countsOf(rows.filter((_, i) => strata[i] === name)),
      ]),
    ),
    spec.population,
    spec.level,
  );
  const parts = groups &&
    [1, 0].map((group) => countsOf(rows.filter((_, i) => groups[i] === group)));
  return {
    design: "survey",
    model: weighted
      ? `mean of ${spec.answer}, brought to the population by ${spec.stratum}`
      : `mean of ${spec.answer}`,
    n: whole.n,
    estimate: weighted ? weighted.mean : whole.mean,
    interval: { level: spec.level, ...(weighted ?? whole).interval },
    errors: weighted ? "stratified, each stratum's own spread" : "Student's t",
    warnings: [
      ...warningsOf(frame, null),
      ...(whole.deviation === 0
        ? ["Every answer is the same: the interval says nothing"]
        : []),
    ],
    details: {
      unweighted: whole,
      ...(weighted && { weighted }),
      ...(parts && { groups: comparison(parts, spec.level) }),
    },
  };
}

function comparison(parts: readonly number[][], level: number) {
  const [group = [], others = []] = parts;
  const top = (counts: readonly number[]) => ({
    successes: at(counts, 3) + at(counts, 4),
    trials: sum(counts),
  });
  return {
    group: graded(group, level),
    others: graded(others, level),
    top2: whereKnown(twoShares(top(group), top(others), level)),
    mannWhitney: mannWhitney(group, others),
  };
}

/** Without the difference where nobody, or everybody, of each group agrees. */
function whereKnown(
  { difference, ...test }: TwoShares,
): Omit<TwoShares, "difference"> & { difference: Inference | null } {
  return {
    ...test,
    difference: difference.standardError > 0 ? difference : null,
  };
}

function describeCross(table: Table, spec: Form<"cross">): Description {
  const frame = frameOf(table, spec.where, [
    ...columnsOf(spec),
    ...spec.by.map((column) => ["by", column] as [string, string]),
  ]);
  const rows = answersOf(frame, spec);
  const tests = spec.by.map((column) => {
    const values = frame.texts("by", column);
    const cells = [...new Set(values)].sort().map((value) => {
      const counts = countsOf(rows.filter((_, i) => values[i] === value));
      const trials = sum(counts);
      const successes = at(counts, 3) + at(counts, 4);
      return {
        value,
        n: trials,
        share: successes / trials,
        ...wilson(successes, trials, spec.level),
      };
    }).filter(({ n }) => n > 0);
    return { column, cells, ...independence(cells) };
  });
  const pValues = corrected(
    tests.map(({ pValue }) => pValue),
    spec.correction,
  );
  const whole = graded(countsOf(rows), spec.level);
  return {
    design: "survey",
    model: `share of 4 and 5 in ${spec.answer} by ${spec.by.join(", ")}`,
    n: whole.n,
    estimate: whole.top2.share,
    interval: {
      level: spec.level,
      low: whole.top2.low,
      high: whole.top2.high,
    },
    errors: `Wilson's score interval; p-values corrected (${spec.correction})`,
    warnings: warningsOf(frame, null),
    details: {
      tests: tests.map((one, i) => ({ ...one, corrected: at(pValues, i) })),
    },
  };
}

/** Pearson's test that the share is the same everywhere. */
export function independence(
  cells: readonly { readonly n: number; readonly share: number }[],
): { chiSquare: number; degrees: number; pValue: number } {
  const all = sum(cells.map(({ n }) => n));
  const mean = sum(cells.map(({ n, share }) => n * share)) / all;
  const degrees = cells.length - 1;
  const within = mean * (1 - mean);
  const chiSquare = within === 0
    ? 0
    : sum(cells.map(({ n, share }) => n * (share - mean) ** 2)) / within;
  const pValue = degrees === 0 ? 1 : upperChiSquare(chiSquare, degrees);
  return { chiSquare, degrees, pValue };
}

interface Answer {
  readonly grade: number;
  readonly count: number;
}

function columnsOf(
  { answer, count }: { answer: string; count?: string | undefined },
): [string, string][] {
  return [
    ["answer", answer],
    ...(count === undefined ? [] : [["count", count] as [string, string]]),
  ];
}

function answersOf(
  frame: Frame,
  { answer, count }: { answer: string; count?: string | undefined },
): Answer[] {
  const counts = count === undefined ? [] : frame.numbers("count", count);
  return frame.numbers("answer", answer).map((grade, i) => {
    if (!GRADES.some((one) => one === grade)) {
      throw new Problem("BadRequestData", "answer: not a grade from 1 to 5");
    }
    const times = count === undefined ? 1 : at(counts, i);
    if (!Number.isSafeInteger(times) || times < 0) {
      throw new Problem("BadRequestData", "count: not a count");
    }
    return { grade, count: times };
  });
}

function countsOf(rows: readonly Answer[]): number[] {
  return GRADES.map((grade) =>
    sum(rows.map((one) => one.grade === grade ? one.count : 0))
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((all, one) => all + one, 0);
}
