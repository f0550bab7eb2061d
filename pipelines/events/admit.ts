import { ulid } from "@hiraku/kernel";
import { catalogue, covers } from "./catalogue.ts";
import { Envelope } from "./envelope.ts";
import type { EventType } from "./event_type.ts";
import { findPersonalData, isInstant, isOrdinary, safeKey } from "./guard.ts";
import { instantOf, instantText } from "./instant.ts";
import type { EventLine, Fault } from "./line.ts";
import { lineText, plainLineText } from "./line_text.ts";
import type { Pseudonymiser } from "./pseudonym.ts";
import { type QuickRead, quickRead } from "./quick_read.ts";

/** What the edge knows of a sender and the moment. */
export interface Admittance {
  readonly municipality: string;
  readonly keyId: string;
  /** Patterns such as `shelter.*`. */
  readonly eventTypes: readonly string[];
  readonly pseudonymiser: Pseudonymiser;
  readonly receivedAt: Date;
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
    readonly kind: "accepted" | "quarantined";
    readonly line: EventLine;
    /** The line as it is written, with its newline. */
    readonly text: string;
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
    ? catalogue.get(sent["type"])
    : undefined;
  const event = type && QUICK.get(type.type)?.(sent) as Envelope | undefined;
  if (event === undefined) {
    const personal = findPersonalData(sent, type?.digitsAllowed);
    if (personal !== undefined) {
      return refused(`personal_data:${personal.kind}`, personal.field);
    }
  }
  if (sent["tenant"] !== undefined && sent["tenant"] !== at.municipality) {
    return refused("tenant_mismatch", "tenant");
  }
  if (type === undefined) return quarantined(sent, at, "unknown_type", "type");
  if (!at.eventTypes.some((pattern) => covers(pattern, type.type))) {
    return refused("type_not_allowed", "type");
  }
  if (event === undefined) return contract(sent, type, at);
  const occurred = instantOf(event.occurredAt);
  const fault = breach(event, occurred, type, at);
  if (fault !== undefined) {
    return quarantined(sent, at, fault.code, fault.field);
  }
  const line = lineOf(event, occurred, event.data, at);
  return { kind: "accepted", line, text: plainLineText(line) };
}

/**
 * Of each type, the envelope and its data in one. What these read has passed
 * the guard: every key, every text and every number was asked of it.
 */
const QUICK: ReadonlyMap<string, QuickRead> = new Map(
  [...catalogue].map(([name, { data }]) => [
    name,
    quickRead(
      Envelope.extend({ data: data.prefault({}) }),
      (schema) => schema === Envelope.shape.occurredAt ? isInstant : isOrdinary,
    ),
  ]),
);

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
  const line = lineOf(event, occurred, data.data, at);
  return { kind: "accepted", line, text: lineText(line) };
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

function lineOf(
  event: Envelope,
  occurred: number,
  data: Record<string, unknown>,
  at: Admittance,
): EventLine {
  const { subject, source, attributes } = event;
  const line: EventLine = {
    eventId: event.eventId,
    type: event.type,
    version: event.version,
    occurredAt: instantText(occurred),
    receivedAt: instantText(at.receivedAt.getTime()),
    keyId: at.keyId,
    mode: event.mode,
    data,
  };
  if (source.miniApp !== undefined) line.miniApp = source.miniApp;
  if (source.appVersion !== undefined) line.appVersion = source.appVersion;
  if (source.os !== undefined) line.os = source.os;
  if (source.provider !== undefined) line.provider = source.provider;
  if (event.disasterEventId) line.disasterEventId = event.disasterEventId;
  if (event.idempotencyKey) {
    line.idempotency = at.pseudonymiser.idempotency(event.idempotencyKey);
  }
  if (!subject) return line;
  line.subject = at.pseudonymiser.subject(subject.pid);
  line.tier = subject.tier;
  line.consent = subject.consent;
  // An e-mail registrant has no verified attributes.
  if (!attributes || subject.tier === "email") return line;
  if (attributes.districtCode) line.district = attributes.districtCode;
  if (attributes.ageBand) line.ageBand = attributes.ageBand;
  if (attributes.sex) line.sex = attributes.sex;
  if (attributes.resident !== undefined) line.resident = attributes.resident;
  return line;
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
    },
    fault: { code, field },
  };
  const subject = Envelope.shape.subject.safeParse(sent["subject"]);
  if (subject.success && subject.data) {
    line.subject = at.pseudonymiser.subject(subject.data.pid);
  }
  return { kind: "quarantined", line, text: lineText(line) };
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
