import { Problem } from "@hiraku/kernel";
import type { AuditEntry } from "@hiraku/kernel/control";
import {
  type Broker,
  type Entity,
  type EntityPage,
  type EntityReads,
  matchesTypes,
  type Names,
  parseTypeSelection,
  readId,
  shows,
  type View,
} from "@hiraku/ngsi";
import type { Context as HonoContext } from "hono";
import { acceptedType, GEO_JSON } from "./accepted_type.ts";
import { callerOf, type Env } from "./identity/caller.ts";
import {
  bad,
  FILTER_MEMBERS,
  flagOf,
  JOIN_MEMBERS,
  joinOf,
  selectorOf,
  type Sent,
  textOf,
} from "./entity_request.ts";
import { joined } from "./joined.ts";
import { knownParameters } from "./known_parameters.ts";
import { type AnswerForm, entitiesAnswer, entityAnswer } from "./ngsi_media.ts";
import { ngsiBody, ngsiNames } from "./ngsi_body.ts";
import { addPageLinks } from "./page_links.ts";
import { PAGE_MEMBERS } from "./page_request.ts";
import { mayKeep } from "./quick_answers.ts";
import { postedQuery } from "./query_by_post.ts";
import {
  geometryForm,
  type QueryRequest,
  remembered,
  requestOf,
} from "./query_request.ts";
import { VIEW_MEMBERS, viewOf } from "./view_request.ts";

/** Keeps who read what; an answer with operational data waits for it. */
export type Audit = (entry: AuditEntry) => Promise<void>;

type C = HonoContext<Env>;

/** Parameters of Query Entities. */
export const BY_GET = [
  ...FILTER_MEMBERS,
  ...VIEW_MEMBERS,
  ...JOIN_MEMBERS,
  ...PAGE_MEMBERS,
];
export const BY_POST = [
  ...PAGE_MEMBERS,
  "options",
  "format",
  "geometryProperty",
];
/** Parameters of Retrieve Entity. */
export const ONE = [
  ...[...VIEW_MEMBERS, ...JOIN_MEMBERS, "type"],
  ...["entityMap", "entityMapLifetime"],
];
const SYSTEM = ["createdAt", "modifiedAt", "expiresAt"];

/** Query Entities, CIM 009 5.7.2 and 6.4.3.2. */
export async function answerQuery(
  c: C,
  broker: Broker,
  audit: Audit,
): Promise<Response> {
  const names = await ngsiNames(c, broker.contexts);
  const request = remembered(c.req.url, names, () => {
    const sent = Object.fromEntries(knownParameters(c.req.url, BY_GET));
    const selector = selectorOf(sent, names);
    return requestOf(sent, names, selector && [selector]);
  });
  const reads = readsFor(c, broker, audit);
  return await answer(c, reads, request, reads === broker);
}

/** Query Entities by POST, CIM 009 6.23.3.1. */
export async function answerPostedQuery(
  c: C,
  broker: Broker,
  audit: Audit,
): Promise<Response> {
  const parameters = knownParameters(c.req.url, BY_POST);
  const { sent: body, namesFor } = await ngsiBody(c, broker.contexts);
  const names = await namesFor(body);
  const { sent, selectors } = postedQuery(body, names);
  const all = { ...sent, ...Object.fromEntries(parameters) };
  const request = requestOf(all, names, selectors);
  return await answer(c, readsFor(c, broker, audit), request);
}

/** Retrieve Entity, CIM 009 5.7.1 and 6.5.3.1. */
export async function answerEntity(
  c: C,
  broker: Broker,
  audit: Audit,
): Promise<Response> {
  const names = await ngsiNames(c, broker.contexts);
  const sent: Sent = Object.fromEntries(knownParameters(c.req.url, ONE));
  if (flagOf(sent, "entityMap") || sent.entityMapLifetime !== undefined) {
    throw new Problem("OperationNotSupported", "Entity maps are not here yet");
  }
  const view = viewOf(sent, names);
  const join = joinOf(sent, view);
  const form = formOf(c, sent, names);
  const type = textOf(sent, "type");
  const id = idOf(c);
  const types = type === undefined ? "*" : parseTypeSelection(type, names);
  const reads = readsFor(c, broker, audit);
  const entity = await reads.retrieve(id);
  if (
    !showsAnything(entity, view, sent) || !matchesTypes(types, entity.types)
  ) {
    throw new Problem(
      "ResourceNotFound",
      "The entity is not of the 'type' or has nothing of what is asked for",
    );
  }
  const shown = await joined(reads, [entity], view, join);
  if (reads === broker) mayKeep(c.req.raw, shown.map(({ entity }) => entity));
  const [only] = shown;
  return only !== undefined && shown.length === 1
    ? await entityAnswer(c, only, form)
    : await entitiesAnswer(c, shown, form);
}

function showsAnything(
  { attributes, scopes }: Entity,
  view: View,
  { attrs }: Sent,
): boolean {
  if (Object.keys(attributes).some((iri) => shows(view, iri))) return true;
  if (attrs !== undefined) return false;
  return shows(view, "id") || shows(view, "type") ||
    (scopes.length > 0 && shows(view, "scope")) ||
    SYSTEM.some((name) => view.pick?.members.has(name));
}

export function idOf(c: C): string {
  return readId(c.req.param("id"));
}

function formOf(c: C, sent: Sent, names: Names): AnswerForm {
  const form = geometryForm(sent, names);
  refuseGeometry(c, form);
  return form;
}

// CIM 009 5.7.1.4 and 5.7.2.4
function refuseGeometry(c: C, { geometryProperty }: AnswerForm): void {
  if (geometryProperty === undefined) return;
  if (acceptedType(c.req.header("Accept"), true) === GEO_JSON) return;
  throw bad("geometryProperty", `needs Accept: ${GEO_JSON}`);
}

async function answer(
  c: C,
  reads: EntityReads,
  { query, view, join, form }: QueryRequest,
  isPublic = false,
): Promise<Response> {
  refuseGeometry(c, form);
  const page = await reads.query(query);
  if (page.total !== undefined) {
    c.header("NGSILD-Results-Count", String(page.total));
  }
  addPageLinks(c, query, page.more);
  if (c.req.header("Hiraku-Explain") === "true") explain(c, page);
  const shown = await joined(reads, page.entities, view, join);
  if (isPublic) mayKeep(c.req.raw, shown.map(({ entity }) => entity));
  return await entitiesAnswer(c, shown, form);
}

function explain(c: C, { explained }: EntityPage): void {
  const { index, rows, looked } = explained;
  const plan = `index="${index.replace(/[^\x20-\x7e]|"/g, "?")}"; ` +
    `rows=${rows ?? "unknown"}; looked=${looked}`;
  c.header("Hiraku-Query-Plan", plan);
}

/** What the caller may read: exact figures of running services only after the audit has it. */
export function readsFor(c: C, broker: Broker, audit: Audit): EntityReads {
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
