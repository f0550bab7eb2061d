import type { Dataset, Tables } from "../../dataset.ts";
import type { ReleasedRow } from "../../released_row.ts";
import type { Line, ReleasedTables } from "./lines.ts";
import { placeOf, wholeWithheld } from "./release_system.ts";
import type { Told } from "./told.ts";

export interface Judging {
  unitOf(measure: string): number;
  /** Whether the row is judged now; others were in their day. */
  isNew(table: string, row: ReleasedRow): boolean;
  thresholdOf(table: string, row: ReleasedRow): number;
  /** Whether an interval of a row's figure leaves an amount as uncertain as it must be. */
  leaves(table: string, row: number, measure: string, range: Range): boolean;
}

export interface Range {
  readonly low: number;
  readonly high: number;
}

/**
 * How many values the narrowest withheld figure of new rows may take; null
 * when there is none. Throws when one is told too closely. A line that is
 * withheld whole tells no more than its total does, which the ladder of the
 * whole city let through; of a running total, no more than its neighbours.
 */
export function judge(
  dataset: Dataset<Tables>,
  released: ReleasedTables,
  lines: readonly Line[],
  { figures, intervals }: Told,
  { unitOf, isNew, thresholdOf, leaves }: Judging,
): number | null {
  const wholes = wholeWithheld(released, lines);
  const strictest = new Map<string, number>();
  for (const { table, rows, whole, hidesZeros, isDeclared } of lines) {
    if (!hidesZeros) continue;
    const hidden = rows.flatMap((row) => {
      const one = released[table]?.[row];
      return one?.status === "withheld" ? [{ row, one }] : [];
    });
    const bindsWithheld = isDeclared &&
      released[whole.table]?.[whole.row]?.status === "withheld" &&
      hidden.length < rows.length &&
      rows.some((row) => {
        const one = released[table]?.[row];
        return one !== undefined && isNew(table, one);
      });
    if (bindsWithheld) tooClose(table);
    const needed = Math.max(
      ...hidden.map(({ one }) => thresholdOf(table, one)),
    );
    for (const { row } of hidden) {
      const key = placeOf({ table, row });
      strictest.set(key, Math.max(needed, strictest.get(key) ?? 0));
    }
  }
  let narrowest = Infinity;
  figures.forEach(({ table, row, measure }, at) => {
    const one = released[table]?.[row];
    const interval = intervals[at];
    if (one === undefined || interval === undefined) return;
    if (!isNew(table, one)) return;
    const isWhole = wholes.has(placeOf({ table, row }));
    const isStock = dataset.tables[table]?.disclosure.kind === "stock";
    const range = (interval.high - interval.low) * unitOf(measure);
    if (isWhole && isStock && range === 0) return;
    const needed = isWhole
      ? 2
      : isStock
      ? thresholdOf(table, one)
      : strictest.get(placeOf({ table, row })) ?? thresholdOf(table, one);
    const values = Math.floor(range) + 1;
    const unit = unitOf(measure);
    const inUnits = { low: interval.low * unit, high: interval.high * unit };
    if (!leaves(table, row, measure, inUnits)) tooClose(table);
    if (!(values >= needed)) tooClose(table);
    narrowest = Math.min(narrowest, values);
  });
  return Number.isFinite(narrowest) ? narrowest : null;
}

function tooClose(table: string): never {
  throw new Error(`Audit: a withheld cell of '${table}' is told too closely`);
}
