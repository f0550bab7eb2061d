import assert from "node:assert/strict";
import { type Check, near, textOf } from "./_reference.ts";
import { evaluate } from "../evaluate.ts";
import type { Evaluation } from "../evaluation.ts";
import { readTable } from "../table.ts";

export const didChecks: readonly Check[] = [
  {
    name: "did gives Card and Krueger's rows under every error",
    check: ({ card_krueger_did: { file, cells, did_all_rows: all } }, read) => {
      const kinds: [Record<string, string>, number][] = [
        [{ kind: "classical" }, all.se_classical],
        [{ kind: "HC1" }, all.se_HC1],
        [{ kind: "HC2" }, all.se_HC2],
        [{ kind: "HC3" }, all.se_HC3],
        [{ kind: "cluster", by: "id" }, all.se_cluster_store_CR1],
      ];
      for (const [errors, error] of kinds) {
        const made = read("did", file, {
          form: "two_by_two",
          outcome: "fte",
          treated: "nj",
          post: "d",
          errors,
        });
        near(made.estimate, all.estimate, 1e-6);
        near(made.standardError, error, 1e-6);
        assert.equal(made.n, all.n);
        const known = [
          cells.PA_before,
          cells.NJ_before,
          cells.PA_after,
          cells.NJ_after,
        ];
        made.details.cells.forEach((
          cell: { n: number; mean: number },
          i: number,
        ) => {
          assert.equal(cell.n, known[i].n);
          near(cell.mean, known[i].mean, 1e-6);
        });
      }
    },
  },
  {
    name: "did gives the changes of stores seen twice",
    check: ({ card_krueger_did: { file, did_balanced: known } }, read) => {
      for (
        const [errors, error] of [
          ["classical", known.se_classical],
          ["HC2", known.se_unequal_variance],
        ]
      ) {
        const made = read("did", file, {
          form: "changes",
          outcome: "fte",
          unit: "id",
          treated: "nj",
          post: "d",
          errors,
        });
        near(made.estimate, known.estimate, 1e-6);
        near(made.standardError, error, 1e-6);
        assert.equal(made.n, known.n_stores);
        near(made.details.changeOfTreated, known.change_NJ, 1e-6);
        near(made.details.changeOfControl, known.change_PA, 1e-6);
      }
    },
  },
  {
    name:
      "did gives Proposition 99 by cells and by panel, and warns of one treated unit",
    check: ({ prop99: { did } }, read) => {
      const cells = read("did", "california_prop99.csv", {
        form: "two_by_two",
        outcome: "PacksPerCapita",
        treated: { column: "State", equals: "California" },
        post: { column: "Year", at_least: 1989 },
        period: "Year",
        errors: { kind: "cluster", by: "State" },
      });
      const panel = read("did", "california_prop99.csv", {
        form: "panel",
        outcome: "PacksPerCapita",
        unit: "State",
        period: "Year",
        treatment: "treated",
      });

      for (const { estimate, warnings } of [cells, panel]) {
        near(estimate, did.estimate, 1e-8);
        assert.match(warnings.join(), /speak against 'parallel trends'/);
        assert.match(warnings.join(), /With 1 treated/);
      }
    },
  },
  {
    name: "did gives every effect of the staggered minimum wage",
    check: ({ mpdta_staggered_did: known }, read) => {
      const { details, clusters, n } = read("did", known.file, {
        form: "staggered",
        outcome: "lemp",
        unit: "countyreal",
        period: "year",
        first_treated: "first.treat",
      });
      type Told = Record<string, number>;
      const told = details.groupTime.map((
        { group, period, estimate }: Told,
      ) => [group, period, estimate]);

      const sizes = Map.groupBy(
        readTable(textOf(known.file)).rows,
        (row) => row[4] ?? "",
      );
      for (const [group, size] of Object.entries(known.groups)) {
        assert.equal(sizes.get(group)?.length, 5 * Number(size), group);
      }
      assert.equal(clusters, known.units);
      assert.equal(n, known.units * 5);
      assert.equal(told.length, known.att_gt.length);
      known.att_gt.forEach(([group, period, effect]: number[], i: number) => {
        assert.deepEqual(told[i].slice(0, 2), [group, period]);
        near(told[i][2], effect ?? NaN, 1e-8);
      });
      near(details.simple.estimate, known.simple_att, 1e-8);
      near(details.group.estimate, known.group_att.overall, 1e-8);
      for (const { group, estimate } of details.groups as Told[]) {
        near(estimate ?? NaN, known.group_att[group ?? 0], 1e-6);
      }
      for (const { event, estimate } of details.events as Told[]) {
        near(estimate ?? NaN, known.event_time[event ?? 0], 1e-8);
      }
      near(details.twoWay.estimate, known.twfe.estimate, 1e-8);
      near(
        details.twoWay.standardError,
        known.twfe.se_cluster_county_CR1,
        1e-8,
      );
      // Printed in the README of the R package did, whose errors are drawn.
      near(details.group.standardError, 0.0126, 5e-4);
      near(details.dynamic.estimate, -0.0772, 5e-5);
    },
  },
  {
    name: "did gives shares known as counts",
    check: (all) => {
      const { cells, estimate, se, ci95, logit_interaction } =
        all.aggregate_did_proportions;
      const row = ([x, n]: number[], g: number, p: number) =>
        `${x},${n},${g},${p}`;
      const made = evaluate(
        "did",
        readTable([
          "x,n,treated,post",
          row(cells.treat_pre, 1, 0),
          row(cells.treat_post, 1, 1),
          row(cells.ctrl_pre, 0, 0),
          row(cells.ctrl_post, 0, 1),
        ].join("\n")),
        {
          form: "counts",
          successes: "x",
          trials: "n",
          treated: "treated",
          post: "post",
        },
      );
      const logit = made.details["logOddsInteraction"] as Evaluation;

      near(made.estimate, estimate, 1e-8);
      near(made.standardError, se, 1e-8);
      near(made.interval.low, ci95[0], 1e-8);
      near(made.interval.high, ci95[1], 1e-8);
      near(logit.estimate, logit_interaction.coef, 1e-8);
      near(logit.standardError, logit_interaction.se, 1e-8);
    },
  },
];
