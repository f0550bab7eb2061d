import assert from "node:assert/strict";
import { seeded } from "../draws.ts";
import { deviation } from "../moments.ts";
import { type Check, near } from "./_reference.ts";

type Named = { unit: string; weight: number };

export const syntheticChecks: readonly Check[] = [
  {
    name: "sc mixes California from the states that ran alike",
    check: ({ prop99: { synthetic_control_outcomes_only: known } }, read) => {
      const { estimate, details, pValue } = read(
        "sc",
        "california_prop99.csv",
        {
          outcome: "PacksPerCapita",
          unit: "State",
          period: "Year",
          treated: "California",
          from: 1989,
        },
      );

      // The reference is by SLSQP, which stops a little above the least squares.
      near(estimate, known.att_1989_2000, 2e-4);
      near(details.rmspeBefore, known.pre_rmspe, 2e-6);
      near(details.gaps.at(-1).gap, known.gap_2000, 1e-3);
      const weights = details.weights as { unit: string; weight: number }[];
      assert.deepEqual(
        weights.map(({ unit }) => unit),
        Object.keys(known.weights),
      );
      for (const { unit, weight } of weights) {
        near(weight, known.weights[unit], 5e-5);
      }
      assert.equal(details.rank, 3);
      assert.equal(details.units, 39);
      assert.equal(pValue, 3 / 39);
      const [, rank, of, ratio] = /(\d+)\w+ of (\d+) \(ratio ([\d.]+)\)/.exec(
        known.placebo_rank_post_pre_mspe,
      ) ?? [];
      assert.deepEqual([Number(rank), Number(of)], [
        details.rank,
        details.units,
      ]);
      near(details.ratio, Number(ratio), 5e-3);
    },
  },
  {
    name: "sdid weighs states and years as the paper's authors do",
    check: ({ prop99: { synthetic_did: known } }, read) => {
      const made = read("sdid", "california_prop99.csv", {
        outcome: "PacksPerCapita",
        unit: "State",
        period: "Year",
        treated: "California",
        from: 1989,
      });

      near(made.estimate, known.estimate, 1e-9);
      for (const [year, weight] of Object.entries<number>(known.lambda)) {
        const own = made.details.periodWeights
          .find(({ period }: { period: number }) => period === Number(year));
        near(own.weight, weight, 5e-5);
      }
      assert.equal(made.details.periodWeights.length, 3);
      const top = made.details.weights.slice(0, 5) as Named[];
      assert.deepEqual(
        top.map(({ unit }) => unit),
        Object.keys(known.top_omega),
      );
      for (const { unit, weight } of top) {
        near(weight, known.top_omega[unit], 5e-5);
      }
      // Theirs is of 200 placebos drawn, ours of each state once: it must be
      // among what such draws give.
      const { placebos } = made.details;
      assert.equal(placebos.length, 38);
      const random = seeded(1);
      const drawn = Array.from({ length: 400 }, () =>
        deviation(Array.from(
          { length: 200 },
          () => placebos[Math.floor(random() * placebos.length)],
        ))).sort((a, b) => a - b);
      const theirs = parseFloat(known.se_placebo);
      assert.ok((drawn[10] ?? Infinity) < theirs, `${drawn[10]}`);
      assert.ok((drawn[389] ?? 0) > theirs, `${drawn[389]}`);
      assert.equal(made.evidence.level, "2a");
    },
  },
];
