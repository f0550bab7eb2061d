import type { ReleasedRow } from "../released_row.ts";
import type { Grid } from "./grid.ts";

/** A table as far as it is decided. */
export interface Decided {
  readonly grid: Grid;
  readonly rows: readonly ReleasedRow[];
  /** Periods that are out already and stay as they are. */
  readonly frozen: ReadonlySet<string>;
}
