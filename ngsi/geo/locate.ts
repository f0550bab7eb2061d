import { latitude, type Line, longitude, type Position } from "./shape.ts";

export type Place = "inside" | "boundary" | "outside";

/** Where a position lies with regard to polygons, on the plane of longitude and latitude. */
export function locate(
  position: Position,
  polygons: readonly (readonly Line[])[],
): Place {
  let best: Place = "outside";
  for (const [outer, ...holes] of polygons) {
    if (outer === undefined) continue;
    let place = inRing(position, outer);
    for (const hole of holes) {
      if (place !== "inside") break;
      const inHole = inRing(position, hole);
      if (inHole !== "outside") {
        place = inHole === "inside" ? "outside" : "boundary";
      }
    }
    if (place === "inside") return place;
    if (place === "boundary") best = place;
  }
  return best;
}

function inRing(position: Position, ring: Line): Place {
  const x = longitude(position);
  const y = latitude(position);
  let inside = false;
  for (let i = 1; i < ring.length; i++) {
    const from = ring[i - 1] ?? [];
    const to = ring[i] ?? [];
    const ay = latitude(from);
    const by = latitude(to);
    if ((ay > y && by > y) || (ay < y && by < y)) continue;
    const ax = longitude(from);
    const bx = longitude(to);
    const side = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
    const between = x >= Math.min(ax, bx) && x <= Math.max(ax, bx);
    if (side === 0 && between) return "boundary";
    if ((ay > y) !== (by > y) && (side > 0) === (by > ay)) inside = !inside;
  }
  return inside ? "inside" : "outside";
}
