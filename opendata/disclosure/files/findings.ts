import { coordinatesOf, type Family } from "../model/family.ts";
import type { Coordinates, Spec } from "../model/spec.ts";
import type { Target } from "../rules/primary.ts";
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

/** Figures that are shown although their size, or the city's data, tell of a few people. */
export function publishedFindings(
  family: Family,
  rules: Sensitivity,
  { known, shown }: Knowledge,
  targets: ReadonlyMap<number, Target>,
): Finding[] {
  return [...shown].flatMap((cell): Finding[] => {
    const value = known.get(cell) ?? 0;
    const isSmall = rules.kind === "count" &&
      sensitiveStretches(rules, family.caps[cell] ?? Infinity)
        .some(([from, to]) => value >= from && value <= to);
    if (!isSmall && !targets.has(cell)) return [];
    return [{
      kind: "published too small",
      cell: coordinatesOf(family, cell),
      message: isSmall
        ? `a figure is shown that ${rules.k} people do not stand behind`
        : "a figure is shown that the rules withhold",
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
  const range = (cell: number) => {
    const value = known.get(cell);
    return value === undefined
      ? found.get(cell) ?? { low: 0, high: Infinity }
      : { low: value, high: value };
  };
  return family.cells.flatMap(({ difference, isRest }, rest): Finding[] => {
    if (!isRest || difference === undefined) return [];
    const [whole, part] = difference;
    const left = Math.min(
      range(rest).high,
      range(whole).high - range(part).low,
    );
    if (range(part).low === 0 || left > groups.coalition) return [];
    return [{
      kind: "group told",
      cell: coordinatesOf(family, part),
      message: "whoever belongs to the total is known to be here",
    }];
  });
}

/** Figures that no table shows, such as the sliver between two areas, and that are told all the same. */
export function latentFindings(
  family: Family,
  rules: Sensitivity,
  found: ReadonlyMap<number, Interval | undefined>,
): Finding[] {
  if (rules.kind === "magnitude") return [];
  return [...found].flatMap(([cell, interval]): Finding[] => {
    const { latent, isRest } = family.cells[cell] ?? {};
    if (!latent || isRest || interval === undefined) return [];
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
