import { bad, isMembers } from "./value.ts";

type Position = readonly number[];
interface Shape<Type extends string, Coordinates> {
  readonly type: Type;
  readonly coordinates: Coordinates;
  readonly bbox?: readonly number[];
}

/** A GeoJSON geometry; collections are not allowed, CIM 009 4.7.1. */
export type Geometry =
  | Shape<"Point", Position>
  | Shape<"MultiPoint", readonly Position[]>
  | Shape<"LineString", readonly Position[]>
  | Shape<"MultiLineString", readonly (readonly Position[])[]>
  | Shape<"Polygon", readonly (readonly Position[])[]>
  | Shape<"MultiPolygon", readonly (readonly (readonly Position[])[])[]>;

type Check = (coordinates: unknown) => boolean;

const line = listOf(isPosition, 2);
const rings = listOf(isRing, 1);
const CHECKS: Readonly<Record<string, Check>> = {
  Point: isPosition,
  MultiPoint: listOf(isPosition, 1),
  LineString: line,
  MultiLineString: listOf(line, 1),
  Polygon: rings,
  MultiPolygon: listOf(rings, 1),
};

/** Whether something means to be a geometry, valid or not. */
export function looksLikeGeometry(value: unknown): boolean {
  return typeof value === "object" && value !== null && "type" in value &&
    "coordinates" in value && Object.hasOwn(CHECKS, String(value.type));
}

/** Checks a geometry, longitude before latitude. Throws `BadRequestData`. */
export function checkGeometry(value: unknown, field: string): Geometry {
  if (!isMembers(value) || typeof value.type !== "string") {
    throw bad(field, "not a geometry");
  }
  const check = Object.hasOwn(CHECKS, value.type) && CHECKS[value.type];
  if (!check) throw bad(`${field}.type`, "no allowed geometry");
  if (!check(value.coordinates)) {
    throw bad(`${field}.coordinates`, "out of range, too few or not closed");
  }
  const { type, coordinates, bbox, ...others } = value;
  if (Object.keys(others).length > 0) throw bad(field, "unknown member");
  if (bbox === undefined) return value as unknown as Geometry;
  const numbers = Array.isArray(bbox) && (bbox.length === 4 ||
    bbox.length === 6) &&
    bbox.every(Number.isFinite);
  if (!numbers) throw bad(`${field}.bbox`);
  return { type, coordinates, bbox } as unknown as Geometry;
}

function listOf(check: Check, fewest: number): Check {
  return (all) =>
    Array.isArray(all) && all.length >= fewest && all.every(check);
}

function isPosition(position: unknown): boolean {
  if (!Array.isArray(position)) return false;
  const [longitude, latitude, ...more] = position;
  return Number.isFinite(longitude) && Math.abs(longitude) <= 180 &&
    Number.isFinite(latitude) && Math.abs(latitude) <= 90 &&
    more.length <= 1 && more.every(Number.isFinite);
}

function isRing(ring: unknown): boolean {
  if (!Array.isArray(ring) || ring.length < 4 || !ring.every(isPosition)) {
    return false;
  }
  const first: Position = ring[0];
  const last: Position = ring[ring.length - 1];
  return first.length === last.length &&
    first.every((number, i) => number === last[i]);
}
