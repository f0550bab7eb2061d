import { Problem } from "@hiraku/kernel";
import {
  type Assumption,
  type Evaluation,
  evidenceOf,
  open,
  tested,
  warningsOf,
} from "./evaluation.ts";
import { type Effect, groupTimeEffects, mean, weighed } from "./group_time.ts";
import { infer, type Inference } from "./quantiles.ts";
import { readPanel } from "./panel.ts";
import type { DidSpec } from "./spec.ts";
import type { Table } from "./table.ts";
import { twoWay } from "./two_way.ts";

type Spec = Extract<DidSpec, { form: "staggered" }>;
type Part = Pick<Effect, "value" | "influence">;

/**
 * Treatment that starts at several times: effects by group and period against
 * units never treated, without covariates (Callaway and Sant'Anna 2021), with
 * errors by influence function, clustered by unit.
 */
export function evaluateStaggered(table: Table, spec: Spec): Evaluation {
  const { frame, units, periods } = readPanel(table, spec, [
    ["first_treated", spec.first_treated],
  ]);
  const firsts = frame.numbers("first_treated", spec.first_treated);
  const panel = units.map(({ id, outcomes, rows }) => {
    const starts = new Set(rows.map((row) => firsts[row]));
    const [first = 0] = starts;
    if (starts.size === 1) return { id, outcomes, first };
    throw new Problem("BadRequestData", "first_treated: changes within a unit");
  });
  const used = panel.filter(({ first }) =>
    first === 0 || first > (periods[0] ?? 0)
  );
  const effects = groupTimeEffects(used, periods);
  const after = effects.filter((one) => one.period >= one.group);
  const before = effects.filter((one) => one.period < one.group);
  if (after.length === 0) {
    throw new Problem("BadRequestData", "first_treated: nobody is treated");
  }
  const groups = [...new Set(after.map(({ group }) => group))].map((group) => {
    const own = after.filter((one) => one.group === group);
    return { group, ...mean(own), members: own[0]?.members ?? [] };
  });
  const events = [...new Set(after.map(({ event }) => event))]
    .sort((a, b) => a - b).map((event) => ({
      event,
      ...weighed(after.filter((one) => one.event === event)),
    }));
  const overall: Record<Spec["aggregate"], Part> = {
    simple: weighed(after),
    group: weighed(groups),
    dynamic: mean(events),
  };
  const told = (part: Part) => inferenceOf(part, spec.level);
  const left = panel.length - used.length;

  return {
    ...told(overall[spec.aggregate]),
    design: "did",
    model:
      `effects of ${spec.first_treated} groups by ${spec.period} on ${spec.outcome} against units never treated, no covariates; the estimate is their ${spec.aggregate} average`,
    errors: `influence function by ${spec.unit}`,
    n: used.length * periods.length,
    clusters: used.length,
    assumptions: [
      preTrend(before, spec.level),
      open("no anticipation", "Units did not change before their treatment"),
    ],
    evidence: evidenceOf("2a"),
    warnings: [
      ...warningsOf(frame, used.length),
      ...(left > 0
        ? [`${left} units were treated in the first period and were left out`]
        : []),
      ...(groups.some(({ group }) =>
          used.filter(({ first }) => first === group).length < 2
        )
        ? [
          "A group has one unit: its error leaves out what is that unit's own",
        ]
        : []),
      "details.twoWay is for comparison only; it may weigh effects wrongly",
    ],
    details: {
      groupTime: effects.map((one) => ({
        group: one.group,
        period: one.period,
        ...told(one),
      })),
      simple: told(overall.simple),
      group: told(overall.group),
      dynamic: told(overall.dynamic),
      groups: groups.map((one) => ({ group: one.group, ...told(one) })),
      events: events.map((one) => ({ event: one.event, ...told(one) })),
      twoWay: twoWay(
        used.flatMap(({ id, first, outcomes }) =>
          periods.map((period, t) => ({
            unit: id,
            period,
            outcome: outcomes[t] ?? 0,
            treatment: Number(first > 0 && period >= first),
          }))
        ),
        spec.level,
      ),
    },
  };
}

function inferenceOf({ value, influence }: Part, level: number): Inference {
  const sum = influence.reduce((total, one) => total + one * one, 0);
  return infer(value, Math.sqrt(sum) / influence.length, level, null);
}

/** The most surprising effect before treatment, corrected for their number. */
function preTrend(before: readonly Effect[], level: number): Assumption {
  const name = "parallel trends";
  const [most] = before.map((one) => inferenceOf(one, level))
    .sort((a, b) => a.pValue - b.pValue);
  if (most === undefined) {
    return open(name, "No group has two periods before its treatment");
  }
  return tested(
    name,
    `Most surprising of ${before.length} effects before treatment, p-value by Bonferroni`,
    {
      estimate: most.estimate,
      pValue: Math.min(1, most.pValue * before.length),
    },
  );
}
