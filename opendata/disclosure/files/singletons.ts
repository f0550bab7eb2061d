import type { Facts } from "../model/facts.ts";
import { primaryTargets } from "../rules/primary.ts";
import type { Described } from "./read_family.ts";

/** So many single people are tried in every pair; of more, those who share a line. */
const MOST_SINGLE = 45;

/**
 * Lists of withheld cells whose few contributors know them: each cell of up to
 * `coalition` people by itself and, for two, pairs of single people. Nobody
 * outside may see these lists.
 */
export function singletonCoalitions(
  { family, spec }: Described,
  facts: Facts,
): number[][] {
  const { coalition } = spec.rules;
  if (coalition === 0) return [];
  const people = (cell: number) => {
    const fact = facts[cell];
    return "magnitude" in spec.measure
      ? fact?.contributors ?? Infinity
      : fact?.value ?? 0;
  };
  const hidden = primaryTargets(family, facts, spec).map((one) => one.cell);
  const alone = hidden.filter((cell) =>
    people(cell) > 0 && people(cell) <= coalition
  );
  const lists = alone.map((cell) => [cell]);
  if (coalition < 2) return lists;
  const single = alone.filter((cell) => people(cell) === 1);
  if (single.length <= MOST_SINGLE) return [...lists, ...pairsOf(single)];
  const wanted = new Set(single);
  const pairs = new Map(
    family.rows.flatMap(({ columns }) =>
      pairsOf(columns.filter((cell) => wanted.has(cell)))
    ).map((pair) => [pair.join(), pair]),
  );
  return [...lists, ...pairs.values()];
}

function pairsOf(cells: readonly number[]): number[][] {
  return cells.flatMap((one, at) =>
    cells.slice(at + 1).map((other) => [one, other])
  );
}
