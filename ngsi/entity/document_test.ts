import assert from "node:assert/strict";
import fc from "fast-check";
import { DEFAULT_VOCABULARY } from "../context/core_context.ts";
import type { Attribute, Content } from "./attribute.ts";
import { documentOf, entityIn } from "./document.ts";
import type { Entity } from "./entity.ts";

const instant = fc.constantFrom(
  "2026-11-01T00:00:00.000Z",
  "2026-11-02T00:00:00.000Z",
  "2026-11-03T00:00:00.000Z",
);
const iri = fc.constantFrom(
  `${DEFAULT_VOCABULARY}temperature`,
  `${DEFAULT_VOCABULARY}~temperature`,
  "https://parking.example/ns#free",
  "urn:x:i",
);
const content = fc.constantFrom<Content>(
  { type: "Property", value: { "@a": 1, "@c": [true] }, unitCode: "CEL" },
  { type: "Relationship", object: ["urn:x:1", "urn:x:2"] },
  { type: "JsonProperty", json: null, datasetId: "urn:x:d" },
  { type: "GeoProperty", value: { type: "Point", coordinates: [130, 33] } },
);
const { attributes } = fc.letrec<{
  attributes: Record<string, Attribute[]>;
  instance: Attribute;
}>((tie) => ({
  attributes: fc.dictionary(
    iri,
    fc.array(tie("instance"), { minLength: 1, maxLength: 2 }),
    { maxKeys: 3, noNullPrototype: true },
  ),
  instance: fc.record({
    content,
    attributes: fc.oneof(
      { depthSize: "small" },
      fc.constant({}),
      tie("attributes"),
    ),
    createdAt: instant,
    modifiedAt: instant,
    expiresAt: instant,
  }, {
    requiredKeys: ["content", "attributes", "createdAt", "modifiedAt"],
    noNullPrototype: true,
  }),
}));
const entities: fc.Arbitrary<Entity> = fc.record({
  id: fc.constant("urn:x:entity"),
  types: fc.array(iri, { minLength: 1, maxLength: 2 }),
  scopes: fc.subarray(["/a", "/b/c"]),
  createdAt: instant,
  modifiedAt: instant,
  expiresAt: instant,
  attributes,
}, {
  requiredKeys: [
    "id",
    "types",
    "scopes",
    "createdAt",
    "modifiedAt",
    "attributes",
  ],
  noNullPrototype: true,
});

Deno.test("entityIn() gives back every entity that documentOf() wrote", () => {
  fc.assert(fc.property(entities, (entity) => {
    const document = documentOf(entity);

    assert.deepEqual(entityIn(document), entity);
    assert.doesNotMatch(document, /"scopes"|"modifiedAt"|default-context\/t/);
  }));
});

Deno.test("entityIn() reads documents of earlier versions", () => {
  fc.assert(fc.property(entities, ({ scopes, ...first }) => {
    assert.deepEqual(entityIn(JSON.stringify(first)), { ...first, scopes: [] });
    const second = { ...first, scopes };
    assert.deepEqual(entityIn(JSON.stringify(second)), second);
    assert.notEqual(documentOf(second), JSON.stringify(second));
  }));
});
