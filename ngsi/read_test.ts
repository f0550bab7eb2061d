import assert from "node:assert/strict";
import { defaultNames, readEntity, readFragment } from "./mod.ts";

const names = defaultNames("https://city.example");
const whole = (attribute: unknown) => ({
  id: "urn:x:1",
  type: "T",
  a: attribute,
});

const REFUSED: readonly (readonly [string, unknown])[] = [
  ["a null value", { type: "Property", value: null }],
  ["a null deep inside", { type: "Property", value: { deep: [null] } }],
  ["the NGSI-LD Null on creation", "urn:ngsi-ld:null"],
  ["an unknown kind", { type: "Colour", value: 1 }],
  ["a missing value", { type: "Property" }],
  ["a local time", { value: 1, observedAt: "2026-01-01T00:00:00" }],
  ["a relationship to no IRI", { type: "Relationship", object: "city hall" }],
  ["a geometry collection", {
    type: "GeoProperty",
    value: { type: "GeometryCollection", geometries: [] },
  }],
  ["a latitude of 91", { type: "Point", coordinates: [0, 91] }],
  ["an open ring", {
    type: "Polygon",
    coordinates: [[[0, 0], [1, 0], [1, 1], [2, 2]]],
  }],
  ["two default instances", [{ value: 1 }, { value: 2 }]],
  ["a unit on a language map", { languageMap: { ja: "駅" }, unitCode: "KMH" }],
  ["two kinds at once", { value: 1, object: "urn:x:2" }],
  ["an unusable name", { value: 1, "a b": 2 }],
  ["an embedded context", { value: 1, "@context": {} }],
  ["an empty language map", { type: "LanguageProperty", languageMap: {} }],
];

for (const [what, attribute] of REFUSED) {
  Deno.test(`readEntity() refuses ${what} and never repeats the value`, () => {
    assert.throws(() => readEntity(whole(attribute), names), (error: Error) => {
      assert.equal("kind" in error && error.kind, "BadRequestData");
      assert.equal(error.message.includes("city hall"), false);
      return true;
    });
  });
}

Deno.test("CIM 009 4.5.2.2: a proof has an object and alone is sealed", () => {
  const proof = {
    type: "Property",
    value: { type: "DataIntegrityProof" },
    entityIdSealed: "urn:x:1",
    entityTypeSealed: "T",
  };

  const read = readEntity(whole({ value: 1, ngsildproof: proof }), names);

  const [one] = Object.values(read.attributes).flat();
  const [kept] = Object.values(one?.attributes ?? {}).flat();
  assert.equal(
    kept?.content.type === "Property" && kept.content.entityTypeSealed,
    names.expand("T"),
  );
  for (
    const attribute of [
      { value: 1, ngsildproof: { ...proof, value: "text" } },
      { value: 1, ngsildproof: { ...proof, entityTypeSealed: 42 } },
      { value: 1, entityIdSealed: "urn:x:1" },
    ]
  ) {
    assert.throws(() => readEntity(whole(attribute), names), {
      kind: "BadRequestData",
    });
  }
});

Deno.test("CIM 009 5.2.2: readEntity() ignores what only answers say", () => {
  const sent = { value: 1, createdAt: "x", previousValue: 0, lang: "ja" };

  const { attributes } = readEntity({ ...whole(sent), modifiedAt: 1 }, names);

  const [one] = Object.values(attributes).flat();
  assert.deepEqual(one?.content, { type: "Property", value: 1 });
  assert.deepEqual(Object.keys(attributes).length, 1);
});

Deno.test("readEntity() refuses ids in which something cannot be seen, and takes Japanese ones", () => {
  for (
    const code of [0x202e, 0x200b, 0xfeff, 0x115f, 0x2800, 0xfdd0, 0xe0100]
  ) {
    const id = `urn:x:a${String.fromCodePoint(code)}b`;
    assert.throws(() => readEntity({ id, type: "T" }, names), {
      kind: "BadRequestData",
    });
  }
  assert.doesNotThrow(() =>
    readEntity({ id: "urn:x:停留所", type: "T" }, names)
  );
});

Deno.test("readEntity() wants a geometry for the three places and no bottomless nesting", () => {
  const deep = JSON.parse(`${"[".repeat(100_000)}1${"]".repeat(100_000)}`);
  const read = (members: unknown) => () =>
    readEntity({ id: "urn:x:1", type: "T", ...members as object }, names);

  assert.throws(read({ location: "here" }), /location: not a GeoProperty/);
  assert.throws(read({ a: deep }), /nested too deep/);
  assert.throws(read({ a: { json: deep } }), /nested too deep/);
  assert.doesNotThrow(
    read({ location: { type: "Point", coordinates: [130, 33] } }),
  );
});

Deno.test("readFragment() turns every form of NGSI-LD Null into a deletion", () => {
  const gone = "urn:ngsi-ld:null";
  const fragment = readFragment({
    a: gone,
    b: { type: "Property", value: gone },
    c: { object: gone, datasetId: "urn:x:d" },
    d: { languageMap: { "@none": gone } },
    e: { valueList: [gone] },
    f: { type: "ListRelationship", objectList: [{ object: gone }] },
    g: { type: "Property", value: [gone, 1].slice(1) },
  }, names);

  const deletions = Object.entries(fragment.attributes).flatMap(([iri, all]) =>
    all.flatMap((one) =>
      "deletes" in one ? [[names.compact(iri), one.deletes]] : []
    )
  );

  assert.deepEqual(deletions, [
    ["a", "@none"],
    ["b", "@none"],
    ["c", "urn:x:d"],
    ["d", "@none"],
    ["e", "@none"],
    ["f", "@none"],
  ]);
});
