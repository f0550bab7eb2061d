import type { Entity } from "../entity/entity.ts";
import {
  type EntityFilter,
  matchesFilter,
  type Selector,
} from "../query/entity_query.ts";
import { readGeoQuery } from "../query/geo_query.ts";
import { parseQ, type QOptions } from "../query/parse_q.ts";
import { parsePattern } from "../query/pattern.ts";
import { linkDepth } from "../query/q.ts";
import { parseScopeQuery } from "../query/scope_query.ts";
import { parseTypeSelection } from "../query/type_selection.ts";
import { IRIS, recorded, type Terms } from "./kept_terms.ts";
import type { SubscriptionDocument } from "./subscription_document.ts";

/** Which entities a subscription is about, ready to be asked. */
export interface CompiledQuery {
  readonly filter: EntityFilter;
  /** How many relationships its `q` follows. */
  readonly linkDepth: number;
}

type Document = Partial<SubscriptionDocument>;

/** Throws `BadRequestData`. */
export function compileQuery(document: Document, terms: Terms): CompiledQuery {
  const { entities, q, geoQ, scopeQ } = document;
  const names = recorded(terms);
  const parsed = q === undefined
    ? undefined
    : parseQ(decoded(q), names, qOptions(document));
  const filter: EntityFilter = {
    ...(entities && { selectors: entities.map(selectorOf) }),
    ...(parsed && { q: parsed }),
    ...(geoQ && { geo: readGeoQuery(geoQ, IRIS) }),
    ...(scopeQ === undefined ? {} : { scopes: parseScopeQuery(scopeQ) }),
  };
  return { filter, linkDepth: parsed === undefined ? 0 : linkDepth(parsed) };
}

export function qOptions({ expandValues, jsonKeys }: Document): QOptions {
  const raw = jsonKeys?.split(",") ?? [];
  const expanded = expandValues?.split(",") ?? [];
  return { expandValues: expanded.filter((iri) => !raw.includes(iri)) };
}

/** A query may come as it would stand in a URL, CIM 009 4.9. */
export function decoded(q: string): string {
  try {
    return decodeURIComponent(q);
  } catch {
    return q;
  }
}

/** Whether the entity is one of those subscribed to; conditions are another matter. */
export function isSelected(
  { filter: { selectors } }: CompiledQuery,
  entity: Entity,
): boolean {
  return selectors === undefined || matchesFilter({ selectors }, entity);
}

// CIM 009 5.2.33
function selectorOf(
  { type, id, idPattern }: NonNullable<
    SubscriptionDocument["entities"]
  >[number],
): Selector {
  const types = parseTypeSelection(type, IRIS);
  if (id !== undefined) return { types, ids: [id].flat() };
  if (idPattern === undefined) return { types };
  return { types, idPattern: parsePattern(idPattern, "idPattern") };
}
