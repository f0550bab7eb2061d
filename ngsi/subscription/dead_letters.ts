import { sql, type Store } from "@hiraku/kernel/store";
import { jsonRows, listed } from "../rows.ts";
import type { Tables } from "../tables.ts";

/** A notification that was given up. */
export interface DeadLetter {
  readonly id: string;
  readonly subscription: string;
  readonly reason: string;
  readonly attempts: number;
  readonly diedAt: string;
}

const MOST_KEPT = 100_000;

/** Moves notifications from the outbox to those that were given up. */
export async function buryLetters(
  db: Store<Tables>,
  letters: readonly { readonly id: string; readonly attempts: number }[],
  reason: string,
  diedAt: string,
): Promise<void> {
  const rows = letters.map(({ id, attempts }) => [id, attempts]);
  const ids = letters.map(({ id }) => id);
  await db.transaction().execute(async (trx) => {
    await sql`
      INSERT INTO notification_dead_letter
        (id, subscription, body, attempts, reason, died_at)
      SELECT o.id, o.subscription, o.body,
        CAST(item.value ->> 1 AS INTEGER),
        CAST(${reason} AS TEXT), CAST(${diedAt} AS TEXT)
      FROM ${jsonRows(trx, rows)}
      JOIN notification_outbox o ON o.id = item.value ->> 0`.execute(trx);
    await trx.deleteFrom("notification_outbox")
      .where("id", "in", listed(trx, ids)).execute();
    await trx.deleteFrom("notification_dead_letter").where(
      "id",
      "in",
      trx.selectFrom("notification_dead_letter").select("id")
        .orderBy("id", "desc").limit(MOST_KEPT).offset(MOST_KEPT),
    ).execute();
  });
}

/** The newest notifications that were given up, of one subscription or of all. */
export async function deadLetters(
  db: Store<Tables>,
  subscription?: string,
  limit = 1000,
): Promise<DeadLetter[]> {
  let query = db.selectFrom("notification_dead_letter")
    .select(["id", "subscription", "reason", "attempts", "died_at"])
    .orderBy("id", "desc").limit(limit);
  if (subscription !== undefined) {
    query = query.where("subscription", "=", subscription);
  }
  const rows = await query.execute();
  return rows.map(({ died_at, attempts, ...row }) => ({
    ...row,
    attempts: Number(attempts),
    diedAt: died_at,
  }));
}

/** Puts notifications back into the outbox; gives those that were there, with their subscriptions. */
export function reviveLetters(
  db: Store<Tables>,
  ids: readonly string[],
): Promise<{ id: string; subscription: string }[]> {
  return db.transaction().execute(async (trx) => {
    const found = await trx.selectFrom("notification_dead_letter")
      .select(["id", "subscription", "body"])
      .where("id", "in", listed(trx, ids)).orderBy("id").execute();
    if (found.length === 0) return [];
    const rows = found.map(({ id, subscription, body }) => [
      id,
      subscription,
      body,
    ]);
    await sql`
      INSERT INTO notification_outbox (id, subscription, body)
      SELECT item.value ->> 0, item.value ->> 1, item.value ->> 2
      FROM ${jsonRows(trx, rows)}`.execute(trx);
    await trx.deleteFrom("notification_dead_letter")
      .where("id", "in", listed(trx, found.map(({ id }) => id))).execute();
    return found.map(({ id, subscription }) => ({ id, subscription }));
  });
}
