import type { Geometry } from "../entity/geometry.ts";
import { latitude, longitude, positionsOf } from "./shape.ts";

/** Bounds in degrees. */
export interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

const boxes = new WeakMap<Geometry, Box>();

export function boxOf(geometry: Geometry): Box {
  if (geometry.type === "Point") {
    const x = longitude(geometry.coordinates);
    const y = latitude(geometry.coordinates);
    return { west: x, south: y, east: x, north: y };
  }
  const known = boxes.get(geometry);
  if (known !== undefined) return known;
  let west = Infinity;
  let south = Infinity;
  let east = -Infinity;
  let north = -Infinity;
  for (const position of positionsOf(geometry)) {
    const x = longitude(position);
    const y = latitude(position);
    west = Math.min(west, x);
    east = Math.max(east, x);
    south = Math.min(south, y);
    north = Math.max(north, y);
  }
  const box = { west, south, east, north };
  boxes.set(geometry, box);
  return box;
}

export function boxesMeet(a: Box, b: Box): boolean {
  return a.west <= b.east && b.west <= a.east && a.south <= b.north &&
    b.south <= a.north;
}

/** A little less than the length of a degree of latitude, so that boxes grow rather too much. */
const DEGREE = 111_000;

/** Boxes that hold everything within `metres` of a box: two where it crosses the antimeridian. */
export function boxesAround(box: Box, metres: number): readonly Box[] {
  const south = Math.max(-90, box.south - metres / DEGREE);
  const north = Math.min(90, box.north + metres / DEGREE);
  const nearPole = Math.max(Math.abs(south), Math.abs(north));
  const all = { west: -180, south, east: 180, north };
  if (nearPole > 89.9) return [all];
  const wider = sideways(metres / DEGREE, nearPole);
  const west = box.west - wider;
  const east = box.east + wider;
  if (east - west >= 360) return [all];
  if (west < -180) {
    return [{ ...all, east }, { ...all, west: west + 360 }];
  }
  if (east > 180) {
    return [{ ...all, west }, { ...all, east: east - 360 }];
  }
  return [{ west, south, east, north }];
}

/** Degrees of longitude that a way of so many degrees of arc can cover at a latitude. */
function sideways(degrees: number, latitude: number): number {
  const ratio = Math.sin(Math.min(90, degrees) * Math.PI / 180) /
    Math.cos(latitude * Math.PI / 180);
  return ratio >= 1 ? 360 : Math.asin(ratio) * 180 / Math.PI + degrees;
}
