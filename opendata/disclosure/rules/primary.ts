import type { Fact, Facts } from "../model/facts.ts";
import type { Family } from "../model/family.ts";
import type { Spec } from "../model/spec.ts";
import { dominanceLevel, nearnessLevel } from "./concentration.ts";
import { sensitiveStretches, sensitivityOf } from "./sensitivity.ts";

export type Reason =
  | "small"
  | "complement"
  | "households"
  | "contributors"
  | "dominance"
  | "p"
  | "group";

/** A cell that must not be told, and how far off a stranger must be left. */
export interface Target {
  readonly cell: number;
  readonly reasons: readonly Reason[];
  /** Least distance between the least and the greatest possible value. */
  readonly width: number;
  /** Least distances of those from the true value. */
  readonly down: number;
  readonly up: number;
}

/** Share of a magnitude within which it must not be told when no rule gives a level. */
const USUAL_PERCENT = 10;

/** The cells that are withheld for their own sake, in the family's order. */
export function primaryTargets(
  family: Family,
  facts: Facts,
  spec: Spec,
): Target[] {
  const groups = groupNeeds(family, facts, spec);
  return facts.flatMap((fact, cell) => {
    if (family.cells[cell]?.latent) return [];
    const need = "magnitude" in spec.measure
      ? magnitudeNeed(fact, spec)
      : countNeed(fact, family.caps[cell] ?? Infinity, spec);
    const down = groups.get(cell);
    if (down !== undefined) need.reasons.push("group");
    if (need.reasons.length === 0) return [];
    return [{ cell, ...need, down: Math.max(need.down, down ?? 0) }];
  });
}

interface Need {
  readonly reasons: Reason[];
  readonly width: number;
  readonly down: number;
  readonly up: number;
}

function countNeed({ value, households }: Fact, cap: number, spec: Spec): Need {
  const rules = sensitivityOf(spec);
  const reasons: Reason[] = [];
  const [small, other] = sensitiveStretches(rules, cap);
  const within = (stretch: readonly [number, number] | undefined) =>
    stretch !== undefined && value >= stretch[0] && value <= stretch[1];
  if (within(small)) reasons.push("small");
  if (within(other)) reasons.push("complement");
  if (
    households !== undefined && value > 0 &&
    households < spec.rules.minHouseholds
  ) reasons.push("households");
  return { reasons, width: rules.k - 1, down: 0, up: 0 };
}

function magnitudeNeed(fact: Fact, { rules }: Spec): Need {
  const { value, contributors, households, largest } = fact;
  const reasons: Reason[] = [];
  const levels: number[] = [];
  const fewest = rules.minContributors ?? rules.threshold ?? 3;
  if (value > 0 && contributors !== undefined && contributors < fewest) {
    reasons.push("contributors");
    levels.push(value * (rules.p ?? USUAL_PERCENT) / 100);
  }
  if (
    value > 0 && households !== undefined && households < rules.minHouseholds
  ) {
    reasons.push("households");
    levels.push(value * (rules.p ?? USUAL_PERCENT) / 100);
  }
  const held = { value, largest: largest ?? [] };
  const dominance = dominanceLevel(held, rules);
  if (dominance > 0) reasons.push("dominance");
  const nearness = nearnessLevel(held, rules);
  if (nearness > 0) reasons.push("p");
  levels.push(dominance, nearness);
  const level = Math.max(1, Math.ceil(Math.max(0, ...levels)));
  return { reasons, width: 2 * level, down: Math.min(level, value), up: level };
}

/**
 * Parts that hold all but a few of what they are part of (Lupp and Langsrud):
 * whoever belongs to it is known to stand there. By how much each must be
 * thought smaller.
 */
function groupNeeds(
  family: Family,
  facts: Facts,
  spec: Spec,
): Map<number, number> {
  const needs = new Map<number, number>();
  for (const { cell: rest, up } of groupRests(family, facts, spec)) {
    const part = family.cells[rest]?.difference?.[1] ?? 0;
    const down = Math.min(up, facts[part]?.value ?? 0);
    needs.set(part, Math.max(needs.get(part) ?? 0, down));
  }
  return needs;
}

/**
 * What such totals hold beside that part, and by how much more it must be
 * thought: where total and part are withheld, each may be smaller with the other.
 */
export function groupRests(
  { cells }: Family,
  facts: Facts,
  { rules: { groups } }: Spec,
): Target[] {
  if (groups === undefined) return [];
  return cells.flatMap(({ difference, isRest }, cell): Target[] => {
    const part = facts[difference?.[1] ?? -1]?.value ?? 0;
    const up = groups.coalition + 1 - (facts[cell]?.value ?? 0);
    if (!isRest || part === 0 || up <= 0) return [];
    return [{ cell, reasons: ["group"], width: 0, down: 0, up }];
  });
}
