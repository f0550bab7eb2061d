import { type Reading, Search } from "./search.ts";
import type { Entity } from "../entity/entity.ts";
import { alive } from "../entity/expiry.ts";
import { type Candidates, candidatesFor } from "./candidates.ts";
import type { EntityFilter, EntityPage, EntityQuery } from "./entity_query.ts";
import { narrow } from "./narrow.ts";
import { canRankNear, nearFirst } from "./near_first.ts";
import { ordered } from "./order_entities.ts";

/** CIM 009 5.7.2. Throws `TooManyResults` for a query that would look at too much. */
export async function queryEntities(
  reading: Reading,
  query: EntityQuery,
): Promise<EntityPage> {
  const { limit, offset, ordering } = query;
  const candidates = await candidatesOf(reading, query);
  if (candidates === undefined) return nothing(query);
  if (ordering !== undefined) {
    if (canRankNear(query)) {
      const page = await nearFirst(reading, query, candidates);
      if (page !== undefined) return page;
    }
    const search = new Search(reading, query, candidates);
    const all = ordered(await search.take(Infinity), ordering);
    return pageOf(
      query,
      all.slice(offset, offset + limit + 1),
      all.length,
      search,
    );
  }
  if (candidates.exact && !await hasExpired(reading)) {
    return await exactPage(reading, query, candidates);
  }
  const search = new Search(reading, query, candidates);
  const found = await search.take(
    query.count ? Infinity : offset + limit + 1,
  );
  const page = found.slice(offset, offset + limit + 1);
  return pageOf(query, page, found.length, search);
}

/** The index still holds what has expired since it was last swept. */
async function hasExpired({ store, now }: Reading): Promise<boolean> {
  const expired = await store.db.selectFrom("entity").select("pk")
    .where("expires_at", "<=", now).limit(1).executeTakeFirst();
  return expired !== undefined;
}

/** The ids of all entities that a filter selects. */
export async function selectIds(
  reading: Reading,
  filter: EntityFilter,
): Promise<string[]> {
  const candidates = await candidatesOf(reading, filter);
  if (candidates === undefined) return [];
  const search = new Search(reading, filter, candidates);
  return (await search.take(Infinity)).map(({ id }) => id);
}

function candidatesOf(
  { store, hiddenTypes }: Reading,
  filter: EntityFilter,
): Promise<Candidates | undefined> {
  return candidatesFor(store, narrow(filter), hiddenTypes);
}

async function exactPage(
  { store, now }: Reading,
  { limit, offset, count }: EntityQuery,
  { entities, label, rows }: Candidates,
): Promise<EntityPage> {
  const pks = limit === 0 ? [] : entities.slice(limit + 1, { skip: offset });
  const page = await store.entities(pks.slice(0, limit));
  return {
    entities: page.flatMap((one) => alive(one, now) ?? []),
    total: count ? entities.size : undefined,
    more: pks.length > limit,
    explained: { index: label, rows, looked: 0 },
  };
}

function nothing({ count }: EntityQuery): EntityPage {
  const explained = { index: "none", rows: 0, looked: 0 };
  const total = count ? 0 : undefined;
  return { entities: [], total, more: false, explained };
}

function pageOf(
  { limit, count }: EntityQuery,
  found: readonly Entity[],
  total: number,
  { candidates, looked }: Search,
): EntityPage {
  return {
    entities: found.slice(0, limit),
    total: count ? total : undefined,
    more: limit > 0 && found.length > limit,
    explained: { index: candidates.label, rows: candidates.rows, looked },
  };
}
