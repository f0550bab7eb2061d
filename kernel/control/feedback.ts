import type { Clock } from "../clock.ts";
import { ulid } from "../id.ts";
import { Problem } from "../problem.ts";
import type { Control } from "./open.ts";

export interface Feedback {
  readonly municipality: string;
  /** Absent when it asks for data that do not exist. */
  readonly dataset?: string;
  readonly text: string;
}

const MOST_AN_HOUR = 60;

/** Keeps what somebody said. Throws `TooManyRequests` when a city gets more than it can read. */
export async function addFeedback(
  control: Control,
  clock: Clock,
  { municipality, dataset, text }: Feedback,
): Promise<void> {
  const now = clock.now();
  const since = new Date(now.getTime() - 3_600_000).toISOString();
  const { count } = await control.selectFrom("feedback")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("municipality", "=", municipality).where("at", ">", since)
    .executeTakeFirstOrThrow();
  if (Number(count) >= MOST_AN_HOUR) {
    throw new Problem("TooManyRequests", "Too much was sent in this hour", {
      retryAfter: 3_600,
    });
  }
  await control.insertInto("feedback").values({
    id: ulid(now.getTime()),
    municipality,
    dataset: dataset ?? null,
    text,
    at: now.toISOString(),
  }).execute();
}

/** What a city was told, the newest first. */
export async function feedbackOf(
  control: Control,
  municipality: string,
): Promise<(Feedback & { readonly at: string })[]> {
  const rows = await control.selectFrom("feedback").selectAll()
    .where("municipality", "=", municipality)
    .orderBy("id", "desc").limit(100).execute();
  return rows.map(({ municipality, dataset, text, at }) => ({
    municipality,
    text,
    at,
    ...(dataset !== null && { dataset }),
  }));
}
