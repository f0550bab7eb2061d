import type { EntityQuery, Names, View } from "@hiraku/ngsi";
import {
  bad,
  filterOf,
  flagOf,
  type Join,
  joinOf,
  refuseTooWide,
  type Sent,
  textOf,
} from "./entity_request.ts";
import type { AnswerForm } from "./ngsi_media.ts";
import { viewOf } from "./view_request.ts";

/** A request for entities, read. */
export interface QueryRequest {
  readonly query: EntityQuery;
  readonly view: View;
  readonly join: Join | undefined;
  readonly form: AnswerForm;
}

const DEFAULT_LIMIT = 50;
const LARGEST_LIMIT = 1000;

const requests = new WeakMap<Names, Map<string, QueryRequest>>();
const MOST_REMEMBERED = 1000;

/** What the same address asked for before, with names that mean the same. */
export function remembered(
  url: string,
  names: Names,
  read: () => QueryRequest,
): QueryRequest {
  let known = requests.get(names);
  if (known === undefined) requests.set(names, known = new Map());
  const key = url.slice(url.indexOf("?"));
  let request = known.get(key);
  if (request === undefined) {
    request = read();
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(key, request);
  }
  return request;
}

/** Reads a whole request, CIM 009 5.7.2. Throws `BadRequestData`. */
export function requestOf(
  sent: Sent,
  names: Names,
  selectors: EntityQuery["selectors"],
): QueryRequest {
  const view = viewOf(sent, names);
  const filter = filterOf(sent, names, selectors, view);
  refuseTooWide(filter, sent);
  const join = joinOf(sent, view, filter);
  return {
    query: { ...filter, ...pageOf(sent) },
    view,
    join,
    form: geometryForm(sent, names),
  };
}

// CIM 009 6.3.10 and 6.3.13
function pageOf(sent: Sent): Pick<EntityQuery, "limit" | "offset" | "count"> {
  const limit = wholeOf(sent, "limit", DEFAULT_LIMIT);
  const offset = wholeOf(sent, "offset", 0);
  const count = flagOf(sent, "count");
  if (limit === 0 && !count) throw bad("limit", "0 needs count=true");
  if (limit > LARGEST_LIMIT) throw bad("limit", `${LARGEST_LIMIT} at most`);
  return { limit, offset, count };
}

function wholeOf(sent: Sent, name: string, otherwise: number): number {
  const text = textOf(sent, name);
  if (text === undefined) return otherwise;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw bad(name, "not a whole number");
}

/** What the geometry of GeoJSON features is taken from, CIM 009 6.3.15. */
export function geometryForm(sent: Sent, names: Names): AnswerForm {
  const property = textOf(sent, "geometryProperty");
  if (property === undefined) return { names };
  return { names, geometryProperty: names.expand(property) };
}
