import assert from "node:assert/strict";
import {
  District,
  MiniApp,
  municipalitiesByCode,
  Municipality,
  Shelter,
} from "./municipality.ts";

const otsu = {
  code: "252018",
  tenant: "otsu_252018",
  name: { ja: "大津市", en: "Otsu City" },
  prefecture: { ja: "滋賀県", en: "Shiga Prefecture" },
};
const shelter = {
  id: "E2520100028111",
  name: { ja: "市民センター", en: "Civic Center" },
  district: "252018-sd-02",
  position: [135.886, 34.98],
  capacity: 20,
};

Deno.test("Municipality fills what a small city leaves out", () => {
  const { districts, miniApps, shelters, installTargets, population } =
    Municipality.parse(otsu);

  assert.deepEqual([districts, miniApps, shelters, installTargets], [
    [],
    [],
    [],
    [],
  ]);
  assert.equal(population, undefined);
});

Deno.test("Municipality wants both languages, a valid code and a plain tenant", () => {
  const wrong = [
    { ...otsu, code: "252019" },
    { ...otsu, name: { ja: "大津市" } },
    { ...otsu, name: { ja: "大津市", en: "" } },
    { ...otsu, tenant: "Otsu-252018" },
    { ...otsu, tenant: "../252018" },
  ];

  for (const one of wrong) {
    assert.equal(Municipality.safeParse(one).success, false);
  }
});

Deno.test("District, MiniApp and Shelter refuse an id of another shape", () => {
  const name = { ja: "北", en: "North" };
  assert.equal(
    District.safeParse({ code: "252018-sd-01", name }).success,
    true,
  );
  assert.equal(
    MiniApp.safeParse({ id: "252018-ma-01", name, category: name }).success,
    true,
  );
  assert.equal(Shelter.safeParse(shelter).success, true);

  assert.equal(District.safeParse({ code: "252018-01", name }).success, false);
  assert.equal(
    MiniApp.safeParse({ id: "ma-01", name, category: name }).success,
    false,
  );
  for (
    const wrong of [
      { ...shelter, id: "shelter-1" },
      { ...shelter, capacity: 0 },
      { ...shelter, position: [34.98, 135.886] },
    ]
  ) assert.equal(Shelter.safeParse(wrong).success, false);
});

Deno.test("municipalitiesByCode() finds a city by its code and no other", () => {
  const cities = municipalitiesByCode([Municipality.parse(otsu)]);

  assert.equal(cities.get("252018")?.tenant, "otsu_252018");
  assert.equal(cities.get("412015"), undefined);
});
