import { type RawBuilder, sql } from "@hiraku/kernel/store";
import type { Entity } from "../entity/entity.ts";
import type { EntityStore } from "../entity/entity_store.ts";

/** Which entities; every name is an IRI, every list means "any of". */
export interface EntityQuery {
  readonly types?: readonly string[];
  readonly ids?: readonly string[];
  /** Only entities with one of these attributes. */
  readonly attributes?: readonly string[];
  readonly limit: number;
  readonly offset: number;
  readonly count: boolean;
}

/** A part of the matching entities. */
export interface EntityPage {
  readonly entities: readonly Entity[];
  /** How many match in all, when the query asked for the count. */
  readonly total: number | undefined;
  /** Whether more follow this page. */
  readonly more: boolean;
}

/** A page of matching entities in the order of their creation, as if those of hidden types did not exist. */
export async function queryEntities(
  store: EntityStore,
  query: EntityQuery,
  hiddenTypes: readonly string[],
): Promise<EntityPage> {
  const { limit, offset } = query;
  const matching = matches(query, hiddenTypes);
  const { rows } = await sql<{ pk: number }>`
    SELECT e.pk FROM ${matching}
    LIMIT ${limit === 0 ? 0 : limit + 1} OFFSET ${offset}`.execute(store.db);
  const total = query.count ? await count(store, matching) : undefined;
  const entities = await store.entities(
    rows.slice(0, limit).map(({ pk }) => Number(pk)),
  );
  return { entities, total, more: rows.length > limit };
}

async function count(
  store: EntityStore,
  matching: RawBuilder<unknown>,
): Promise<number> {
  const { rows: [row] } = await sql<{ total: number }>`
    SELECT count(*) AS total FROM (SELECT e.pk FROM ${matching})`
    .execute(store.db);
  return row?.total ?? 0;
}

function matches(
  { types, ids, attributes }: EntityQuery,
  hiddenTypes: readonly string[],
): RawBuilder<unknown> {
  const [type, ...others] = types ?? [];
  // Walking one type's index gives the page without looking at other entities.
  const walked = type !== undefined && others.length === 0;
  const from = walked
    ? sql`entity_type t CROSS JOIN entity e ON e.pk = t.entity`
    : sql`entity e`;
  const conditions = [sql`true`];
  if (walked) conditions.push(sql`t.type = ${type}`);
  else if (types !== undefined) conditions.push(hasType(types));
  if (hiddenTypes.length > 0) {
    conditions.push(sql`NOT ${hasType(hiddenTypes)}`);
  }
  if (ids !== undefined) conditions.push(sql`e.id IN ${listed(ids)}`);
  if (attributes !== undefined) {
    conditions.push(sql`EXISTS (
      SELECT 1 FROM json_each(e.document, '$.attributes') has
      WHERE has.key IN ${listed(attributes)})`);
  }
  return sql`${from} WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY ${walked ? sql`t.entity` : sql`e.pk`}`;
}

function hasType(types: readonly string[]): RawBuilder<unknown> {
  return sql`EXISTS (
    SELECT 1 FROM entity_type has
    WHERE has.entity = e.pk AND has.type IN ${listed(types)})`;
}

function listed(items: readonly string[]): RawBuilder<unknown> {
  return sql`(SELECT value FROM json_each(${JSON.stringify(items)}))`;
}
