import type { Names } from "../context/names.ts";
import type { Entity } from "../entity/entity.ts";
import { checkGeometry, type Geometry } from "../entity/geometry.ts";
import { distance } from "../geo/distance.ts";
import { relates, type Relation, RELATIONS } from "../geo/relate.ts";
import { positionsOf } from "../geo/shape.ts";
import { refused } from "./refusal.ts";

/** Which places, CIM 009 4.10. */
export type GeoQuery = NearQuery | RelationQuery;

export interface NearQuery {
  readonly relation: "near";
  /** Metres, on the sphere. */
  readonly distance: { readonly max: number } | { readonly min: number };
  readonly geometry: Geometry;
  /** IRI of the GeoProperty that is looked at. */
  readonly property: string;
}
export interface RelationQuery {
  readonly relation: Relation;
  readonly geometry: Geometry;
  readonly property: string;
}

/** The four members of a geo-query as they came; coordinates may be JSON text. */
export interface GeoQueryParts {
  readonly georel?: unknown;
  readonly geometry?: unknown;
  readonly coordinates?: unknown;
  readonly geoproperty?: unknown;
}

const MOST_POSITIONS = 1000;
const NEAR =
  /^near;(max|min)Distance==((?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;

/** Throws `BadRequestData`. */
export function readGeoQuery(parts: GeoQueryParts, names: Names): GeoQuery {
  const { georel, geoproperty = "location" } = parts;
  if (typeof georel !== "string") throw refused("georel", "missing");
  if (typeof geoproperty !== "string") throw refused("geoproperty", "not text");
  const geometry = readReference(parts.geometry, parts.coordinates, {
    type: "geometry",
    coordinates: "coordinates",
  });
  const property = names.expand(geoproperty);
  const relation = RELATIONS.find((one) => one === georel);
  if (relation !== undefined) return { relation, geometry, property };
  const [, bound, number] = NEAR.exec(georel) ?? [];
  const metres = Number(number);
  if (bound === undefined || !Number.isFinite(metres) || metres === 0) {
    throw refused("georel", "no relationship of CIM 009 4.10");
  }
  const limit = bound === "max" ? { max: metres } : { min: metres };
  return { relation: "near", distance: limit, geometry, property };
}

/** Reads a geometry that came as its type and its coordinates. Throws `BadRequestData`. */
export function readReference(
  type: unknown,
  coordinates: unknown,
  parameters: { readonly type: string; readonly coordinates: string },
): Geometry {
  if (typeof type !== "string") throw refused(parameters.type, "missing");
  if (coordinates === undefined) {
    throw refused(parameters.coordinates, "missing");
  }
  const parsed = typeof coordinates === "string"
    ? parseCoordinates(coordinates, parameters.coordinates)
    : coordinates;
  const geometry = checkGeometry(
    { type, coordinates: parsed },
    parameters.type,
  );
  if (positionsOf(geometry).length > MOST_POSITIONS) {
    throw refused(parameters.coordinates, "too many positions");
  }
  return geometry;
}

/** Whether one of the instances of the GeoProperty stands so to the reference. */
export function matchesGeo(geo: GeoQuery, entity: Entity): boolean {
  const instances = entity.attributes[geo.property];
  return instances?.some(({ content }) =>
    content.type === "GeoProperty" && matchesGeometry(geo, content.value)
  ) ?? false;
}

function matchesGeometry(geo: GeoQuery, geometry: Geometry): boolean {
  if (geo.relation !== "near") {
    return relates(geo.relation, geometry, geo.geometry);
  }
  const metres = distance(geometry, geo.geometry);
  return "max" in geo.distance
    ? metres <= geo.distance.max
    : metres > geo.distance.min;
}

function parseCoordinates(text: string, parameter: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw refused(parameter, "not JSON");
  }
}
