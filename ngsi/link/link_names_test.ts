import { Problem } from "@hiraku/kernel";
import fc from "fast-check";
import assert from "node:assert/strict";
import { defaultNames } from "../context/default_names.ts";
import { CORE_CONTEXT } from "../context/core_context.ts";
import { namesOf } from "../context/names.ts";
import { carryOver } from "./carry_over.ts";
import {
  checkLinkNames,
  inwardNames,
  outsideContext,
  outwardNames,
} from "./link_names.ts";

const ours = defaultNames("https://city.example");
const MAPPING = {
  types: { EvacuationShelter: "Shelter" },
  attributes: { maxCapacity: "capacity", vacancyBand: "band" },
};
const shelter = {
  id: "urn:ngsi-ld:EvacuationShelter:1",
  type: "EvacuationShelter",
  maxCapacity: { value: 80, maxCapacity: 90, openingStatus: "x" },
  name: { languageMap: { ja: "富士見" } },
  operatingMode: { vocab: "drill" },
  location: { type: "Point", coordinates: [135.886, 34.98] },
};

Deno.test("carryOver() writes mapped names at every depth and no short name of ours", () => {
  const outside = carryOver(shelter, ours, outwardNames(MAPPING, ours));

  assert.deepEqual(outside, {
    id: shelter.id,
    type: "Shelter",
    capacity: {
      type: "Property",
      value: 80,
      capacity: { type: "Property", value: 90 },
      "urn:hiraku:ns:openingStatus": { type: "Property", value: "x" },
    },
    name: { type: "LanguageProperty", languageMap: { ja: "富士見" } },
    "urn:hiraku:ns:operatingMode": { type: "VocabProperty", vocab: "drill" },
    location: {
      type: "GeoProperty",
      value: { type: "Point", coordinates: [135.886, 34.98] },
    },
  });
  assert.equal(outsideContext(MAPPING), CORE_CONTEXT);
});

Deno.test("outwardNames() leaves it to a context of theirs what a short name means", () => {
  const context = "https://partner.example/context.jsonld";
  const mapping = { ...MAPPING, context };
  const theirs = namesOf({
    iris: new Map([
      ["Shelter", "urn:partner:Shelter"],
      ["capacity", "urn:partner:capacity"],
      ["band", "urn:partner:band"],
      ["colour", "urn:partner:colour"],
    ]),
  }, context);
  const sent = { ...shelter, colour: "blue" };

  const outside = carryOver(sent, ours, outwardNames(mapping, ours));
  const back = carryOver(outside, inwardNames(mapping, ours, theirs), ours);

  assert.equal(outsideContext(mapping), context);
  assert.ok(!("colour" in outside));
  assert.deepEqual(back, carryOver(sent, ours, ours));
});

Deno.test("carryOver() there and back again changes nothing", () => {
  const name = fc.stringMatching(/^[a-z]{1,8}$/)
    .filter((one) => one !== "id" && one !== "pid");
  const entities = fc.record({
    attributes: fc.dictionary(
      fc.oneof(name, fc.constantFrom("maxCapacity", "vacancyBand", "opens")),
      fc.oneof(fc.integer(), fc.boolean()),
      { noNullPrototype: true },
    ),
    names: fc.uniqueArray(name, { minLength: 2, maxLength: 2 }),
  });
  fc.assert(fc.property(entities, ({ attributes, names: [a = "", b = ""] }) => {
    const entity = { id: shelter.id, type: "EvacuationShelter", ...attributes };
    fc.pre(!(a in attributes) && !(b in attributes));
    const mapping = {
      types: { EvacuationShelter: "Shelter" },
      attributes: { maxCapacity: a, vacancyBand: b },
    };
    let plain;
    try {
      plain = carryOver(entity, ours, ours);
    } catch (error) {
      // A word of the standard that is no attribute.
      fc.pre(!(error instanceof Problem));
      throw error;
    }
    const outside = carryOver(entity, ours, outwardNames(mapping, ours));
    const back = carryOver(outside, inwardNames(mapping, ours), ours);

    assert.deepEqual(back, plain);
    assert.ok(!("maxCapacity" in outside));
  }));
});

Deno.test("checkLinkNames() refuses what could not be kept apart or must stay here", () => {
  const none = { types: {}, attributes: {} };
  const faults: [string[], typeof MAPPING | typeof none, RegExp][] = [
    [[], none, /types: none/],
    [["ShelterOccupancy"], none, /running services/],
    [["urn:hiraku:ns:ShelterOccupancy"], none, /running services/],
    [["Person"], none, /never persons/],
    [["a b"], none, /neither a term nor an IRI/],
    [["BusStop"], { types: {}, attributes: { a: "c", b: "c" } }, /ambiguous/],
    [
      ["BusStop"],
      { types: { BusStop: "X" }, attributes: { BusStop: "Y" } },
      /ambiguous/,
    ],
    [["BusStop"], { types: {}, attributes: { location: "x" } }, /standard's/],
  ];

  for (const [types, mapping, expected] of faults) {
    assert.throws(() => checkLinkNames(types, mapping, ours), expected);
  }
  assert.doesNotThrow(() =>
    checkLinkNames(["EvacuationShelter"], MAPPING, ours)
  );
});
