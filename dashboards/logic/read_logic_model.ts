import { evidence } from "../boards/evidence.ts";
import type { Evidence } from "../boards/evaluated.ts";
import { fiscalYearOf } from "../boards/periods.ts";
import { configuredTargets, type Target, whereOf } from "../kpi/read_kpi.ts";
import { NotAdditive } from "../metrics/choose_table.ts";
import { type CityTables, measure, periodIn } from "../metrics/measure.ts";
import type { Metric } from "../metrics/metric.ts";
import { MISSING, type Reading } from "../metrics/reading.ts";
import { metricOrNone } from "../metrics/registry.ts";
import {
  type Fault,
  lintModel,
  type LogicLink,
  type LogicNode,
} from "./lint.ts";

/** A box with its figure as it stands. */
export interface MeasuredNode {
  readonly node: LogicNode;
  readonly metric: Metric | undefined;
  readonly reading: Reading;
  readonly period: string | undefined;
  /** What is aimed for in the fiscal year of the figure. */
  readonly target:
    | { readonly fiscalYear: number; readonly value: number }
    | undefined;
  readonly evidence: Evidence | undefined;
}

export interface LogicModel {
  readonly nodes: readonly MeasuredNode[];
  readonly links: readonly LogicLink[];
  readonly faults: readonly Fault[];
}

/** The model of a city's registers, each box with its newest released figure. */
export async function readLogicModel(
  city: CityTables,
  nodes: readonly LogicNode[],
  links: readonly LogicLink[],
  targets: readonly Target[] = [],
): Promise<LogicModel> {
  const aims = [...configuredTargets(city.municipality), ...targets];
  return {
    nodes: await Promise.all(nodes.map((node) => measured(city, node, aims))),
    links,
    faults: lintModel(nodes, links),
  };
}

async function measured(
  city: CityTables,
  node: LogicNode,
  targets: readonly Target[],
): Promise<MeasuredNode> {
  const metric = node.metric === undefined
    ? undefined
    : metricOrNone(node.metric);
  const nothing = {
    node,
    metric,
    reading: MISSING,
    period: undefined,
    target: undefined,
    evidence: undefined,
  };
  if (metric === undefined) return nothing;
  try {
    const opened = await measure(city, metric, { at: whereOf(node.at) });
    const period = opened && periodIn(opened.periods, undefined);
    if (opened === undefined || period === undefined) return nothing;
    const reading = opened.read(period).get("") ?? MISSING;
    return {
      node,
      metric,
      reading,
      period,
      target: targetOf(node, fiscalYearOf(period), targets),
      evidence: evidence(opened, period, [reading]),
    };
  } catch (error) {
    // A register may name rows that are not published.
    if (error instanceof NotAdditive) return nothing;
    throw error;
  }
}

function targetOf(
  { metric, at }: LogicNode,
  fiscalYear: number,
  targets: readonly Target[],
): MeasuredNode["target"] {
  const found = targets.find((one) =>
    one.metric === metric && one.fiscalYear === fiscalYear &&
    one.at.toSorted().join() === at.toSorted().join()
  );
  return found && { fiscalYear, value: found.target };
}

/** Whether a link rests on more than an assumption: levels 1 to 2b of a named evaluation. */
export function isTested({ evidence, evaluation }: LogicLink): boolean {
  return evaluation !== undefined && ["1", "2a", "2b"].includes(evidence);
}
