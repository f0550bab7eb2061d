import { columnOf } from "../column.ts";
import type { AnyTable } from "../dataset.ts";
import { type Cell, people } from "./cell.ts";
import { keyOf } from "./grid.ts";

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
    if (!columnOf(table.row, name).sensitive) return;
    const groups = Map.groupBy(cells, ({ key }) => keyOf(key.toSpliced(at, 1)));
    for (const group of groups.values()) {
      if (group.filter((cell) => people(cell) > 0).length !== 1) continue;
      group.forEach((cell) => found.add(cell));
    }
  });
  return found;
}
