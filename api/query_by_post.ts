import type { Names, Selector } from "@hiraku/ngsi";
import { bad, readSelector, type Sent } from "./entity_request.ts";

const TEXTS = ["q", "scopeQ", "lang", "csf", "join", "entityMapLifetime"];
const NAME_LISTS = ["expandValues", "jsonKeys"];
const LISTS = ["attrs", "pick", "omit", "datasetId", "containedBy"];
const FLAGS = ["entityMap", "splitEntities"];
const KNOWN = [
  ...[...TEXTS, ...NAME_LISTS, ...LISTS, ...FLAGS],
  ..."@context type entities geoQ ordering joinLevel geometryProperty".split(
    " ",
  ),
];
const GEO = ["georel", "geometry", "coordinates", "geoproperty"];

/** A query that came by POST, as if its members were parameters. */
export interface PostedQuery {
  readonly sent: Sent;
  readonly selectors: readonly Selector[] | undefined;
}

/** Reads a Query for Query Entities, CIM 009 5.2.23. Throws `BadRequestData`. */
export function postedQuery(body: unknown, names: Names): PostedQuery {
  const query = objectOf(body, "(whole)");
  if (query.type !== "Query") throw bad("type", "not 'Query'");
  const sent: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(query)) {
    if (!KNOWN.includes(name)) throw bad(safe(name), "not a member here");
    if (LISTS.includes(name)) sent[name] = textsOf(value, name).join(",");
    else if (NAME_LISTS.includes(name) && Array.isArray(value)) {
      sent[name] = textsOf(value, name).join(",");
    } else if (name !== "type") sent[name] = value;
  }
  for (const name of FLAGS) {
    const value = query[name];
    if (value !== undefined && typeof value !== "boolean") {
      throw bad(name, "true or false");
    }
  }
  if (query.joinLevel !== undefined && typeof query.joinLevel !== "number") {
    throw bad("joinLevel", "not a number");
  }
  if (query.geoQ !== undefined) {
    const geoQ = objectOf(query.geoQ, "geoQ");
    for (const name of GEO) sent[name] = geoQ[name];
    if (geoQ.georel === undefined) throw bad("georel", "missing");
  }
  if (query.ordering !== undefined) addOrdering(sent, query.ordering);
  return { sent, selectors: selectorsOf(query.entities, names) };
}

function selectorsOf(
  entities: unknown,
  names: Names,
): Selector[] | undefined {
  if (entities === undefined) return undefined;
  if (!Array.isArray(entities) || entities.length === 0) {
    throw bad("entities", "not a list with anything in it");
  }
  return entities.map((one) => readSelector(objectOf(one, "entities"), names));
}

// CIM 009 5.2.43
function addOrdering(sent: Record<string, unknown>, ordering: unknown): void {
  const { orderBy, coordinates, geometry, collation } = objectOf(
    ordering,
    "ordering",
  );
  if (coordinates !== undefined && !Array.isArray(coordinates)) {
    throw bad("coordinates", "not a list");
  }
  sent.orderBy = textsOf(orderBy, "orderBy");
  sent.orderFrom = coordinates;
  sent.orderGeometry = geometry;
  sent.collation = collation;
}

function objectOf(value: unknown, name: string): Sent {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Sent;
  }
  throw bad(name, "not an object");
}

function textsOf(value: unknown, name: string): string[] {
  const texts = Array.isArray(value) &&
    value.every((one) => typeof one === "string" && one !== "");
  if (texts && value.length > 0) return value;
  throw bad(name, "not a list of texts with anything in it");
}

/** A name that may be repeated in an answer. */
function safe(name: string): string {
  return /^[A-Za-z]{1,40}$/.test(name) ? name : "(other)";
}
