import type { Store } from "@hiraku/kernel/store";
import type { Tables } from "../tables.ts";

/** One notification in a stream. */
export interface StreamEvent {
  /** Sorts by time. */
  readonly id: string;
  /** The Notification, in JSON. */
  readonly body: string;
}

/** How many notifications of a subscription may be read again. */
export const LONGEST_BACKLOG = 1000;

/** What the backlog has after an event, oldest first. */
export function backlogAfter(
  db: Store<Tables>,
  subscription: string,
  after: string,
): Promise<StreamEvent[]> {
  return db.selectFrom("notification_backlog").select(["id", "body"])
    .where("subscription", "=", subscription).where("id", ">", after)
    .orderBy("id").limit(2 * LONGEST_BACKLOG).execute();
}

/** Whether the backlog still has an event, and so all that came after it. */
export async function backlogHas(
  db: Store<Tables>,
  subscription: string,
  id: string,
): Promise<boolean> {
  const row = await db.selectFrom("notification_backlog").select("id")
    .where("subscription", "=", subscription).where("id", "=", id)
    .executeTakeFirst();
  return row !== undefined;
}

/** Forgets all but the newest notifications of a subscription. */
export async function trimBacklog(
  db: Store<Tables>,
  subscription: string,
  keep = LONGEST_BACKLOG,
): Promise<void> {
  const newest = await db.selectFrom("notification_backlog").select("id")
    .where("subscription", "=", subscription)
    .orderBy("id", "desc").limit(1).offset(keep).executeTakeFirst();
  if (newest === undefined) return;
  await db.deleteFrom("notification_backlog")
    .where("subscription", "=", subscription).where("id", "<=", newest.id)
    .execute();
}
