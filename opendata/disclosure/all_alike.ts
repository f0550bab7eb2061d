import { columnOf } from "../column.ts";
import type { AnyTable } from "../dataset.ts";
import { type Cell, people } from "./cell.ts";
import { keyOf } from "./grid.ts";

/** Thresholds from which a group says little of each of its people. */
const LARGE = 5;

/**
 * The cells, zeros included, of each group of people of whom all have one value
 * of a sensitive column: who is known to be among them is known to have it.
 */
export function allAlike(
  table: AnyTable,
  cells: readonly Cell[],
): ReadonlySet<Cell> {
  const found = new Set<Cell>();
  table.dimensions.forEach((name, at) => {
    const { sensitive } = columnOf(table.row, name);
    if (sensitive === undefined) return;
    const groups = Map.groupBy(cells, ({ key }) => keyOf(key.toSpliced(at, 1)));
    for (const group of groups.values()) {
      const [only, ...others] = group.filter((cell) => people(cell) > 0);
      if (only === undefined || others.length > 0) continue;
      const isLarge = people(only) >= LARGE * only.threshold;
      if (sensitive === "in-small-groups" && isLarge) continue;
      group.forEach((cell) => found.add(cell));
    }
  });
  return found;
}
