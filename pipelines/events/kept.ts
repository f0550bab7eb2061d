import { Envelope } from "./envelope.ts";
import type { EventType } from "./event_type.ts";
import type { EventLine } from "./line.ts";
import type { Pseudonymiser } from "./pseudonym.ts";

/** What of an event that broke its contract fits all the same, field by field. */
export type Kept = Omit<
  Partial<EventLine>,
  "eventId" | "receivedAt" | "keyId" | "fault" | "subject"
>;

/**
 * The parts of an event that passed the guard and fit their own field's closed
 * schema, as an accepted event would have them. Whatever does not fit, is not
 * known or names another person is left out.
 */
export function keptOf(
  sent: Readonly<Record<string, unknown>>,
  { type, data, persons }: EventType,
  pseudonymiser: Pseudonymiser,
): Kept {
  const { shape } = Envelope;
  const source = fitting(sent["source"], shape.source.unwrap().shape);
  const attributes = fitting(
    sent["attributes"],
    shape.attributes.unwrap().unwrap().shape,
  );
  const subject = fitting(
    sent["subject"],
    shape.subject.unwrap().unwrap().shape,
  );
  const whole = fitting(sent, shape);
  const known = Object.fromEntries(
    Object.entries(data.shape).filter(([name]) => !persons.includes(name)),
  );
  const verified = subject["tier"] === "jpki" ? attributes : {};
  return present({
    type,
    version: whole["version"],
    mode: whole["mode"],
    disasterEventId: whole["disasterEventId"],
    ...only(source, ["miniApp", "appVersion", "os", "provider"]),
    ...only(subject, ["tier", "consent"]),
    district: verified["districtCode"],
    ...only(verified, ["ageBand", "sex", "resident"]),
    idempotency: typeof whole["idempotencyKey"] === "string"
      ? pseudonymiser.idempotency(whole["idempotencyKey"])
      : undefined,
    data: fitting(sent["data"], known),
  }) as Kept;
}

/** The members of an object that fit the schema of their own name. */
function fitting(
  value: unknown,
  shape: Readonly<
    Record<
      string,
      { safeParse(value: unknown): { success: boolean; data?: unknown } }
    >
  >,
): Record<string, unknown> {
  if (typeof value !== "object" || value === null) return {};
  const found: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(shape)) {
    const member = (value as Record<string, unknown>)[name];
    if (member === undefined) continue;
    const read = schema.safeParse(member);
    if (read.success) found[name] = read.data;
  }
  return found;
}

function only(
  value: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, value[name]]));
}

function present(
  value: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).filter(([, one]) =>
      one !== undefined && one !== null
    ),
  );
}
