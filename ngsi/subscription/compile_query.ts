import type { Entity } from "../entity/entity.ts";
import { type GeoQuery, matchesGeo, readGeoQuery } from "../query/geo_query.ts";
import { matchesQ } from "../query/match_q.ts";
import { parseQ, type QOptions } from "../query/parse_q.ts";
import { parsePattern, type Pattern } from "../query/pattern.ts";
import { linkDepth, type Q } from "../query/q.ts";
import {
  matchesScope,
  parseScopeQuery,
  type ScopeQuery,
} from "../query/scope_query.ts";
import type { Lookup } from "../query/target.ts";
import {
  matchesTypes,
  parseTypeSelection,
  type TypeSelection,
} from "../query/type_selection.ts";
import { IRIS, recorded, type Terms } from "./kept_terms.ts";
import type { SubscriptionDocument } from "./subscription_document.ts";

/** One way for an entity to be subscribed to, CIM 009 5.2.33. */
export interface Selector {
  readonly types: TypeSelection;
  readonly ids: ReadonlySet<string> | undefined;
  readonly pattern: Pattern | undefined;
}

/** Which entities a subscription is about, ready to be asked. */
export interface CompiledQuery {
  /** None stands for every entity. */
  readonly selectors: readonly Selector[] | undefined;
  readonly q: Q | undefined;
  /** How many relationships `q` follows. */
  readonly linkDepth: number;
  readonly geo: GeoQuery | undefined;
  readonly scope: ScopeQuery | undefined;
}

type Document = Partial<SubscriptionDocument>;

/** Throws `BadRequestData`. */
export function compileQuery(document: Document, terms: Terms): CompiledQuery {
  const { entities, q, geoQ, scopeQ } = document;
  const names = recorded(terms);
  const parsed = q === undefined
    ? undefined
    : parseQ(decoded(q), names, qOptions(document));
  return {
    selectors: entities?.map(({ type, id, idPattern }) => ({
      types: parseTypeSelection(type, IRIS),
      ids: id === undefined ? undefined : new Set([id].flat()),
      pattern: id !== undefined || idPattern === undefined
        ? undefined
        : parsePattern(idPattern, "idPattern"),
    })),
    q: parsed,
    linkDepth: parsed === undefined ? 0 : linkDepth(parsed),
    geo: geoQ && readGeoQuery(geoQ, IRIS),
    scope: scopeQ === undefined ? undefined : parseScopeQuery(scopeQ),
  };
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

/** Whether the entity is one of those subscribed to. */
export function isSelected(
  { selectors }: CompiledQuery,
  { id, types }: Pick<Entity, "id" | "types">,
): boolean {
  return selectors === undefined ||
    selectors.some((one) =>
      (one.ids?.has(id) ?? one.pattern?.test(id) ?? true) &&
      matchesTypes(one.types, types)
    );
}

/** Whether the entity meets all conditions, CIM 009 5.8.6. */
export function meetsConditions(
  { q, geo, scope }: CompiledQuery,
  entity: Entity,
  lookup: Lookup,
): boolean {
  return (scope === undefined || matchesScope(scope, entity)) &&
    (q === undefined || matchesQ(q, entity, lookup)) &&
    (geo === undefined || matchesGeo(geo, entity));
}
