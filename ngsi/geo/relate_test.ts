import assert from "node:assert/strict";
import fc from "fast-check";
import { checkGeometry, type Geometry } from "../entity/geometry.ts";
import { entityOf, NAMES } from "../query/_sample.ts";
import { matchesGeo, readGeoQuery } from "../query/geo_query.ts";
import { boxesAround, boxesMeet, boxOf } from "./box.ts";
import { between, distance } from "./distance.ts";
import { relates, type Relation, RELATIONS } from "./relate.ts";

function shape(type: string, coordinates: unknown): Geometry {
  return checkGeometry({ type, coordinates }, "test");
}
const square = (x: number, y: number, size: number) => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
  [x, y],
];
const point = (x: number, y: number) => shape("Point", [x, y]);
const holed = shape("Polygon", [square(0, 0, 10), square(4, 4, 2)]);

function relationsOf(target: Geometry, reference: Geometry): Relation[] {
  return RELATIONS.filter((one) => relates(one, target, reference));
}

Deno.test("CIM 009 4.10: relates() follows OGC on points, lines, polygons, holes and multis", () => {
  const line = shape("LineString", [[1, 1], [3, 1]]);
  const twice = shape("MultiPolygon", [[square(0, 0, 1)], [square(8, 8, 9)]]);
  const cases: [Geometry, Geometry, Relation[]][] = [
    [point(2, 2), holed, ["within", "intersects"]],
    [point(5, 5), holed, ["disjoint"]],
    [point(0, 5), holed, ["intersects"]],
    [point(4, 5), holed, ["intersects"]],
    [holed, point(2, 2), ["contains", "intersects"]],
    [point(1, 2), point(1, 2), ["within", "contains", "intersects", "equals"]],
    [point(1, 2), point(2, 1), ["disjoint"]],
    [line, holed, ["within", "intersects"]],
    [point(2, 1), line, ["within", "intersects"]],
    [point(1, 1), line, ["intersects"]],
    [twice, holed, ["overlaps", "intersects"]],
    [
      shape("Polygon", [square(5, 0, 10)]),
      shape("Polygon", [square(0, 0, 6)]),
      [
        "overlaps",
        "intersects",
      ],
    ],
    [
      shape("LineString", [[3, 1], [1, 1]]),
      line,
      ["within", "contains", "intersects", "equals"],
    ],
    [
      shape("MultiPoint", [[2, 2], [5, 5]]),
      holed,
      ["intersects"],
    ],
  ];
  for (const [target, reference, expected] of cases) {
    assert.deepEqual(
      relationsOf(target, reference),
      RELATIONS.filter((one) => expected.includes(one)),
    );
  }
});

Deno.test("CIM 009 4.10: distance() is measured in metres to the nearest part, over the antimeridian too", () => {
  const near = (metres: number, expected: number) =>
    assert.ok(Math.abs(metres - expected) < expected * 0.002, `${metres}`);
  const north = shape("LineString", [[0, 60], [10, 60]]);

  near(distance(point(0, 0), point(1, 0)), 111_195);
  near(distance(point(10, 60.009), north), 1000.7);
  near(distance(north, point(5, 60.009)), 1000.7);
  near(distance(point(0, 85), shape("LineString", [[1, 85], [0, 85.6]])), 9579);
  near(distance(point(179.99, 0), point(-179.99, 0)), 2224);
  assert.equal(distance(point(2, 2), holed), 0);
  near(distance(point(5, 5), holed), 110_774);
  near(
    distance(shape("Polygon", [square(11, 0, 1)]), holed),
    111_178,
  );
  assert.equal(distance(shape("Polygon", [square(9, 9, 5)]), holed), 0);
});

Deno.test("boxesAround() leaves out nothing that is near enough", () => {
  const lon = fc.double({ min: -180, max: 180, noNaN: true });
  const lat = fc.double({ min: -90, max: 90, noNaN: true });
  const metres = fc.double({ min: 0.1, max: 3_000_000, noNaN: true });
  fc.assert(
    fc.property(lon, lat, lon, lat, metres, (ax, ay, bx, by, limit) => {
      const a = point(ax, ay);
      const b = point(bx, by);
      if (distance(a, b) > limit) return;

      const boxes = boxesAround(boxOf(a), limit);

      assert.ok(boxes.some((box) => boxesMeet(box, boxOf(b))));
    }),
    { numRuns: 2000 },
  );
});

Deno.test("CIM 009 4.10: matchesGeo() looks at any instance of the GeoProperty asked for, location by default", () => {
  const place = (x: number, y: number) => ({
    content: { type: "GeoProperty" as const, value: point(x, y) as never },
    attributes: {},
    createdAt: "",
    modifiedAt: "",
  });
  const entity = entityOf({
    location: [place(8, 40), place(50, 50)],
    spot: place(0, 0),
  });
  const meets = (georel: string, at: unknown, geoproperty?: string) =>
    matchesGeo(
      readGeoQuery({
        georel,
        geometry: "Point",
        coordinates: at,
        ...(geoproperty === undefined ? {} : { geoproperty }),
      }, NAMES),
      entity,
    );

  assert.equal(meets("near;maxDistance==2000", "[8,40.01]"), true);
  assert.equal(meets("near;minDistance==2000", [8, 40]), true);
  assert.equal(meets("near;maxDistance==1e3", [8, 40.01]), false);
  assert.equal(meets("equals", [50, 50]), true);
  assert.equal(meets("equals", [0, 0]), false);
  assert.equal(meets("equals", [0, 0], "spot"), true);
  assert.equal(meets("disjoint", [0, 0], "nothing"), false);
});

Deno.test("CIM 009 4.10: readGeoQuery() refuses what the grammar has not got", () => {
  const good = {
    georel: "within",
    geometry: "Polygon",
    coordinates: [square(0, 0, 1)],
  };
  const broken: Record<string, unknown>[] = [
    ...[
      "near",
      "near;maxDistance==0",
      "near;maxDistance==-1",
      "near;maxDistance==inf",
      "near;maxDistance==1e400",
      "near;maxDistance==5;minDistance==1",
      "touches",
      "",
      7,
    ].map((georel) => ({ ...good, georel })),
    { ...good, geometry: "GeometryCollection" },
    { ...good, geometry: undefined },
    { ...good, coordinates: "[[[" },
    { ...good, coordinates: [0, 0] },
    { ...good, coordinates: undefined },
    { ...good, geoproperty: 5 },
  ];
  for (const parts of broken) {
    assert.throws(() => readGeoQuery(parts, NAMES), { kind: "BadRequestData" });
  }
  assert.equal(readGeoQuery(good, NAMES).relation, "within");
  assert.ok(between([0, 0], [0, 1]) > 111_000);
});
