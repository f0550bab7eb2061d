import { Problem } from "@hiraku/kernel";
import assert from "node:assert/strict";
import { defaultNames, readEntity, readFragment } from "./mod.ts";

const names = defaultNames("https://city.example");
const NAME = "山田 花子";
const thing = { id: "urn:ngsi-ld:Facility:1", type: "Facility" };

function refuses(read: () => unknown): void {
  assert.throws(
    read,
    (error) =>
      error instanceof Problem && error.kind === "BadRequestData" &&
      !error.message.includes(NAME) && /never persons/.test(error.message),
  );
}

Deno.test("readEntity() refuses persons by type, id and what only persons have", () => {
  const persons: Record<string, unknown>[] = [
    { ...thing, type: "Person" },
    { ...thing, type: ["Facility", "https://schema.org/Person"] },
    { ...thing, type: "Evacuated_Person" },
    { ...thing, id: "urn:ngsi-ld:Resident:1" },
    { ...thing, givenName: NAME },
    { ...thing, 氏名: { type: "Property", value: NAME } },
    { ...thing, "https://schema.org/birthDate": "1980-03-12" },
    { ...thing, manager: { value: "x", familyName: NAME } },
    {
      ...thing,
      manager: { type: "JsonProperty", json: [{ full_name: NAME }] },
    },
    { ...thing, manager: { value: { contact: { birthday: "1980-03-12" } } } },
    { ...thing, owner: { object: "urn:ngsi-ld:Person:hanako" } },
  ];

  for (const one of persons) refuses(() => readEntity(one, names));
  refuses(() => readFragment({ birthDate: "1980-03-12" }, names));
  refuses(() => readFragment({ type: "Citizen" }, names));
});

Deno.test("readEntity() names a faulty attribute, unless its name may be a person's", () => {
  const message = (name: string) => {
    try {
      readEntity({ ...thing, [name]: { type: "Colour" } }, names);
      return "";
    } catch (error) {
      return String(error);
    }
  };

  assert.match(message("openingHours2"), /: openingHours2\.type: no/);
  assert.match(message("山田花子"), /: \(other\)\.type: no/);
  assert.match(message("PQ48317265RS"), /: \(other\)\.type: no/);
});

Deno.test("readEntity() takes a facility with its name, address, telephone and e-mail", () => {
  const { attributes } = readEntity({
    ...thing,
    name: "市民センター",
    address: {
      value: { addressLocality: "大津市", streetAddress: "御陵町3-1" },
    },
    telephone: "077-523-1234",
    email: "center@city.example",
    owner: { object: "urn:ngsi-ld:Organization:1" },
  }, names);

  assert.equal(Object.keys(attributes).length, 5);
  assert.ok(!Object.keys(attributes).some((iri) => /person/i.test(iri)));
});
