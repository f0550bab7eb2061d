import assert from "node:assert/strict";
import fc from "fast-check";
import { z } from "zod";
import { anyEvent, exampleTypes, fullEvent } from "./_event.ts";
import { catalogue } from "./catalogue.ts";
import { Envelope } from "./envelope.ts";
import { quickRead } from "./quick_read.ts";

const schemas = new Map(
  [...catalogue].map(([type, { data }]) => [
    type,
    Envelope.extend({ data: data.prefault({}) }),
  ]),
);
const readers = new Map(
  [...schemas].map(([type, schema]) => [type, quickRead(schema)]),
);

Deno.test("quickRead() reads full events of the catalogue by itself, and none with an unknown key", () => {
  for (const type of exampleTypes) {
    const event = fullEvent(type);
    const read = readers.get(type);

    assert.deepEqual(read?.(event), schemas.get(type)?.parse(event), type);
    assert.equal(read?.({ ...event, extra: 1 }), undefined);
  }
});

Deno.test("quickRead() never reads what the schema does not, nor otherwise", () => {
  fc.assert(
    fc.property(
      anyEvent,
      fc.constantFrom(...catalogue.keys()),
      (event, other) => {
        const sent = event as { type?: unknown };
        const own = typeof sent.type === "string" && readers.has(sent.type);
        const type = own ? String(sent.type) : other;
        const before = structuredClone(event);

        const read = readers.get(type)?.(event);

        assert.deepEqual(event, before);
        if (read === undefined) return;
        assert.deepEqual(read, schemas.get(type)?.parse(event));
      },
    ),
    { numRuns: 2_000 },
  );
});

Deno.test("quickRead() leaves to the schema what it cannot derive", () => {
  const schema = z.object({
    trimmed: z.string().trim(),
    coerced: z.coerce.number(),
    either: z.union([z.literal("a"), z.int().max(3)]),
    refined: z.string().refine((text) => text !== "no"),
    strict: z.strictObject({ a: z.int() }).optional(),
  });
  const read = quickRead(schema);
  const fits = { trimmed: " x ", coerced: "7", either: 2, refined: "yes" };

  assert.deepEqual(read(fits), schema.parse(fits));
  assert.deepEqual(
    read({ ...fits, strict: { a: 1 } }),
    schema.parse({ ...fits, strict: { a: 1 } }),
  );
  for (
    const wrong of [
      { ...fits, either: 4 },
      { ...fits, refined: "no" },
      { ...fits, strict: { a: 1, b: 2 } },
      { ...fits, coerced: "x" },
      [fits],
      null,
      JSON.parse('{"__proto__": {"trimmed": "x"}}'),
    ]
  ) assert.equal(read(wrong), undefined);
});
