import type { Clock } from "../clock.ts";
import { ulid } from "../id.ts";
import type { Control } from "./open.ts";
import type { RunOutcome } from "./tables.ts";

/** What became of the rows of a run; in = landed + duplicate + quarantined + suppressed. */
export interface RowCounts {
  readonly rowsIn: number;
  readonly landed: number;
  readonly duplicate: number;
  readonly quarantined: number;
  readonly suppressed: number;
}

export const NO_ROWS: RowCounts = {
  rowsIn: 0,
  landed: 0,
  duplicate: 0,
  quarantined: 0,
  suppressed: 0,
};

export interface Run extends RowCounts {
  readonly id: string;
  readonly municipality: string;
  readonly pipeline: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly outcome: RunOutcome;
  readonly detail: string | null;
}

/** Records that a run began; finish it with `finishRun`. */
export async function startRun(
  control: Control,
  clock: Clock,
  municipality: string,
  pipeline: string,
  scheduledFor?: Date,
): Promise<string> {
  const now = clock.now();
  const id = ulid(now.getTime());
  await control.insertInto("run").values({
    id,
    municipality,
    pipeline,
    scheduled_for: scheduledFor?.toISOString() ?? null,
    started_at: now.toISOString(),
    finished_at: null,
    outcome: "running",
    rows_in: 0,
    landed: 0,
    duplicate: 0,
    quarantined: 0,
    suppressed: 0,
    detail: null,
  }).execute();
  return id;
}

/** `detail` is for the operator: counts and codes, never a person's values. */
export async function finishRun(
  control: Control,
  clock: Clock,
  id: string,
  outcome: Exclude<RunOutcome, "running">,
  rows: RowCounts = NO_ROWS,
  detail?: string,
): Promise<void> {
  await control.updateTable("run").set({
    finished_at: clock.now().toISOString(),
    outcome,
    rows_in: rows.rowsIn,
    landed: rows.landed,
    duplicate: rows.duplicate,
    quarantined: rows.quarantined,
    suppressed: rows.suppressed,
    detail: detail ?? null,
  }).where("id", "=", id).execute();
}

/** Runs that a dead process left behind become `crashed`; called when *work* starts. */
export async function closeOrphanedRuns(
  control: Control,
  clock: Clock,
): Promise<number> {
  const { numUpdatedRows } = await control.updateTable("run").set({
    outcome: "crashed",
    finished_at: clock.now().toISOString(),
  }).where("outcome", "=", "running").executeTakeFirst();
  return Number(numUpdatedRows);
}

/** The newest runs of a municipality, or of all. */
export async function lastRuns(
  control: Control,
  { municipality, limit = 50 }: { municipality?: string; limit?: number } = {},
): Promise<Run[]> {
  const rows = await control.selectFrom("run").selectAll()
    .$if(
      municipality !== undefined,
      (query) => query.where("municipality", "=", municipality ?? ""),
    )
    .orderBy("started_at", "desc").limit(limit).execute();
  return rows.map((row) => ({
    id: row.id,
    municipality: row.municipality,
    pipeline: row.pipeline,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    outcome: row.outcome,
    detail: row.detail,
    rowsIn: row.rows_in,
    landed: row.landed,
    duplicate: row.duplicate,
    quarantined: row.quarantined,
    suppressed: row.suppressed,
  }));
}
