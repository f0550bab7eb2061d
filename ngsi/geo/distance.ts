import { Problem } from "@hiraku/kernel";
import type { Geometry } from "../entity/geometry.ts";
import { locate } from "./locate.ts";
import { meets } from "./relate.ts";
import {
  latitude,
  type Line,
  longitude,
  type Position,
  positionsOf,
  type Shape,
  shapeOf,
} from "./shape.ts";

/** Mean radius of the Earth in metres (IUGG). */
const RADIUS = 6_371_008.8;
const RAD = Math.PI / 180;

/**
 * The shortest way in metres between two geometries on the sphere (haversine),
 * 0 if they touch. Lines are straight in longitude and latitude and never cross
 * the antimeridian (RFC 7946 3.1.1 and 3.1.9); the way between them may.
 */
export function distance(a: Geometry, b: Geometry): number {
  if (a.type === "Point" && b.type === "Point") {
    return between(a.coordinates, b.coordinates);
  }
  const one = shapeOf(a);
  const other = shapeOf(b);
  if (touch(a, one, b, other)) return 0;
  const pairs = positionsOf(a).length * positionsOf(b).length;
  if (pairs > MOST_PAIRS) {
    throw new Problem(
      "TooManyResults",
      "A place has too many positions to measure how far it is",
    );
  }
  return Math.min(oneWay(a, other), oneWay(b, one));
}

const MOST_PAIRS = 10_000_000;

/** Haversine distance in metres. */
export function between(a: Position, b: Position): number {
  return haversine(
    longitude(a),
    latitude(a),
    longitude(b),
    latitude(b),
  );
}

function haversine(ax: number, ay: number, bx: number, by: number): number {
  const sinY = Math.sin((by - ay) * RAD / 2);
  const sinX = Math.sin((bx - ax) * RAD / 2);
  const h = sinY * sinY +
    Math.cos(ay * RAD) * Math.cos(by * RAD) * sinX * sinX;
  return 2 * RADIUS * Math.asin(Math.min(1, Math.sqrt(h)));
}

function touch(
  a: Geometry,
  one: Shape,
  b: Geometry,
  other: Shape,
): boolean {
  if (a.type === "Point") {
    return locate(a.coordinates, other.polygons) !== "outside";
  }
  if (b.type === "Point") {
    return locate(b.coordinates, one.polygons) !== "outside";
  }
  return meets(a, b);
}

/** From the positions of one to the points and lines of the other. */
function oneWay(from: Geometry, to: Shape): number {
  const lines = [...to.lines, ...to.polygons.flat()];
  let least = Infinity;
  for (const position of positionsOf(from)) {
    for (const point of to.points) {
      least = Math.min(least, between(position, point));
    }
    for (const line of lines) least = toLine(position, line, least);
  }
  return least;
}

/** The way to a line, or `least` if that is shorter. */
function toLine(position: Position, line: Line, least: number): number {
  const y = latitude(position);
  let shortest = least;
  for (let i = 1; i < line.length; i++) {
    const from = line[i - 1] ?? [];
    const to = line[i] ?? [];
    const a = latitude(from) - y;
    const b = latitude(to) - y;
    // No way is shorter than the difference of latitudes.
    const north = a > 0 && b > 0 ? Math.min(a, b) : 0;
    const south = a < 0 && b < 0 ? -Math.max(a, b) : 0;
    if ((north + south) * RAD * RADIUS >= shortest) continue;
    shortest = Math.min(shortest, toSegment(position, from, to));
  }
  return shortest;
}

const STEP = 0.5;
const ROUNDS = 40;

function toSegment(position: Position, from: Position, to: Position): number {
  const x = longitude(position);
  const y = latitude(position);
  const ax = longitude(from);
  const ay = latitude(from);
  const dx = longitude(to) - ax;
  const dy = latitude(to) - ay;
  const at = (t: number) => haversine(x, y, ax + dx * t, ay + dy * t);
  const steps = Math.ceil(Math.max(Math.abs(dx), Math.abs(dy)) / STEP) + 1;
  let best = 0;
  let least = at(0);
  for (let i = 1; i <= steps; i++) {
    const metres = at(i / steps);
    if (metres < least) {
      least = metres;
      best = i;
    }
  }
  let low = Math.max(0, (best - 1) / steps);
  let high = Math.min(1, (best + 1) / steps);
  for (let i = 0; i < ROUNDS && high - low > 1e-9; i++) {
    const third = (high - low) / 3;
    if (at(low + third) < at(high - third)) high -= third;
    else low += third;
  }
  return Math.min(least, at((low + high) / 2));
}
