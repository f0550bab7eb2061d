import { sql } from "@hiraku/kernel/store";
import type { LinkStore } from "./link_tables.ts";

/** An entity that the outside broker does not have as it is. */
export interface Due {
  readonly id: string;
  /** Counts its changes: one that came meanwhile makes it due again. */
  readonly version: number;
  readonly attempts: number;
}

const CHUNK = 1000;

/**
 * Puts entities into the outbox of a link. An entity stands there once however
 * often it changes: what is sent is read when it is sent, so a newer state is
 * never followed by an older one. `event` is kept with them or not at all.
 */
export async function putOut(
  store: LinkStore,
  link: string,
  ids: readonly string[],
  event?: string,
): Promise<void> {
  const unique = [...new Set(ids)];
  await store.transaction().execute(async (trx) => {
    for (let from = 0; from < unique.length; from += CHUNK) {
      await trx.insertInto("pushed")
        .values(
          unique.slice(from, from + CHUNK).map((id) => ({
            link,
            id,
            version: 1,
            sent: 0,
            attempts: 0,
            next_at: 0,
          })),
        )
        .onConflict((conflict) =>
          conflict.columns(["link", "id"]).doUpdateSet({
            version: sql<number>`pushed.version + 1`,
            attempts: 0,
            next_at: 0,
          })
        ).execute();
    }
    if (event === undefined) return;
    await trx.insertInto("heard").values({ link, event })
      .onConflict((conflict) => conflict.column("link").doUpdateSet({ event }))
      .execute();
  });
}

/** Puts all that was ever sent into the outbox, for what has gone meanwhile. */
export async function putAllOut(store: LinkStore, link: string): Promise<void> {
  await store.updateTable("pushed")
    .set({ version: sql<number>`version + 1`, attempts: 0, next_at: 0 })
    .where("link", "=", link).execute();
}

/** Entities to send now, those that wait longest first. */
export function due(
  store: LinkStore,
  link: string,
  now: Date,
  limit: number,
): Promise<Due[]> {
  return store.selectFrom("pushed").select(["id", "version", "attempts"])
    .where("link", "=", link).where("version", ">", sql<number>`sent`)
    .where("next_at", "<=", now.getTime())
    .orderBy("next_at").limit(limit).execute();
}

/** Says what the outside broker has now, and what it has no more. */
export async function settle(
  store: LinkStore,
  link: string,
  { sent, gone }: {
    readonly sent: readonly Due[];
    readonly gone: readonly Due[];
  },
): Promise<void> {
  await store.transaction().execute(async (trx) => {
    for (const { id, version } of sent) {
      await trx.updateTable("pushed").set({ sent: version, attempts: 0 })
        .where("link", "=", link).where("id", "=", id).execute();
    }
    for (const { id, version } of gone) {
      await trx.deleteFrom("pushed").where("link", "=", link)
        .where("id", "=", id).where("version", "=", version).execute();
    }
  });
}

const LONGEST_WAIT_MS = 3_600_000;

/** Lets entities that the outside broker refuses wait longer each time. */
export async function postpone(
  store: LinkStore,
  link: string,
  refused: readonly Due[],
  now: Date,
): Promise<void> {
  await store.transaction().execute(async (trx) => {
    for (const { id, version, attempts } of refused) {
      const wait = Math.min(LONGEST_WAIT_MS, 5_000 * 2 ** attempts);
      await trx.updateTable("pushed")
        .set({ attempts: attempts + 1, next_at: now.getTime() + wait })
        .where("link", "=", link).where("id", "=", id)
        .where("version", "=", version).execute();
    }
  });
}

/** How many entities the outside broker does not have as they are. */
export async function waitingCount(
  store: LinkStore,
  link: string,
): Promise<number> {
  const row = await store.selectFrom("pushed")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("link", "=", link).where("version", ">", sql<number>`sent`)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** The last notification of ours that is in the outbox. */
export async function lastHeard(
  store: LinkStore,
  link: string,
): Promise<string | undefined> {
  const row = await store.selectFrom("heard").select("event")
    .where("link", "=", link).executeTakeFirst();
  return row?.event;
}
