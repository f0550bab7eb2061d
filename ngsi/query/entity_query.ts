import { sql, type Store } from "@hiraku/kernel/store";
import type { Entity } from "../entity/entity.ts";
import type { Tables } from "../tables.ts";

/** Which entities; every name is an IRI, every list means "any of". */
export interface EntityQuery {
  readonly types?: readonly string[];
  readonly ids?: readonly string[];
  /** Only entities with one of these attributes. */
  readonly attributes?: readonly string[];
  /** Entities of these types are treated as if they did not exist. */
  readonly hiddenTypes?: readonly string[];
  readonly limit: number;
  readonly offset: number;
  readonly count: boolean;
}

export interface EntityPage {
  readonly entities: readonly Entity[];
  /** How many match in all, when the query asked for the count. */
  readonly total: number | undefined;
  /** Whether more follow this page. */
  readonly more: boolean;
}

/** A page of matching entities in the order of their ids. */
export async function queryEntities(
  store: Store<Tables>,
  query: EntityQuery,
): Promise<EntityPage> {
  const matching = matches(store, query);
  const rows = query.limit === 0 ? [] : await matching.select("e.document")
    .orderBy("e.id").limit(query.limit + 1).offset(query.offset).execute();
  const total = query.count
    ? (await matching.select(({ fn }) => fn.countAll<number>().as("total"))
      .executeTakeFirstOrThrow()).total
    : undefined;
  const entities = rows.slice(0, query.limit)
    .map(({ document }) => JSON.parse(document) as Entity);
  return { entities, total, more: rows.length > query.limit };
}

function matches(store: Store<Tables>, query: EntityQuery) {
  const { types, ids, attributes, hiddenTypes = [] } = query;
  let found = store.selectFrom("entity as e");
  const typed = (wanted: readonly string[]) =>
    store.selectFrom("entity_type").select("id").where("type", "in", wanted);
  if (types !== undefined) found = found.where("e.id", "in", typed(types));
  if (hiddenTypes.length > 0) {
    found = found.where("e.id", "not in", typed(hiddenTypes));
  }
  if (ids !== undefined) found = found.where("e.id", "in", ids);
  if (attributes !== undefined) {
    const wanted = JSON.stringify(attributes);
    found = found.where(sql<boolean>`EXISTS (
      SELECT 1 FROM json_each(e.document, '$.attributes') has
      JOIN json_each(${wanted}) wanted ON wanted.value = has.key)`);
  }
  return found;
}
