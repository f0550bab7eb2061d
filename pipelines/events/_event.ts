import fc from "fast-check";
import { catalogue } from "./catalogue.ts";

/** Types the collector takes. */
export const exampleTypes: readonly string[] = [...catalogue.values()]
  .filter(({ destination }) => destination === "events")
  .map(({ type }) => type);

/** An event of a type that fits its contract, with everything optional in it. */
export function fullEvent(type: string): Record<string, unknown> {
  return {
    eventId: "01JD3W8Q4XK0V7M2T5R9ZB6CYH",
    type,
    version: 1,
    occurredAt: "2026-11-09T09:12:31+09:00",
    tenant: "252018",
    source: {
      miniApp: "252018-ma-01",
      appVersion: "2.4.0",
      os: "ios",
      provider: "city",
    },
    ...(catalogue.get(type)?.subject === "none" ? {} : {
      subject: { pid: "p_7f3c9a0b12d", tier: "jpki", consent: ["rcpt_01J"] },
      attributes: {
        districtCode: "252018-sd-25",
        ageBand: "40-44",
        sex: "2",
        resident: true,
      },
    }),
    mode: "drill",
    disasterEventId: null,
    data: structuredClone(catalogue.get(type)?.sample),
    idempotencyKey: "in:1",
  };
}

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    null,
    "",
    "normal",
    "090-1234-5678",
    "412015",
    "2026-11-09T09:12:31.5Z",
    "2030-01-01T00:00:00Z",
    -1,
    1.5,
    1e300,
    90_000_000_000,
    [],
    {},
  ),
);

/** Events of every type; some fit, the rest are bent in one place or several. */
export const anyEvent: fc.Arbitrary<unknown> = fc.tuple(
  fc.constantFrom(...exampleTypes),
  fc.array(
    fc.record({
      place: fc.nat(),
      how: fc.constantFrom("drop", "add", "replace"),
      odd,
    }),
    { maxLength: 2 },
  ),
).map(([type, bends]) => {
  const event = structuredClone(fullEvent(type));
  for (const { place, how, odd } of bends) {
    const places = placesIn(event);
    const [holder, key] = places[place % places.length] ?? [event, "type"];
    if (how === "drop") delete holder[key];
    else if (how === "add") holder[`extra${place % 3}`] = odd;
    else holder[key] = odd;
  }
  // What a sender can send is JSON, which knows no `undefined` and no -0.
  return JSON.parse(JSON.stringify(event));
});

type Holder = Record<string, unknown>;

function placesIn(holder: Holder): [Holder, string][] {
  return Object.entries(holder).flatMap(([key, value]) => [
    [holder, key] as [Holder, string],
    ...(typeof value === "object" && value !== null
      ? placesIn(value as Holder)
      : []),
  ]);
}
