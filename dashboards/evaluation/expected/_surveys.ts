import { graded } from "../grades.ts";
import { clopperPearson, wilson } from "../intervals.ts";
import { twoShares } from "../two_shares.ts";
import { type Check, near } from "./_reference.ts";

/** Answers from 5 down to 1 as rows of a file. */
function rowsOf(counts: readonly number[], group: number): string[] {
  return [...counts].map((count, i) => `${5 - i},${count},${group}`);
}

export const surveyChecks: readonly Check[] = [
  {
    name: "survey gives Wilson's and Clopper and Pearson's intervals of shares",
    check: ({ proportions: known }, read) => {
      const otsu = known.otsu_mynumber_2398_of_4122;
      const made = read("survey", { csv: ["x,n", "2398,4122"] }, {
        form: "share",
        successes: "x",
        trials: "n",
      });

      near(made.estimate, otsu.p, 1e-9);
      const exact = made.details.clopperPearson;
      const pairs: [number, number][] = [
        [made.interval.low, otsu.wilson95[0]],
        [made.interval.high, otsu.wilson95[1]],
        [exact.low, otsu.clopper_pearson95[0]],
        [exact.high, otsu.clopper_pearson95[1]],
      ];
      for (const [ours, theirs] of pairs) near(ours, theirs, 1e-11);
      for (const x of [0, 1, 5]) {
        const { low, high } = wilson(x, 10);
        const [from, to] = known[`wilson_${x}_of_10`];
        near(low, from, 5e-9);
        near(high, to, 5e-8);
        // The exact interval is never the narrower one.
        const wide = clopperPearson(x, 10);
        if (wide.high - wide.low < high - low) throw new Error("too narrow");
      }
    },
  },
  {
    name: "survey gives mean, top two and tests of five grades",
    check: ({ likert5: known }, read) => {
      const [first, second] = [known.counts_5_to_1, known.vs_counts_5_to_1];
      const { details } = read(
        "survey",
        { csv: ["grade,n,first", ...rowsOf(first, 1), ...rowsOf(second, 0)] },
        { form: "grades", answer: "grade", count: "n", group: "first" },
      );
      const { group, mannWhitney } = details.groups;

      near(group.n, known.n, 0);
      near(group.mean, known.mean, 5e-9);
      near(group.deviation, known.sd, 5e-9);
      near(group.standardError, known.se, 5e-9);
      near(group.interval.low, known.t_ci95[0], 5e-9);
      near(group.interval.high, known.t_ci95[1], 5e-9);
      near(group.top2.share, known.top2, 1e-12);
      near(group.top2.low, known.top2_wilson95[0], 5e-9);
      near(group.top2.high, known.top2_wilson95[1], 5e-9);
      near(mannWhitney.statistic, known.mann_whitney.W, 0);
      near(mannWhitney.pValue, known.mann_whitney.p, 1e-13);
      near(graded([...first].reverse()).mean, known.mean, 5e-9);
    },
  },
  {
    name: "two shares are held against each other without correction",
    check: ({ likert5: { two_proportion: known } }) => {
      // The reference's second share is 240 of 400; its counts say 220.
      const made = twoShares(
        { successes: 330, trials: 480 },
        { successes: 240, trials: 400 },
        0.95,
      );

      near(made.chiSquare, known.x2, 5e-8);
      near(made.pValue, known.p, 5e-10);
      near(made.difference.interval.low, known.diff_ci95[0], 5e-8);
      near(made.difference.interval.high, known.diff_ci95[1], 5e-8);
    },
  },
];
