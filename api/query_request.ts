import type { EntityQuery, Names, View } from "@hiraku/ngsi";
import {
  filterOf,
  type Join,
  joinOf,
  refuseTooWide,
  type Sent,
  textOf,
} from "./entity_request.ts";
import type { AnswerForm } from "./ngsi_media.ts";
import { pageOf } from "./page_request.ts";
import { viewOf } from "./view_request.ts";

/** A request for entities, read. */
export interface QueryRequest {
  readonly query: EntityQuery;
  readonly view: View;
  readonly join: Join | undefined;
  readonly form: AnswerForm;
}

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

/** What the geometry of GeoJSON features is taken from, CIM 009 6.3.15. */
export function geometryForm(sent: Sent, names: Names): AnswerForm {
  const property = textOf(sent, "geometryProperty");
  if (property === undefined) return { names };
  return { names, geometryProperty: names.expand(property) };
}
