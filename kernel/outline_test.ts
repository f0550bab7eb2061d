import assert from "node:assert/strict";
import { Misconfigured, readConfig } from "./config.ts";
import { outlinesIn } from "./outline.ts";

const square = (at: number, more: number[][] = []) => [
  [at, 33],
  ...more,
  [at + 0.01, 33],
  [at + 0.01, 33.01],
  [at, 33.01],
  [at, 33],
];
const feature = (name: string, geometry: object) => ({
  type: "Feature",
  properties: { name },
  geometry,
});
const collection = {
  type: "FeatureCollection",
  features: [
    feature("勧興", {
      type: "Polygon",
      // A point that no map of a city shows.
      coordinates: [square(130, [[130.005, 33.00001]])],
    }),
    feature("勧興", {
      type: "MultiPolygon",
      coordinates: [[square(131)]],
    }),
  ],
};

Deno.test("outlinesIn() joins features of one name and leaves out points that nobody sees", () => {
  const found = outlinesIn(collection, "name");

  assert.deepEqual([...found.keys()], ["勧興"]);
  assert.deepEqual(found.get("勧興"), [[square(130)], [square(131)]]);
  assert.throws(() => outlinesIn({ type: "Point" }, "name"), /FeatureColl/);
});

Deno.test("readConfig() reads outlines from a municipality's GeoJSON, and says which file does not fit", () => {
  const settings = {
    municipalities: [{
      code: "412015",
      tenant: "saga_412015",
      name: { ja: "佐賀市", en: "Saga City" },
      prefecture: { ja: "佐賀県", en: "Saga Prefecture" },
      districts: [
        { code: "412015-sd-01", name: { ja: "勧興", en: "Kanko" } },
        { code: "412015-sd-02", name: { ja: "循誘", en: "Junyu" } },
      ],
      outlines: {
        source: { ja: "佐賀市", en: "Saga City" },
        file: "districts.geojson",
        property: "name",
      },
    }],
  };
  const files = (geojson: string | undefined) => (path: string) =>
    path === "districts.geojson" ? geojson : JSON.stringify(settings);
  const read = (geojson: string | undefined) =>
    readConfig(() => undefined, files(geojson));

  const [first, second] =
    read(JSON.stringify(collection)).municipalities[0]?.districts ?? [];

  assert.equal(first?.outline?.length, 2);
  assert.equal(second?.outline, undefined);
  for (const bad of [undefined, "{}", "{"]) {
    assert.throws(() => read(bad), Misconfigured);
  }
});
