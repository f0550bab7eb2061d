import { sql } from "kysely";
import type { Control } from "./open.ts";

/** What is counted by name and never stored by value. */
export type CounterKind = "refused" | "quarantined" | "discarded";

export interface Count {
  readonly kind: CounterKind;
  /** Such as `personal_data:phone data.note`. */
  readonly name: string;
  readonly count: number;
}

/** Adds to the counts of a municipality in one transaction. */
export async function addCounts(
  control: Control,
  municipality: string,
  counts: readonly Count[],
): Promise<void> {
  if (counts.length === 0) return;
  await control.insertInto("counter")
    .values(counts.map((one) => ({ municipality, ...one })))
    .onConflict((conflict) =>
      conflict.columns(["municipality", "kind", "name"]).doUpdateSet({
        count: sql<number>`counter.count + excluded.count`,
      })
    )
    .execute();
}

export async function countsOf(
  control: Control,
  municipality: string,
): Promise<Count[]> {
  const rows = await control.selectFrom("counter")
    .select(["kind", "name", "count"])
    .where("municipality", "=", municipality)
    .orderBy("count", "desc").limit(200).execute();
  return rows.map((row) => ({ ...row, kind: row.kind as CounterKind }));
}
