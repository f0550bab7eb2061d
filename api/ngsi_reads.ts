import { Problem } from "@hiraku/kernel";
import type { AuditEntry } from "@hiraku/kernel/control";
import {
  type Broker,
  type Contexts,
  type EntityReads,
  readId,
  renderEntity,
} from "@hiraku/ngsi";
import type { Context as HonoContext } from "hono";
import { callerOf, type Env } from "./caller.ts";
import { acceptedType, ngsiAnswer, ngsiNames } from "./ngsi_media.ts";
import {
  idsOf,
  pageOf,
  Parameters,
  QUERY_PARAMETERS,
  VIEW_PARAMETERS,
  viewOf,
} from "./ngsi_parameters.ts";

/** Keeps who read what; an answer with operational data waits for it. */
export type Audit = (entry: AuditEntry) => Promise<void>;

type C = HonoContext<Env>;

/** Query Entities, CIM 009 5.7.2. */
export async function answerQuery(
  c: C,
  broker: Broker,
  contexts: Contexts,
  audit: Audit,
): Promise<Response> {
  const names = await ngsiNames(c, contexts);
  const parameters = new Parameters(c.req.url, QUERY_PARAMETERS);
  const page = pageOf(parameters);
  const view = viewOf(parameters, names);
  const query = {
    ...defined("types", parameters.names("type", names)),
    ...defined("ids", idsOf(parameters)),
    ...defined("attributes", parameters.names("attrs", names)),
  };
  // CIM 009 5.7.2.4
  const narrow = query.types ?? query.attributes;
  if (narrow === undefined && !parameters.flag("local")) {
    throw new Problem("BadRequestData", "Ask for a 'type' or for 'attrs'");
  }
  const reads = readsFor(c, broker, audit);
  const { entities, total, more } = await reads.query({ ...query, ...page });
  if (total !== undefined) c.header("NGSILD-Results-Count", String(total));
  addPageLinks(c, page, more);
  const rendered = entities.map((one) => renderEntity(one, view, names));
  return ngsiAnswer(c, rendered, names);
}

/** Retrieve Entity, CIM 009 5.7.1. */
export async function answerEntity(
  c: C,
  broker: Broker,
  contexts: Contexts,
  audit: Audit,
): Promise<Response> {
  const names = await ngsiNames(c, contexts);
  const parameters = new Parameters(c.req.url, [...VIEW_PARAMETERS, "local"]);
  const view = viewOf(parameters, names);
  const id = idOf(c);
  const entity = await readsFor(c, broker, audit).retrieve(id);
  const attributes = parameters.names("attrs", names);
  const hasSome = attributes?.some((iri) => iri in entity.attributes) ?? true;
  if (!hasSome) {
    throw new Problem("ResourceNotFound", "The entity has none of the 'attrs'");
  }
  return ngsiAnswer(c, renderEntity(entity, view, names), names);
}

/** What the caller may read: exact figures of running services only after the audit has it. */
function readsFor(c: C, broker: Broker, audit: Audit): EntityReads {
  const caller = callerOf(c);
  const reads = broker.forOperators(caller.roles, async ({ ids, counted }) => {
    if (ids.length === 0 && !counted) return;
    await audit({
      caller: caller.id,
      municipality: broker.code,
      action: ids.length === 0 ? "count" : "read",
      object: ids.length === 0 ? "ShelterOccupancy" : ids.join(" "),
    });
  });
  return reads ?? broker;
}

export function idOf(c: C): string {
  return readId(c.req.param("id"));
}

function defined<K extends string, V>(
  key: K,
  value: V | undefined,
): { [_ in K]?: V } {
  return value === undefined ? {} : { [key]: value } as { [_ in K]: V };
}

// CIM 009 6.3.10
function addPageLinks(
  c: C,
  { limit, offset }: { limit: number; offset: number },
  more: boolean,
): void {
  const type = acceptedType(c.req.header("Accept"));
  const link = (to: number, relation: string) => {
    const url = new URL(c.req.url);
    url.searchParams.set("limit", String(limit));
    url.searchParams.set("offset", String(to));
    const target = url.pathname + url.search;
    c.header(
      "Link",
      `<${target}>; rel="${relation}"; type="${type}"`,
      {
        append: true,
      },
    );
  };
  if (limit === 0) return;
  if (offset > 0) link(Math.max(0, offset - limit), "prev");
  if (more) link(offset + limit, "next");
}
