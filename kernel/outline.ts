import { z } from "zod";

/** WGS 84 longitude and latitude in degrees, as in GeoJSON. */
export const Position = z.tuple([
  z.number().min(-180).max(180),
  z.number().min(-90).max(90),
]);
export type Position = z.infer<typeof Position>;

/** The outline of an area: polygons of rings, as coordinates of a GeoJSON MultiPolygon. */
export const Outline = z.array(z.array(z.array(Position).min(4)).min(1)).min(1);
export type Outline = z.infer<typeof Outline>;

const Polygons = z.discriminatedUnion("type", [
  z.object({ type: z.literal("Polygon"), coordinates: Outline.element }),
  z.object({ type: z.literal("MultiPolygon"), coordinates: Outline }),
]);
const Collection = z.object({
  type: z.literal("FeatureCollection"),
  features: z.array(z.object({
    properties: z.record(z.string(), z.unknown()).nullable(),
    geometry: Polygons,
  })),
});

/** Degrees, about 20 m, by which a drawn border may lie beside the given one. */
export const OUTLINE_TOLERANCE = 0.0002;

/**
 * Outlines of a GeoJSON collection by one property of its features, with points
 * left out that lie within `tolerance` degrees of the border without them.
 * Features of the same value are one area. Throws a `ZodError` when it is none of polygons.
 */
export function outlinesIn(
  geojson: unknown,
  property: string,
  tolerance: number = OUTLINE_TOLERANCE,
): Map<string, Outline> {
  const found = new Map<string, Outline>();
  for (const { properties, geometry } of Collection.parse(geojson).features) {
    const name = String(properties?.[property] ?? "");
    const polygons = geometry.type === "Polygon"
      ? [geometry.coordinates]
      : geometry.coordinates;
    found.set(name, [
      ...found.get(name) ?? [],
      ...polygons.map((rings) =>
        rings.map((ring) => simplified(ring, tolerance))
      ),
    ]);
  }
  return found;
}

/** A ring without points that lie within the tolerance (Douglas and Peucker). */
function simplified(
  ring: readonly Position[],
  tolerance: number,
): Position[] {
  const kept = new Set([
    0,
    ring.length - 1,
    farthest(ring, 0, ring.length - 1),
  ]);
  const spans: [number, number][] = [...kept].sort((a, b) => a - b)
    .flatMap((at, n, all) => {
      const next = all[n + 1];
      return next === undefined ? [] : [[at, next] as [number, number]];
    });
  for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
    const [from, to] = span;
    const at = farthest(ring, from, to);
    if (at === from || distance(ring, at, from, to) <= tolerance) continue;
    kept.add(at);
    spans.push([from, at], [at, to]);
  }
  const result = ring.filter((_, at) => kept.has(at));
  return result.length < 4 ? [...ring] : result;
}

/** The point between two others that lies farthest from the line through them. */
function farthest(ring: readonly Position[], from: number, to: number): number {
  let best = from;
  let most = 0;
  for (let at = from + 1; at < to; at++) {
    const far = distance(ring, at, from, to);
    if (far > most) [best, most] = [at, far];
  }
  return best;
}

function distance(
  ring: readonly Position[],
  at: number,
  from: number,
  to: number,
): number {
  const [x, y] = ring[at] ?? [0, 0];
  const [x1, y1] = ring[from] ?? [0, 0];
  const [x2, y2] = ring[to] ?? [0, 0];
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = dx * dx + dy * dy;
  const t = length === 0
    ? 0
    : Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / length));
  return Math.hypot(x - x1 - t * dx, y - y1 - t * dy);
}
