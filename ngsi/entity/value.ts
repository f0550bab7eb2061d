import { z } from "zod";

/** Stands for "delete this" in a fragment, CIM 009 3.1. */
export const NGSI_LD_NULL = "urn:ngsi-ld:null";

export type Json = null | boolean | number | string | Json[] | {
  [key: string]: Json;
};

// Kept as sent: zod would copy, and lose a key called __proto__.
/** A value of a Property: JSON without null in it, CIM 009 3.1 and 5.5.4. */
export const Value = z.custom<Json>((value) => !holdsNull(value), {
  error: "null_value",
});

function holdsNull(value: unknown): boolean {
  if (value === null || value === undefined || value === NGSI_LD_NULL) {
    return true;
  }
  return typeof value === "object" && Object.values(value).some(holdsNull);
}

/** The value of a JsonProperty, never interpreted, CIM 009 4.5.24. */
export const RawJson = z.custom<Json>(
  (value) => typeof value === "object" && value !== null,
  { error: "not_an_object_or_array" },
);

export const Iri = z.url().refine((iri) => iri !== NGSI_LD_NULL, {
  error: "null_value",
});

/** CIM 009 4.6.3 */
export const DateTime = z.iso.datetime();

const Position = z.array(z.number()).min(2).max(3).refine(
  ([longitude = NaN, latitude = NaN]) =>
    Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90,
  { error: "out_of_range" },
);
const Line = z.array(Position).min(2);
const Ring = z.array(Position).min(4).refine(
  (ring) => JSON.stringify(ring[0]) === JSON.stringify(ring.at(-1)),
  { error: "ring_not_closed" },
);

function geometry<T extends string, C extends z.ZodType>(
  type: T,
  coordinates: C,
) {
  return z.strictObject({
    type: z.literal(type),
    coordinates,
    bbox: z.array(z.number()).min(4).max(6).optional(),
  });
}

/** A GeoJSON geometry; collections are not allowed, CIM 009 4.7.1. */
export const Geometry = z.discriminatedUnion("type", [
  geometry("Point", Position),
  geometry("MultiPoint", z.array(Position).min(1)),
  geometry("LineString", Line),
  geometry("MultiLineString", z.array(Line).min(1)),
  geometry("Polygon", z.array(Ring).min(1)),
  geometry("MultiPolygon", z.array(z.array(Ring).min(1)).min(1)),
]);
export type Geometry = z.infer<typeof Geometry>;

const GEOMETRIES: readonly string[] = [
  "Point",
  "MultiPoint",
  "LineString",
  "MultiLineString",
  "Polygon",
  "MultiPolygon",
];

/** Whether something means to be a geometry, valid or not. */
export function looksLikeGeometry(value: unknown): boolean {
  return typeof value === "object" && value !== null && "type" in value &&
    "coordinates" in value && GEOMETRIES.includes(String(value.type));
}
