import type { Family } from "../model/family.ts";
import type { Target } from "../rules/primary.ts";
import type { Described } from "./read_family.ts";

/** A coarser table that would withhold less, for the officer to choose. */
export interface Proposal {
  readonly dimension: string;
  /** `level`: stop at the parents. `merge`: one row for two neighbours (合算). */
  readonly kind: "level" | "merge";
  readonly codes: readonly string[];
  /** Shares of cells that hold anything and are withheld for their own sake. */
  readonly before: number;
  readonly after: number;
}

/** Above this share of small cells a coarser table is better than suppression. */
const TOO_MANY = 0.15;
const MOST = 5;

/** What would make fewer cells too small; nothing while few are. */
export function proposalsOf(
  { family }: Described,
  values: readonly number[],
  targets: readonly Target[],
): Proposal[] {
  const small = new Set(targets.map((one) => one.cell));
  const before = share(family, values, small, () => true);
  if (before <= TOO_MANY) return [];
  const levels = family.dimensions.flatMap((dimension, d): Proposal[] => {
    const parents = new Set(dimension.groups.map((group) => group.parent));
    const leaves = new Set(dimension.leaves);
    if (parents.size < 2) return [];
    const after = share(
      family,
      values,
      small,
      (cell) => !leaves.has(family.cells[cell]?.codes[d] ?? -1),
    );
    const codes = [...parents].map((code) => dimension.codes[code] ?? "");
    return [{ dimension: dimension.name, kind: "level", codes, before, after }];
  });
  const merges = family.dimensions.flatMap((dimension, d): Proposal[] => {
    const sparse = dimension.leaves
      .map((leaf) => ({
        leaf,
        small: family.cells.filter(({ codes, latent }, cell) =>
          !latent && codes[d] === leaf && small.has(cell)
        ).length,
      }))
      .filter((one) =>
        one.small > 0
      )
      .sort((a, b) => b.small - a.small)[0];
    if (sparse === undefined) return [];
    const group = dimension.groups.find(({ parts }) =>
      parts.includes(sparse.leaf) && parts.length > 2
    );
    const other = group?.parts.find((part) =>
      part !== sparse.leaf && dimension.leaves.includes(part)
    );
    if (other === undefined) return [];
    const after = share(
      family,
      values,
      small,
      (cell) => family.cells[cell]?.codes[d] !== sparse.leaf,
    );
    return [{
      dimension: dimension.name,
      kind: "merge",
      codes: [sparse.leaf, other].map((code) => dimension.codes[code] ?? ""),
      before,
      after,
    }];
  });
  return [...levels, ...merges]
    .filter((one) => one.after < before)
    .sort((a, b) => a.after - b.after)
    .slice(0, MOST);
}

function share(
  { cells }: Family,
  values: readonly number[],
  small: ReadonlySet<number>,
  kept: (cell: number) => boolean,
): number {
  const filled = cells.flatMap(({ latent }, cell) =>
    !latent && (values[cell] ?? 0) > 0 && kept(cell) ? [cell] : []
  );
  if (filled.length === 0) return 0;
  return filled.filter((cell) => small.has(cell)).length / filled.length;
}
