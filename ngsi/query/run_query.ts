import { Problem } from "@hiraku/kernel";
import type { Entity } from "../entity/entity.ts";
import type { EntityStore } from "../entity/entity_store.ts";
import { alive } from "../entity/expiry.ts";
import { type Candidates, candidatesFor } from "./candidates.ts";
import {
  type EntityFilter,
  type EntityPage,
  type EntityQuery,
  matchesFilter,
} from "./entity_query.ts";
import { type Fetch, lookupFor } from "./linked_entities.ts";
import { narrow } from "./narrow.ts";
import { canRankNear, nearFirst } from "./near_first.ts";
import { ordered } from "./order_entities.ts";

/** From where and as whom entities are read. */
export interface Reading {
  readonly store: EntityStore;
  /** Types of which entities are as if they did not exist. */
  readonly hiddenTypes: readonly string[];
  /** What has expired by then is gone. */
  readonly now: string;
  /** Entities that one query may look at, one by one. */
  readonly mostLooked: number;
}

const TRIED = 500;
const SMALLEST_CHUNK = 32;
const LARGEST_CHUNK = 2000;

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

/** Reads entities by id that the reader may see. */
export function fetching({ store, hiddenTypes, now }: Reading): Fetch {
  return async (ids) => {
    const seen = new Map<string, Entity>();
    if (ids.length === 0) return seen;
    for (const [id, { entity }] of await store.keptById(ids)) {
      const left = alive(entity, now);
      if (left && !isHidden(left, hiddenTypes)) seen.set(id, left);
    }
    return seen;
  };
}

function candidatesOf(
  { store, hiddenTypes }: Reading,
  filter: EntityFilter,
): Promise<Candidates | undefined> {
  return candidatesFor(store, narrow(filter), hiddenTypes);
}

/** Holds entities one by one against a filter. */
export class Search {
  readonly #reading: Reading;
  readonly #filter: EntityFilter;
  readonly #fetch: Fetch;
  readonly #candidates: Candidates;
  #looked = 0;

  constructor(reading: Reading, filter: EntityFilter, candidates: Candidates) {
    this.#reading = reading;
    this.#filter = filter;
    this.#fetch = fetching(reading);
    this.#candidates = candidates;
  }

  get looked(): number {
    return this.#looked;
  }

  get candidates(): Candidates {
    return this.#candidates;
  }

  /** The first entities that match, in the order of creation. */
  async take(most: number): Promise<Entity[]> {
    const { entities } = this.#candidates;
    const found: Entity[] = [];
    let after = -1;
    let chunk = Math.min(LARGEST_CHUNK, Math.max(SMALLEST_CHUNK, most));
    while (found.length < most) {
      const pks = entities.slice(chunk, { after });
      found.push(
        ...await this.matching(await this.#reading.store.entities(pks)),
      );
      if (pks.length < chunk) break;
      after = pks.at(-1) ?? after;
      // The store answers without a turn of the event loop; others want theirs.
      if (this.#looked > TRIED) await turn();
      chunk = Math.min(LARGEST_CHUNK, chunk * 4);
    }
    return found;
  }

  /** Those of the entities that match. */
  async matching(entities: readonly Entity[]): Promise<Entity[]> {
    this.#looked += entities.length;
    const { mostLooked } = this.#reading;
    if (this.#looked > mostLooked) {
      throw new Problem(
        "TooManyResults",
        `The query would look at more than ${mostLooked} entities one by one ` +
          `(${this.#candidates.label}); ` +
          "add a type or a comparison that fewer entities meet",
      );
    }
    const { hiddenTypes, now } = this.#reading;
    const seen = entities.flatMap((one) => alive(one, now) ?? [])
      .filter((one) => !isHidden(one, hiddenTypes));
    const lookup = await lookupFor(this.#filter.q, seen, this.#fetch);
    return seen.filter((one) => matchesFilter(this.#filter, one, lookup));
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

function isHidden({ types }: Entity, hiddenTypes: readonly string[]): boolean {
  return types.some((type) => hiddenTypes.includes(type));
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
