import { Problem } from "@hiraku/kernel";
import type { Names } from "../context/names.ts";
import { bad, checkIri, isMembers, NGSI_LD_NULL } from "../entity/value.ts";
import type { OutboundRules } from "../outbound.ts";
import { parseQ } from "../query/parse_q.ts";
import { parseTypeSelection } from "../query/type_selection.ts";
import { checkEndpoint } from "./check_endpoint.ts";
import { checkTogether } from "./check_together.ts";
import { compileQuery, decoded, qOptions } from "./compile_query.ts";
import { recording, renamed, type Terms } from "./kept_terms.ts";
import type { SubscriptionDocument } from "./subscription_document.ts";
import { isPast, viewOf } from "./subscription.ts";
import {
  MEMBER_NAMES,
  readMembers,
  type SentMembers,
} from "./subscription_members.ts";

/** A document that holds all rules, and what the names in its `q` stand for. */
export interface ReadSubscription {
  readonly document: SubscriptionDocument;
  readonly terms: Terms;
}

/** What a subscription is read with. */
export interface Reading {
  readonly names: Names;
  readonly now: string;
  readonly rules: OutboundRules;
}

const NEWEST = ["1.9"];

type Draft = Partial<SubscriptionDocument>;

/** Reads a new subscription, CIM 009 5.8.1.4. Throws `BadRequestData` naming the member. */
export function readSubscription(
  sent: unknown,
  reading: Reading,
): ReadSubscription & { readonly id: string | undefined } {
  if (!isMembers(sent)) throw bad("the subscription", "not an object");
  if (sent.type !== "Subscription") throw bad("type", "not 'Subscription'");
  const id = sent.id === undefined ? undefined : checkIri(sent.id, "id");
  const draft = expanded(readMembers(sent), reading.names);
  refusePast(draft, reading);
  return { id, ...whole(draft, termsOf(draft, reading.names), reading) };
}

/** Reads a fragment onto what there is, CIM 009 5.8.2.4 and 5.5.8. */
export function readSubscriptionFragment(
  sent: unknown,
  before: ReadSubscription,
  reading: Reading,
): ReadSubscription {
  if (!isMembers(sent)) throw bad("the fragment", "not an object");
  const present: Record<string, unknown> = {};
  const left: Record<string, unknown> = { ...before.document };
  for (const [name, value] of Object.entries(sent)) {
    if (value !== NGSI_LD_NULL && value !== null) present[name] = value;
    else if (name === "type") throw bad(name, "cannot be deleted");
    else if (MEMBER_NAMES.includes(name)) delete left[name];
  }
  const fragment = expanded(readMembers(present), reading.names);
  refusePast(fragment, reading);
  const wasExpired = isPast(before.document.expiresAt, reading.now);
  if (wasExpired && fragment.expiresAt && fragment.isActive === undefined) {
    delete left.isActive;
  }
  const draft: Draft = { ...left, ...fragment };
  if (fragment.q !== undefined) {
    return whole(draft, termsOf(draft, reading.names), reading);
  }
  const { expandValues } = fragment;
  if (expandValues !== undefined && draft.q !== undefined) {
    throw bad("expandValues", "needs the 'q' again");
  }
  return whole(draft, before.terms, reading);
}

function refusePast({ expiresAt }: Draft, { now }: Reading): void {
  if (isPast(expiresAt, now)) throw bad("expiresAt", "in the past");
}

function expanded(members: SentMembers, names: Names): Draft {
  const { type: _, csf, ...draft } = members;
  if (csf !== undefined) {
    parseQ(csf, names, { parameter: "csf" });
    throw new Problem("OperationNotSupported", "'csf' needs context sources");
  }
  const version = draft.ngsildConformance;
  if (version !== undefined && !NEWEST.includes(version)) {
    throw new Problem("OperationNotSupported", "Notifications as of 1.9 only");
  }
  const iri = (name: string) => names.expand(name);
  if (draft.entities !== undefined) {
    draft.entities = draft.entities.map((one) => {
      parseTypeSelection(one.type, names);
      return one.type === "*" ? one : { ...one, type: renamed(one.type, iri) };
    });
  }
  if (draft.watchedAttributes !== undefined) {
    draft.watchedAttributes = draft.watchedAttributes.map(iri);
  }
  if (draft.geoQ?.geoproperty !== undefined) {
    draft.geoQ = { ...draft.geoQ, geoproperty: iri(draft.geoQ.geoproperty) };
  }
  for (const member of ["expandValues", "jsonKeys"] as const) {
    const listed = draft[member];
    if (listed !== undefined) draft[member] = renamed(listed, iri);
  }
  if (draft.notification !== undefined) {
    draft.notification = withIris(draft.notification, iri);
  }
  return draft as Draft;
}

const OWN_MEMBERS = ["id", "type", "scope"];

function withIris(
  notification: SubscriptionDocument["notification"],
  iri: (name: string) => string,
): SubscriptionDocument["notification"] {
  const { attributes, pick, omit } = notification;
  const projected = (text: string) =>
    renamed(text, (name) => OWN_MEMBERS.includes(name) ? name : iri(name));
  if (attributes?.some((name) => OWN_MEMBERS.includes(name))) {
    throw bad("notification.attributes", "id, type and scope have no place");
  }
  return {
    ...notification,
    ...(attributes && { attributes: attributes.map(iri) }),
    ...(pick && { pick: pick.map(projected) }),
    ...(omit && { omit: omit.map(projected) }),
  };
}

function termsOf(draft: Draft, names: Names): Terms {
  const terms: Record<string, string> = {};
  if (draft.q !== undefined) {
    parseQ(decoded(draft.q), recording(names, terms), qOptions(draft));
  }
  return terms;
}

function whole(
  { notification, ...draft }: Draft,
  terms: Terms,
  { rules }: Reading,
): ReadSubscription {
  if (notification === undefined) throw bad("notification", "missing");
  const document = { ...draft, notification };
  checkTogether(document);
  checkEndpoint(notification.endpoint, rules);
  compileQuery(document, terms);
  viewOf(document);
  return { document, terms };
}
