import type { LinkStore } from "./link_tables.ts";

/** An entity that came by a link, as it was told of last. */
export interface Followed {
  readonly id: string;
  /** When it changed outside; empty if the outside does not tell. */
  readonly modifiedAt: string;
  readonly gone: boolean;
}

const CHUNK = 1000;

/** What is known of these entities, by id. */
export async function followedOf(
  store: LinkStore,
  link: string,
  ids: readonly string[],
): Promise<Map<string, Followed>> {
  const known = new Map<string, Followed>();
  for (let from = 0; from < ids.length; from += CHUNK) {
    const rows = await store.selectFrom("followed")
      .select(["id", "modified_at", "gone"])
      .where("link", "=", link)
      .where("id", "in", ids.slice(from, from + CHUNK)).execute();
    for (const { id, modified_at: modifiedAt, gone } of rows) {
      known.set(id, { id, modifiedAt, gone: gone === 1 });
    }
  }
  return known;
}

export async function putFollowed(
  store: LinkStore,
  link: string,
  all: readonly Followed[],
  now: Date,
): Promise<void> {
  await store.transaction().execute(async (trx) => {
    for (let from = 0; from < all.length; from += CHUNK) {
      const values = all.slice(from, from + CHUNK).map((one) => ({
        link,
        id: one.id,
        modified_at: one.modifiedAt,
        seen_at: now.toISOString(),
        gone: one.gone ? 1 : 0,
      }));
      await trx.insertInto("followed").values(values)
        .onConflict((conflict) =>
          conflict.columns(["link", "id"]).doUpdateSet(({ ref }) => ({
            modified_at: ref("excluded.modified_at"),
            seen_at: ref("excluded.seen_at"),
            gone: ref("excluded.gone"),
          }))
        ).execute();
    }
  });
}

/** Entities that are here by a link and were not told of since an instant. */
export async function followedBefore(
  store: LinkStore,
  link: string,
  before: Date,
  among?: readonly string[],
): Promise<string[]> {
  const query = store.selectFrom("followed").select("id")
    .where("link", "=", link).where("gone", "=", 0)
    .where("seen_at", "<", before.toISOString());
  const rows =
    await (among === undefined ? query : query.where("id", "in", among))
      .execute();
  return rows.map(({ id }) => id);
}

/** Forgets deletions that nothing older can come after. */
export async function forgetGone(
  store: LinkStore,
  link: string,
  before: Date,
): Promise<void> {
  await store.deleteFrom("followed").where("link", "=", link)
    .where("gone", "=", 1).where("seen_at", "<", before.toISOString())
    .execute();
}
