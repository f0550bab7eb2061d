import { cellAt, coordinatesOf, type Family } from "../model/family.ts";
import type { Facts } from "../model/facts.ts";
import { refuse, type Spec } from "../model/spec.ts";
import { sensitivityOf } from "../rules/sensitivity.ts";
import { type Limits, limitsOf } from "../model/substitute.ts";
import type { Publication } from "./released_file.ts";

/** Everything an attacker has: figures it reads, and limits of those it does not. */
export interface Knowledge {
  readonly known: ReadonlyMap<number, number>;
  /** Those of them that a release shows. */
  readonly shown: ReadonlySet<number>;
  readonly limits: Limits;
  /** Cells that some release withholds and none shows. */
  readonly withheld: readonly number[];
  /** Cells that two releases show differently. */
  readonly contradictions: readonly number[];
}

/**
 * What several releases, oldest first, and the spec's own known cells tell
 * together. Under a revision a later figure replaces an earlier one.
 */
export function knowledgeOf(
  family: Family,
  spec: Spec,
  releases: readonly Publication[],
  facts: Facts | undefined,
): Knowledge {
  const known = new Map<number, number>();
  const ranges = new Map<number, [number, number]>();
  const withheld = new Set<number>();
  const contradictions = new Set<number>();
  const { k } = sensitivityOf(spec);
  const know = (cell: number, value: number) => {
    const by = Math.abs(value - (known.get(cell) ?? value));
    const isRevised = spec.revision && by >= k;
    if (by > 0 && !isRevised) contradictions.add(cell);
    known.set(cell, value);
  };
  const base = spec.base ?? 1;
  for (const release of releases) {
    for (const [cell, told] of release) {
      if (told.status === "published") know(cell, told.value);
      else if (told.status === "withheld") withheld.add(cell);
      else {
        const [low, high] = ranges.get(cell) ?? [0, Infinity];
        ranges.set(cell, [
          Math.max(low, told.value - base + 1),
          Math.min(high, told.value + base - 1),
        ]);
        withheld.add(cell);
      }
    }
  }
  const shown = new Set(known.keys());
  knownCells(family, spec.known, "known", facts)
    .forEach((value, cell) => know(cell, value));
  const limits = limitsOf(family);
  return {
    known,
    shown,
    limits: {
      lower: (cell) => Math.max(limits.lower(cell), ranges.get(cell)?.[0] ?? 0),
      upper: (cell) =>
        Math.min(limits.upper(cell), ranges.get(cell)?.[1] ?? Infinity),
    },
    withheld: [...withheld].filter((cell) => !known.has(cell))
      .sort((a, b) => a - b),
    contradictions: [...contradictions],
  };
}

/** Values of cells the spec says somebody knows; its own, or the city's. */
export function knownCells(
  family: Family,
  given: Spec["known"],
  field: string,
  facts: Facts | undefined,
): Map<number, number> {
  return new Map(given.map(({ cell, value }, index) => {
    const at = cellAt(family, cell, `${field}.${index}.cell`);
    return [
      at,
      value ?? facts?.[at]?.value ?? refuse(
        `${field}.${index}.value`,
        `missing, and there is no data to take it from: ${
          JSON.stringify(coordinatesOf(family, at))
        }`,
      ),
    ];
  }));
}
