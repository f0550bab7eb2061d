import type { Selectable } from "kysely";
import type { Clock } from "../clock.ts";
import { ulid } from "../id.ts";
import { Problem } from "../problem.ts";
import type { DashboardTables } from "./dashboard_tables.ts";
import type { Control } from "./open.ts";

/** A cut that is wanted: which tables, broken down by what, and why. */
export interface WantedCut {
  readonly municipality: string;
  readonly dataset: string;
  readonly family: string;
  readonly by: readonly string[];
  readonly reason: string;
}

export interface CutRequest extends WantedCut {
  readonly id: string;
  readonly askedBy: string;
  readonly askedAt: string;
  /** What *work* found; its shape is the disclosure room's own. */
  readonly preview: unknown;
  readonly previewFailed: string | null;
  readonly answer: {
    readonly verdict: "accepted" | "refused";
    readonly reason: string | null;
    readonly at: string;
  } | null;
}

const MOST_OPEN = 50;

/** Keeps a request and answers its id. Throws `TooManyRequests` while fifty of the city are open. */
export async function addCutRequest(
  control: Control,
  clock: Clock,
  by: string,
  { municipality, dataset, family, by: columns, reason }: WantedCut,
): Promise<string> {
  const { count } = await control.selectFrom("cut_request")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("municipality", "=", municipality).where("answer", "is", null)
    .executeTakeFirstOrThrow();
  if (Number(count) >= MOST_OPEN) {
    throw new Problem("TooManyRequests", "Fifty requests are open already");
  }
  const now = clock.now();
  const id = ulid(now.getTime());
  await control.insertInto("cut_request").values({
    id,
    municipality,
    dataset,
    family,
    by: JSON.stringify(columns),
    reason,
    asked_by: by,
    asked_at: now.toISOString(),
    preview: null,
    preview_failed: null,
    answer: null,
    answer_reason: null,
    answered_by: null,
    answered_at: null,
  }).execute();
  return id;
}

/** The requests of a city, the newest first. */
export async function cutRequests(
  control: Control,
  municipality: string,
): Promise<CutRequest[]> {
  const rows = await control.selectFrom("cut_request").selectAll()
    .where("municipality", "=", municipality).orderBy("id", "desc").limit(200)
    .execute();
  return rows.map(requestOf);
}

/** One request. Throws `ResourceNotFound` also for one of another city. */
export async function cutRequest(
  control: Control,
  municipality: string,
  id: string,
): Promise<CutRequest> {
  const row = await control.selectFrom("cut_request").selectAll()
    .where("municipality", "=", municipality).where("id", "=", id)
    .executeTakeFirst();
  if (row !== undefined) return requestOf(row);
  throw new Problem("ResourceNotFound", "There is no such request");
}

/** Keeps what *work* found out, or why it could not. */
export async function recordCutPreview(
  control: Control,
  id: string,
  found: { readonly preview: unknown } | { readonly failed: string },
): Promise<void> {
  await control.updateTable("cut_request").set(
    "preview" in found
      ? { preview: JSON.stringify(found.preview), preview_failed: null }
      : { preview_failed: found.failed },
  ).where("id", "=", id).execute();
}

/** Answers a request once. Throws `AlreadyExists` when it is answered. */
export async function answerCutRequest(
  control: Control,
  clock: Clock,
  by: string,
  id: string,
  { verdict, reason }: {
    readonly verdict: "accepted" | "refused";
    readonly reason: string | null;
  },
): Promise<void> {
  const { numUpdatedRows } = await control.updateTable("cut_request").set({
    answer: verdict,
    answer_reason: reason,
    answered_by: by,
    answered_at: clock.now().toISOString(),
  }).where("id", "=", id).where("answer", "is", null).executeTakeFirst();
  if (numUpdatedRows === 0n) {
    throw new Problem("AlreadyExists", "The request is answered already");
  }
}

function requestOf(
  row: Selectable<DashboardTables["cut_request"]>,
): CutRequest {
  return {
    id: row.id,
    municipality: row.municipality,
    dataset: row.dataset,
    family: row.family,
    by: JSON.parse(row.by),
    reason: row.reason,
    askedBy: row.asked_by,
    askedAt: row.asked_at,
    preview: row.preview === null ? null : JSON.parse(row.preview),
    previewFailed: row.preview_failed,
    answer: row.answer === null ? null : {
      verdict: row.answer,
      reason: row.answer_reason,
      at: row.answered_at ?? "",
    },
  };
}
