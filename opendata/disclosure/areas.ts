import { type District, type Municipality, UNKNOWN } from "@hiraku/kernel";
import { columnOf } from "../column.ts";
import type { AnyTable } from "../dataset.ts";
import { LADDER, threshold } from "./rules/ladder.ts";

/** What stands between the codes of districts that share one row. */
export const MERGED = "+";

/** A district, several that share a row, or everyone without a verified one. */
export interface Area {
  /** One district code, or several joined by `+`. */
  readonly code: string;
  readonly members: readonly string[];
  readonly inhabitants: number | undefined;
  readonly threshold: number;
}

/** The column of a table that names districts, where it has one. */
export function districtColumn(table: AnyTable): string | undefined {
  return table.dimensions.find((name) =>
    columnOf(table.row, name).codes === "district"
  );
}

/**
 * The areas a table may speak of, fewest inhabitants first. A district under
 * 2,000 inhabitants (or of unknown size) joins its nearest neighbour. Districts
 * that shared a row in an earlier release keep sharing it.
 */
export function areasOf(
  municipality: Municipality,
  earlier: Iterable<string>,
): Area[] {
  const districts = municipality.districts;
  let groups = districts.map((one) => [one]);
  for (const code of earlier) {
    const members = new Set(code.split(MERGED));
    const [joined, rest] = split(
      groups,
      (group) => group.some((one) => members.has(one.code)),
    );
    groups = joined.length > 1 ? [...rest, joined.flat()] : groups;
  }
  for (;;) {
    const small = groups.find((group) =>
      (inhabitants(group) ?? 0) < LADDER.noRowUnder
    );
    if (small === undefined || groups.length === 1) break;
    const others = groups.filter((group) => group !== small);
    const near = nearest(small, others);
    groups = [...others.filter((group) => group !== near), [...small, ...near]];
  }
  const areas = groups.map(area).sort((a, b) =>
    (a.inhabitants ?? 0) - (b.inhabitants ?? 0) || (a.code < b.code ? -1 : 1)
  );
  const strictest = Math.max(0, ...areas.map((one) => one.threshold));
  const unknown = {
    code: UNKNOWN,
    members: [UNKNOWN],
    inhabitants: undefined,
    threshold: Math.max(strictest, threshold(municipality.population?.value)),
  };
  return [...areas, unknown];
}

/** The fewest people that a row of a released area may speak of. */
export function thresholdOfArea(
  code: string,
  municipality: Municipality,
): number {
  const areas = areasOf(municipality, [code]);
  const own = areas.find((one) => one.code === code) ?? areas.at(-1);
  return own?.threshold ?? LADDER.strict;
}

function area(group: readonly District[]): Area {
  const members = group.map((one) => one.code).sort();
  const size = inhabitants(group);
  return {
    code: members.join(MERGED),
    members,
    inhabitants: size,
    threshold: threshold(size),
  };
}

function inhabitants(group: readonly District[]): number | undefined {
  let sum = 0;
  for (const one of group) {
    if (one.inhabitants === undefined) return undefined;
    sum += one.inhabitants;
  }
  return sum;
}

function split<T>(list: readonly T[], test: (one: T) => boolean): [T[], T[]] {
  return [list.filter(test), list.filter((one) => !test(one))];
}

function nearest(
  small: readonly District[],
  others: readonly (readonly District[])[],
): readonly District[] {
  const measured = others.map((group) => ({
    group,
    far: Math.min(
      ...small.flatMap((a) => group.map((b) => distance(a, b))),
    ),
  }));
  measured.sort((a, b) => a.far - b.far);
  return measured[0]?.group ?? [];
}

// Good enough to compare neighbours within one city; without positions the
// order of the codes decides.
function distance(a: District, b: District): number {
  if (a.position === undefined || b.position === undefined) {
    const ordinal = (one: District) => Number(one.code.slice(-2));
    return 1_000 + Math.abs(ordinal(a) - ordinal(b));
  }
  const [lon, lat] = a.position;
  const [lon2, lat2] = b.position;
  return Math.hypot((lon2 - lon) * Math.cos(lat * Math.PI / 180), lat2 - lat);
}
