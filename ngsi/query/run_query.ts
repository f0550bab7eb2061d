import { Problem } from "@hiraku/kernel";
import { sql } from "@hiraku/kernel/store";
import { OPERATIONAL_TYPES } from "../context/hosted_context.ts";
import { readInventory } from "../discovery/available.ts";
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
const LONG_WALK = 5000;
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
    if (candidates.rows === undefined && canRankNear(query)) {
      const page = await nearFirst(reading, query);
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
  const whole = await wholeSet(reading, candidates);
  if (whole !== undefined && (candidates.exact || offset > LONG_WALK)) {
    return await exactPage(reading, query, whole);
  }
  const search = new Search(reading, query, candidates);
  const countsByHand = query.count && whole === undefined;
  const found = await search.take(countsByHand ? Infinity : offset + limit + 1);
  const total = query.count && whole !== undefined
    ? await count(reading, whole)
    : found.length;
  return pageOf(query, found.slice(offset, offset + limit + 1), total, search);
}

/** A subquery of all that match and no others, if the index has one. */
async function wholeSet(
  { store, now }: Reading,
  { otherwise, ...candidates }: Candidates,
): Promise<Candidates | undefined> {
  const whole = candidates.exact ? candidates : otherwise;
  if (whole?.exact !== true) return undefined;
  // The index still holds what has expired since it was last swept.
  const expired = await store.db.selectFrom("entity").select("pk")
    .where("expires_at", "<=", now).limit(1).executeTakeFirst();
  return expired === undefined ? whole : undefined;
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
  #candidates: Candidates;
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
    const { store } = this.#reading;
    const found: Entity[] = [];
    let last = 0;
    let chunk = Math.min(LARGEST_CHUNK, Math.max(SMALLEST_CHUNK, most));
    while (found.length < most) {
      const { otherwise } = this.#candidates;
      if (otherwise !== undefined && this.#isSlow(found.length, most)) {
        this.#candidates = otherwise;
      }
      const { rows } = await sql<{ entity: number }>`
        SELECT c.entity FROM (${this.#candidates.all}) c
        WHERE c.entity > ${last} ORDER BY c.entity LIMIT ${chunk}`
        .execute(store.db);
      const pks = rows.map(({ entity }) => Number(entity));
      found.push(...await this.matching(await store.entities(pks)));
      if (pks.length < chunk) break;
      last = pks.at(-1) ?? last;
      // The store answers without a turn of the event loop; others want theirs.
      if (this.#looked > TRIED) await turn();
      chunk = Math.min(otherwise ? TRIED : LARGEST_CHUNK, chunk * 4);
    }
    return found;
  }

  /** Whether the walk so far foretells a long one. */
  #isSlow(found: number, most: number): boolean {
    return this.#looked >= TRIED &&
      (found === 0 || this.#looked / found * most > LONG_WALK);
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
  reading: Reading,
  query: EntityQuery,
  candidates: Candidates,
): Promise<EntityPage> {
  const { store, now } = reading;
  const { all, label, rows: inIndex } = candidates;
  const { limit, offset } = query;
  const pks = limit === 0 ? [] : (await sql<{ entity: number }>`
    SELECT c.entity FROM (${all}) c ORDER BY c.entity
    LIMIT ${limit + 1} OFFSET ${offset}`.execute(store.db)).rows;
  const entities = await store.entities(
    pks.slice(0, limit).map(({ entity }) => Number(entity)),
  );
  return {
    entities: entities.flatMap((one) => alive(one, now) ?? []),
    total: query.count ? await count(reading, candidates) : undefined,
    more: pks.length > limit,
    explained: { index: label, rows: inIndex, looked: 0 },
  };
}

async function count(
  { store: { db }, hiddenTypes }: Reading,
  { all, type }: Candidates,
): Promise<number> {
  const hides = hiddenTypes.length > 0;
  if (type !== undefined && (!hides || hiddenTypes === OPERATIONAL_TYPES)) {
    const rows = await readInventory(db, { type, attribute: "" }, !hides);
    return rows[0]?.total ?? 0;
  }
  const { rows: [row] } = await sql<{ total: number }>`
    SELECT count(*) AS total FROM (${all}) c`.execute(db);
  return Number(row?.total ?? 0);
}

/** The first instant at which anything in the store goes by itself. */
export async function nextExpiry(
  { db }: EntityStore,
): Promise<string | undefined> {
  const row = await db.selectFrom("entity")
    .select((e) => e.fn.min("expires_at").as("at"))
    .where("expires_at", "is not", null).executeTakeFirst();
  return row?.at ?? undefined;
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
