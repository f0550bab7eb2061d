import type { RowCounts } from "@hiraku/kernel/control";
import type { LoadTable } from "./tables.ts";

/** The counts of one ledger row. */
export function countsOfLoad(row: LoadTable): RowCounts {
  return {
    rowsIn: row.rows_in,
    landed: row.landed,
    duplicate: row.duplicate,
    quarantined: row.quarantined,
    suppressed: row.suppressed,
  };
}

export function sum(a: RowCounts, b: RowCounts): RowCounts {
  return {
    rowsIn: a.rowsIn + b.rowsIn,
    landed: a.landed + b.landed,
    duplicate: a.duplicate + b.duplicate,
    quarantined: a.quarantined + b.quarantined,
    suppressed: a.suppressed + b.suppressed,
  };
}
