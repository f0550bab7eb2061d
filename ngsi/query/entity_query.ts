import type { Entity } from "../entity/entity.ts";
import { type GeoQuery, matchesGeo } from "./geo_query.ts";
import { matchesQ } from "./match_q.ts";
import type { Ordering } from "./ordering.ts";
import type { Pattern } from "./pattern.ts";
import type { Q } from "./q.ts";
import { matchesScope, type ScopeQuery } from "./scope_query.ts";
import type { Lookup } from "./target.ts";
import { matchesTypes, type TypeSelection } from "./type_selection.ts";

/** Which entities by what they are, CIM 009 5.2.33; `ids` go before `idPattern`. */
export interface Selector {
  readonly types: TypeSelection;
  readonly ids?: readonly string[];
  readonly idPattern?: Pattern;
}

/** Which entities, every condition has to hold. */
export interface EntityFilter {
  /** Any of these; none given selects every entity. */
  readonly selectors?: readonly Selector[];
  /** Any of these attributes exists; IRIs. */
  readonly attributes?: readonly string[];
  readonly q?: Q;
  readonly geo?: GeoQuery;
  readonly scopes?: ScopeQuery;
}

/** What CIM 009 5.7.2 asks for. */
export interface EntityQuery extends EntityFilter {
  /** In the order of creation unless given. */
  readonly ordering?: Ordering;
  readonly limit: number;
  readonly offset: number;
  readonly count: boolean;
}

/** How an answer was found. */
export interface Explained {
  /** What gave the candidates, such as `walk type` or `number speed`. */
  readonly index: string;
  /** Rows of the index that stand for it, at least; unknown for a walk. */
  readonly rows: number | undefined;
  /** Entities that were held against the query one by one. */
  readonly looked: number;
}

/** A part of the matching entities. */
export interface EntityPage {
  readonly entities: readonly Entity[];
  /** How many match in all, when the query asked for the count. */
  readonly total: number | undefined;
  /** Whether more follow this page. */
  readonly more: boolean;
  readonly explained: Explained;
}

/** Whether an entity meets a filter. */
export function matchesFilter(
  { selectors, attributes, q, geo, scopes }: EntityFilter,
  entity: Entity,
  lookup?: Lookup,
): boolean {
  return (selectors?.some((one) => isSelected(one, entity)) ?? true) &&
    (attributes?.some((name) => name in entity.attributes) ?? true) &&
    (scopes === undefined || matchesScope(scopes, entity)) &&
    (q === undefined || matchesQ(q, entity, lookup)) &&
    (geo === undefined || matchesGeo(geo, entity));
}

function isSelected(
  { types, ids, idPattern }: Selector,
  entity: Entity,
): boolean {
  if (!matchesTypes(types, entity.types)) return false;
  if (ids !== undefined) return ids.includes(entity.id);
  return idPattern?.test(entity.id) ?? true;
}
