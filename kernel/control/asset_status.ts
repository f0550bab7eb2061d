import type { Control } from "./open.ts";

/** How fresh something the city is owed is; pages show it. */
export interface AssetStatus {
  readonly municipality: string;
  /** A dataset or an asset of the warehouse. */
  readonly asset: string;
  /** Newest day or month it speaks of. */
  readonly newest: string | null;
  readonly lastSuccessAt: string | null;
  /** When it should have succeeded again. */
  readonly dueAt: string | null;
  readonly state: "fresh" | "late" | "failed" | "never";
  /** Partitions that wait to be computed. */
  readonly waiting: number;
}

/** Makes these the statuses of a municipality. */
export async function recordStatuses(
  control: Control,
  municipality: string,
  statuses: readonly AssetStatus[],
): Promise<void> {
  await control.transaction().execute(async (tx) => {
    await tx.deleteFrom("asset_status")
      .where("municipality", "=", municipality).execute();
    for (const one of statuses) {
      await tx.insertInto("asset_status").values({
        municipality,
        asset: one.asset,
        newest: one.newest,
        last_success_at: one.lastSuccessAt,
        due_at: one.dueAt,
        state: one.state,
        waiting: one.waiting,
      }).execute();
    }
  });
}

export async function assetStatuses(
  control: Control,
  municipality: string,
): Promise<AssetStatus[]> {
  const rows = await control.selectFrom("asset_status").selectAll()
    .where("municipality", "=", municipality).orderBy("asset").execute();
  return rows.map((row) => ({
    municipality,
    asset: row.asset,
    newest: row.newest,
    lastSuccessAt: row.last_success_at,
    dueAt: row.due_at,
    state: row.state,
    waiting: row.waiting,
  }));
}

/** Events in quarantine by what is wrong with them, as *work* last counted them. */
export interface QuarantineCount {
  readonly type: string;
  readonly code: string;
  readonly field: string;
  readonly rows: number;
}

export async function recordQuarantine(
  control: Control,
  municipality: string,
  counts: readonly QuarantineCount[],
): Promise<void> {
  await control.transaction().execute(async (tx) => {
    await tx.deleteFrom("quarantine_count")
      .where("municipality", "=", municipality).execute();
    for (const one of counts) {
      await tx.insertInto("quarantine_count").values({ municipality, ...one })
        .execute();
    }
  });
}

export async function quarantineCounts(
  control: Control,
  municipality: string,
): Promise<QuarantineCount[]> {
  return await control.selectFrom("quarantine_count")
    .select(["type", "code", "field", "rows"])
    .where("municipality", "=", municipality)
    .orderBy("rows", "desc").execute();
}
