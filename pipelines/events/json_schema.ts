import { z } from "zod";
import { Envelope } from "./envelope.ts";
import type { EventType } from "./event_type.ts";

/** The JSON Schema (2020-12) of a whole event of one type, as a sender writes it. */
export function eventJsonSchema(
  type: EventType,
  origin: string,
): Record<string, unknown> {
  const { receivedAt: _, ...sent } = Envelope.shape;
  const { subject, attributes, ...thing } = sent;
  const event = z.strictObject({
    ...thing,
    ...type.subject === "none" ? {} : {
      subject: type.subject === "required" ? subject.unwrap() : subject,
      attributes,
    },
    type: z.literal(type.type),
    version: type.version === 1
      ? z.literal(1).default(1)
      : z.literal(type.version),
    data: closed(type).prefault({}),
  });
  const schema = z.toJSONSchema(event, { io: "input" });
  return {
    ...schema,
    $id: `${origin}/docs/events/${type.type}.v${type.version}.json`,
    title: type.title.en,
    "x-title-ja": type.title.ja,
    "x-purpose": type.purpose.id,
    "x-legal-basis": type.purpose.basis,
    "x-contract": type.contract,
    "x-destination": type.destination,
  };
}

/** What a contract discards is no error to a sender; what it freezes on is. */
function closed({ contract, data }: EventType): z.ZodObject {
  return contract === "freeze" ? data.strict() : data;
}
