import { coordinatesOf, type Family, keyOf } from "../model/family.ts";
import type { Coordinates, Spec } from "../model/spec.ts";
import {
  mayBeSensitive,
  sensitiveStretches,
  type Sensitivity,
} from "../rules/sensitivity.ts";
import type { Interval } from "../solve/intervals.ts";
import type { Knowledge } from "./knowledge.ts";

/** One thing that an audit found wrong. */
export interface Finding {
  readonly kind:
    | "contradiction"
    | "published too small"
    | "group told"
    | "unpublished told"
    | "revision told"
    | "unresolved";
  readonly cell?: Coordinates;
  readonly message: string;
}

/** Figures that are shown although their very size tells of a few people. */
export function publishedFindings(
  family: Family,
  rules: Sensitivity,
  { known, shown }: Knowledge,
): Finding[] {
  if (rules.kind === "magnitude") return [];
  return [...shown].flatMap((cell): Finding[] => {
    const value = known.get(cell) ?? 0;
    const isTold = sensitiveStretches(rules, family.caps[cell] ?? Infinity)
      .some(([from, to]) => value >= from && value <= to);
    if (!isTold) return [];
    return [{
      kind: "published too small",
      cell: coordinatesOf(family, cell),
      message: `a figure is shown that ${rules.k} people do not stand behind`,
    }];
  });
}

/** Totals of which one part is known to hold all but a few. */
export function groupFindings(
  family: Family,
  { rules: { groups } }: Spec,
  { known }: Knowledge,
  found: ReadonlyMap<number, Interval | undefined>,
): Finding[] {
  if (groups === undefined) return [];
  const findings: Finding[] = [];
  family.cells.forEach(({ codes }, parent) => {
    const whole = known.get(parent) ?? 0;
    if (whole === 0) return;
    family.dimensions.forEach((dimension, d) => {
      if (!groups.dims.includes(dimension.name)) return;
      for (const group of dimension.groups) {
        if (group.parent !== codes[d]) continue;
        for (const part of group.parts) {
          const cell = family.at.get(keyOf(codes.with(d, part))) ?? -1;
          const least = known.get(cell) ?? found.get(cell)?.low ?? 0;
          if (least === 0 || least < whole - groups.coalition) continue;
          findings.push({
            kind: "group told",
            cell: coordinatesOf(family, cell),
            message: "whoever belongs to the total is known to be here",
          });
        }
      }
    });
  });
  return findings;
}

/** Figures that no table shows, such as the sliver between two areas, and that are told all the same. */
export function latentFindings(
  family: Family,
  rules: Sensitivity,
  found: ReadonlyMap<number, Interval | undefined>,
): Finding[] {
  if (rules.kind === "magnitude") return [];
  return [...found].flatMap(([cell, interval]): Finding[] => {
    if (!family.cells[cell]?.latent || interval === undefined) return [];
    const { low, high, exact } = interval;
    const isTold = high - low < rules.k - 1 &&
      (!exact || mayBeSensitive(rules, family, cell, low, high));
    if (!isTold) return [];
    return [{
      kind: "unpublished told",
      cell: coordinatesOf(family, cell),
      message: `published figures tell one of fewer than ${rules.k} values`,
    }];
  });
}
