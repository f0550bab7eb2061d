import type { AnyTable } from "../../dataset.ts";
import type { ReleasedRow } from "../../released_row.ts";
import type { Grid } from "../grid.ts";

/** A table, of which anybody sees the rows. */
export interface SuspectTable {
  /** Of a table of another dataset with the dataset's. */
  readonly id: string;
  readonly table: AnyTable;
  readonly rows: readonly ReleasedRow[];
  /** The fewest people that a row may speak of. */
  thresholdOf(row: ReleasedRow): number;
  /** Set for the dataset that is being released. */
  readonly own?: {
    /** Periods that are out already and stay as they are. */
    readonly frozen: ReadonlySet<string>;
    /** The exact figures; absent where no rule asks for them. */
    readonly grid: Grid | undefined;
  };
}
