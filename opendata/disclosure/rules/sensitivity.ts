import type { Family } from "../model/family.ts";
import type { Spec } from "../model/spec.ts";
import { threshold } from "./ladder.ts";

/** The rules of a spec in the numbers that judge a cell. */
export interface Sensitivity {
  readonly kind: "count" | "magnitude";
  readonly k: number;
  readonly bothSides: boolean;
  readonly zeros: boolean;
}

export function sensitivityOf({ rules, measure }: Spec): Sensitivity {
  return {
    kind: "magnitude" in measure ? "magnitude" : "count",
    k: rules.threshold ?? threshold(rules.inhabitants ?? 25_000),
    bothSides: rules.bothSides,
    zeros: rules.zeros === "withheld",
  };
}

/** Values by which a count is withheld for its own sake: up to two stretches. */
export function sensitiveStretches(
  { k, bothSides, zeros }: Sensitivity,
  cap: number,
): [number, number][] {
  const small: [number, number] = [zeros ? 0 : 1, k - 1];
  return bothSides && cap !== Infinity
    ? [small, [Math.max(1, cap - k + 1), cap]]
    : [small];
}

/** Whether any value of an interval would be withheld for its own sake. */
export function mayBeSensitive(
  rules: Sensitivity,
  family: Family,
  cell: number,
  low: number,
  high: number,
): boolean {
  if (rules.kind === "magnitude") return true;
  return sensitiveStretches(rules, family.caps[cell] ?? Infinity)
    .some(([from, to]) => low <= to && high >= from && from <= to);
}
