import { type Cell, levelOf } from "./cell.ts";
import type { Decided } from "./decided.ts";
import { keyOf } from "./grid.ts";

/** How uncertain the amounts of withheld rows must stay, by the place of the row. */
export interface Need {
  readonly table: string;
  readonly row: number;
  readonly measure: string;
  readonly cell: Cell;
}

/** The withheld rows of new periods of whose amount one or two people hold too much. */
export function amountNeeds(
  id: string,
  { grid, rows, frozen }: Decided,
): Need[] {
  const { period, dimensions, measures } = grid.table;
  const cells = new Map(
    grid.periods.filter((one) => !frozen.has(one)).flatMap((one) =>
      grid.cells(one).map((cell) => [keyOf([one, ...cell.key]), cell] as const)
    ),
  );
  return rows.flatMap((one, row) => {
    const cell = cells.get(
      keyOf([String(one[period]), ...dimensions.map((d) => String(one[d]))]),
    );
    const at = cell?.amount?.at;
    if (cell === undefined || at === undefined) return [];
    if (one.status !== "withheld" || levelOf(cell) === 0) return [];
    return [{ table: id, row, measure: measures[at] ?? "", cell }];
  });
}
