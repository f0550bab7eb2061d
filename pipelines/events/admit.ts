import { type Ulid, ulid } from "@hiraku/kernel";
import { catalogue, contractFor, covers } from "./catalogue.ts";
import { Envelope } from "./envelope.ts";
import type { EventType } from "./event_type.ts";
import { findPersonalData, isInstant, isOrdinary, safeKey } from "./guard.ts";
import { instantOf, instantText } from "./instant.ts";
import type { EventLine, Fault } from "./line.ts";
import { keptOf } from "./kept.ts";
import { eventText } from "./line_text.ts";
import type { Pseudonymiser } from "./pseudonym.ts";
import { type QuickRead, quickRead } from "./quick_read.ts";
import type { Suppression } from "./suppression.ts";

/** What the edge knows of a sender and the moment. */
export interface Admittance {
  readonly municipality: string;
  readonly keyId: string;
  /** Patterns such as `shelter.*`. */
  readonly eventTypes: readonly string[];
  readonly pseudonymiser: Pseudonymiser;
  readonly receivedAt: Date;
  /** People whose events are not taken any more. */
  readonly suppressed?: Pick<Suppression, "has">;
  /** Counts a key that the contract does not know. */
  readonly discarded: (type: string, key: string) => void;
}

/** Why an event is not taken at all; `code` and `field` are all that is kept of it. */
export interface Refusal {
  readonly code: string;
  readonly field: string;
}

export type Admission =
  | {
    readonly kind: "accepted";
    readonly eventId: Ulid;
    /** The `EventLine` as it is written, with its newline; so is the next. */
    readonly text: string;
  }
  | {
    readonly kind: "quarantined";
    readonly eventId: Ulid;
    readonly text: string;
    readonly fault: Fault;
  }
  | { readonly kind: "refused"; readonly refusal: Refusal };

const LATEST_AHEAD_MS = 10 * 60_000;
const OLDEST_MS = 45 * 86_400_000;

/**
 * Takes one event as it was sent and decides: accepted, quarantined (it passed
 * the guard but broke its contract) or refused (personal data, another tenant,
 * a type the key may not send). Nothing personal is in what it returns.
 */
export function admit(raw: unknown, at: Admittance): Admission {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
    return refused("not_an_object", "");
  }
  const sent = raw as Record<string, unknown>;
  const type = typeof sent["type"] === "string"
    ? contractFor(sent["type"], sent["version"])
    : undefined;
  const event = type && quickly(type)(sent) as Envelope | undefined;
  if (event === undefined) {
    const personal = findPersonalData(sent, type);
    if (personal !== undefined) {
      return refused(`personal_data:${personal.kind}`, personal.field);
    }
  }
  if (sent["tenant"] !== undefined && sent["tenant"] !== at.municipality) {
    return refused("tenant_mismatch", "tenant");
  }
  if (type === undefined) return quarantined(sent, at, "unknown_type", "type");
  if (!mayBeSent(type, at)) return refused("type_not_allowed", "type");
  if (type.destination === "broker") {
    return refused("belongs_to_the_broker", "type");
  }
  if (event === undefined) return contract(sent, type, at);
  const occurred = instantOf(event.occurredAt);
  const fault = breach(event, occurred, type, at);
  if (fault !== undefined) {
    return quarantined(sent, at, fault.code, fault.field);
  }
  return accepted(event, occurred, type, at, true);
}

function mayBeSent({ type }: EventType, { eventTypes }: Admittance): boolean {
  for (const pattern of eventTypes) if (covers(pattern, type)) return true;
  return false;
}

/**
 * Of each type, the envelope and its data in one. What these read has passed
 * the guard: every key, every text and every number was asked of it.
 */
const quick = new Map<EventType, QuickRead>();

function quickly(type: EventType): QuickRead {
  let read = quick.get(type);
  if (read === undefined) {
    read = quickRead(
      Envelope.extend({ data: type.data.prefault({}) }),
      (schema) => schema === Envelope.shape.occurredAt ? isInstant : isOrdinary,
    );
    quick.set(type, read);
  }
  return read;
}

function contract(
  sent: Record<string, unknown>,
  type: EventType,
  at: Admittance,
): Admission {
  const envelope = Envelope.safeParse(sent);
  if (!envelope.success) {
    const issue = envelope.error.issues[0];
    return quarantined(sent, at, issue?.code ?? "custom", path(issue?.path));
  }
  const event = envelope.data;
  const occurred = instantOf(event.occurredAt);
  const fault = breach(event, occurred, type, at);
  if (fault !== undefined) {
    return quarantined(sent, at, fault.code, fault.field);
  }
  const data = type.data.safeParse(event.data);
  if (!data.success) {
    const issue = data.error.issues[0];
    const field = path(["data", ...(issue?.path ?? [])]);
    return quarantined(sent, at, issue?.code ?? "custom", field);
  }
  const unknown = unknownKeys(sent, event.data, type);
  if (unknown.length > 0 && type.contract === "freeze") {
    return quarantined(sent, at, "unknown_key", unknown[0] ?? "");
  }
  for (const key of unknown) at.discarded(type.type, key);
  return accepted(
    { ...event, data: data.data },
    occurred,
    type,
    at,
    false,
  );
}

function accepted(
  event: Envelope,
  occurred: number,
  { persons }: EventType,
  at: Admittance,
  plain: boolean,
): Admission {
  if (at.suppressed !== undefined) {
    const people = [
      event.subject?.pid,
      ...persons.map((one) => event.data[one]),
    ];
    if (isSuppressed(people, at)) return refused("suppressed", "subject");
  }
  const text = eventText(
    persons.length === 0 ? event : rekeyed(event, persons, at),
    occurred,
    at,
    plain,
  );
  return { kind: "accepted", eventId: event.eventId, text };
}

function isSuppressed(
  pids: readonly unknown[],
  { suppressed, pseudonymiser }: Admittance,
): boolean {
  return suppressed !== undefined &&
    pids.some((pid) =>
      typeof pid === "string" && suppressed.has(pseudonymiser.subject(pid))
    );
}

/** The event with other persons in its data by their pseudonyms. */
function rekeyed(
  event: Envelope,
  persons: readonly string[],
  { pseudonymiser }: Admittance,
): Envelope {
  const data = { ...event.data };
  for (const field of persons) {
    const pid = data[field];
    if (typeof pid === "string") data[field] = pseudonymiser.subject(pid);
  }
  return { ...event, data };
}

/** What the envelope alone cannot say. */
function breach(
  event: Envelope,
  occurred: number,
  type: EventType,
  at: Admittance,
): Fault | undefined {
  if (event.version !== type.version) {
    return { code: "unknown_version", field: "version" };
  }
  const ahead = occurred - at.receivedAt.getTime();
  if (ahead > LATEST_AHEAD_MS) {
    return { code: "in_the_future", field: "occurredAt" };
  }
  if (ahead < -OLDEST_MS) return { code: "too_old", field: "occurredAt" };
  const hasSubject = event.subject !== undefined && event.subject !== null;
  if (type.subject === "required" && !hasSubject) {
    return { code: "missing", field: "subject" };
  }
  if (type.subject === "none" && hasSubject) {
    return { code: "not_allowed", field: "subject" };
  }
  const place = event.attributes?.districtCode ?? event.source.miniApp;
  if (place !== undefined && !place.startsWith(at.municipality)) {
    const field = event.attributes?.districtCode === undefined
      ? "source.miniApp"
      : "attributes.districtCode";
    return { code: "tenant_mismatch", field };
  }
  if (type.type.startsWith("miniapp.") && event.source.miniApp === undefined) {
    return { code: "missing", field: "source.miniApp" };
  }
  return undefined;
}

/**
 * A line for quarantine. It keeps which fields were sent and the few values
 * that fit by themselves; the rest could be anything, a name among it.
 */
function quarantined(
  sent: Record<string, unknown>,
  at: Admittance,
  code: string,
  field: string,
): Admission {
  const fits = <T>(key: keyof typeof Envelope.shape): T | undefined => {
    const parsed = Envelope.shape[key].safeParse(sent[key]);
    return parsed.success ? parsed.data as T : undefined;
  };
  const type = fits<string>("type");
  const known = type === undefined ? undefined : catalogue.get(type);
  const occurredAt = fits<string>("occurredAt");
  const data: unknown = sent["data"];
  const line: EventLine = {
    eventId: fits<string>("eventId") ?? ulid(at.receivedAt.getTime()),
    type: type !== undefined && catalogue.has(type) ? type : "(unknown)",
    version: fits<number>("version") ?? 1,
    occurredAt: occurredAt === undefined
      ? instantText(at.receivedAt.getTime())
      : instantText(instantOf(occurredAt)),
    receivedAt: instantText(at.receivedAt.getTime()),
    keyId: at.keyId,
    mode: fits<EventLine["mode"]>("mode") ?? "normal",
    data: {
      sent: Object.keys(sent).map(safeKey).sort(),
      ...(typeof data === "object" && data !== null
        ? { data: Object.keys(data).map(safeKey).sort() }
        : {}),
      ...(known !== undefined &&
        { kept: keptOf(sent, known, at.pseudonymiser) }),
    },
    fault: { code, field },
  };
  const subject = Envelope.shape.subject.safeParse(sent["subject"]);
  if (subject.success && subject.data) {
    if (isSuppressed([subject.data.pid], at)) {
      return refused("suppressed", "subject");
    }
    line.subject = at.pseudonymiser.subject(subject.data.pid);
  }
  return {
    kind: "quarantined",
    eventId: line.eventId,
    text: `${JSON.stringify(line)}\n`,
    fault: { code, field },
  };
}

function unknownKeys(
  sent: Record<string, unknown>,
  data: Record<string, unknown>,
  type: EventType,
): string[] {
  const unknown: string[] = [];
  collect(sent, Envelope.shape, "", unknown);
  collect(data, type.data.shape, "data.", unknown);
  for (const part of ["source", "subject", "attributes"] as const) {
    const value = sent[part];
    if (typeof value !== "object" || value === null) continue;
    collect(value, SHAPES[part], `${part}.`, unknown);
  }
  return unknown;
}

const SHAPES: Record<"source" | "subject" | "attributes", object> = {
  source: Envelope.shape.source.unwrap().shape,
  subject: Envelope.shape.subject.unwrap().unwrap().shape,
  attributes: Envelope.shape.attributes.unwrap().unwrap().shape,
};

function collect(
  value: object,
  known: object,
  prefix: string,
  into: string[],
): void {
  for (const key in value) {
    if (!Object.hasOwn(known, key)) into.push(prefix + safeKey(key));
  }
}

function path(parts: readonly PropertyKey[] | undefined): string {
  return (parts ?? []).map((part) =>
    typeof part === "number" ? String(part) : safeKey(String(part))
  ).join(".");
}

function refused(code: string, field: string): Admission {
  return { kind: "refused", refusal: { code, field } };
}
