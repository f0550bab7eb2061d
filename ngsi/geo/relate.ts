import GeometryFactory from "jsts/org/locationtech/jts/geom/GeometryFactory.js";
import GeoJSONReader from "jsts/org/locationtech/jts/io/GeoJSONReader.js";
import RelateOp from "jsts/org/locationtech/jts/operation/relate/RelateOp.js";
import type { Geometry } from "../entity/geometry.ts";
import { boxesMeet, boxOf } from "./box.ts";
import { locate } from "./locate.ts";
import { latitude, longitude, type Position, shapeOf } from "./shape.ts";

/** The topological relationships of CIM 009 4.10. */
export const RELATIONS = [
  "within",
  "contains",
  "overlaps",
  "intersects",
  "equals",
  "disjoint",
] as const;
export type Relation = typeof RELATIONS[number];

type Known = { readonly _: unique symbol };
/** The part of jsts that is used here; the package has no types. */
interface Relate {
  contains(a: Known, b: Known): boolean;
  overlaps(a: Known, b: Known): boolean;
  intersects(a: Known, b: Known): boolean;
  equalsTopo(a: Known, b: Known): boolean;
}
const operation = RelateOp as unknown as Relate;
const reader = new GeoJSONReader(new GeometryFactory()) as {
  read(geometry: unknown): Known;
};
const read = new WeakMap<Geometry, Known>();

/**
 * Whether a target stands in a relation to a reference, as OGC Simple Features
 * define it, on the plane of longitude and latitude: what crosses the
 * antimeridian has to be cut there (RFC 7946 3.1.9).
 */
export function relates(
  relation: Relation,
  target: Geometry,
  reference: Geometry,
): boolean {
  if (!boxesMeet(boxOf(target), boxOf(reference))) {
    return relation === "disjoint";
  }
  if (target.type === "Point") {
    const fast = pointRelates(relation, target.coordinates, reference);
    if (fast !== undefined) return fast;
  }
  if (reference.type === "Point") {
    const fast = pointRelates(
      converse(relation),
      reference.coordinates,
      target,
    );
    if (fast !== undefined) return fast;
  }
  return byMatrix(relation, target, reference);
}

/** Whether two geometries have a position in common. */
export function meets(a: Geometry, b: Geometry): boolean {
  return relates("intersects", a, b);
}

function converse(relation: Relation): Relation {
  if (relation === "within") return "contains";
  return relation === "contains" ? "within" : relation;
}

function pointRelates(
  relation: Relation,
  point: Position,
  other: Geometry,
): boolean | undefined {
  if (relation === "overlaps") return false;
  if (other.type === "Point") {
    const same = longitude(point) === longitude(other.coordinates) &&
      latitude(point) === latitude(other.coordinates);
    return relation === "disjoint" ? !same : same;
  }
  if (other.type !== "Polygon" && other.type !== "MultiPolygon") {
    return undefined;
  }
  const place = locate(point, shapeOf(other).polygons);
  switch (relation) {
    case "within":
      return place === "inside";
    case "intersects":
      return place !== "outside";
    case "disjoint":
      return place === "outside";
    case "contains":
    case "equals":
      return false;
  }
}

function byMatrix(relation: Relation, a: Geometry, b: Geometry): boolean {
  const one = readOnce(a);
  const other = readOnce(b);
  switch (relation) {
    case "disjoint":
      return !operation.intersects(one, other);
    case "equals":
      // The same text is the same place, even where a ring crosses itself.
      return JSON.stringify(a.coordinates) === JSON.stringify(b.coordinates) ||
        operation.equalsTopo(one, other);
    case "within":
      return operation.contains(other, one);
    default:
      return operation[relation](one, other);
  }
}

function readOnce(geometry: Geometry): Known {
  const known = read.get(geometry);
  if (known !== undefined) return known;
  const made = reader.read(geometry);
  read.set(geometry, made);
  return made;
}
