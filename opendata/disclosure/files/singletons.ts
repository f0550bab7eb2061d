import type { Facts } from "../model/facts.ts";
import { primaryTargets } from "../rules/primary.ts";
import type { Described } from "./read_family.ts";

const MOST_PAIRS = 2_000;

/**
 * Lists of withheld cells whose few contributors know them: each cell of up to
 * `coalition` people by itself and, for two, each pair of single people on one
 * relation. Nobody outside may see these lists.
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
  const single = new Set(alone.filter((cell) => people(cell) === 1));
  const pairs = new Map<string, number[]>();
  for (const { columns } of family.rows) {
    const here = columns.filter((cell) => single.has(cell));
    for (const [at, one] of here.entries()) {
      for (const other of here.slice(at + 1)) {
        if (pairs.size >= MOST_PAIRS) break;
        pairs.set(`${one} ${other}`, [one, other]);
      }
    }
  }
  return [...lists, ...pairs.values()];
}
