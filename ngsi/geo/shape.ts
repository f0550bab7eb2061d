import type { Geometry } from "../entity/geometry.ts";

export type Position = readonly number[];
export type Line = readonly Position[];

/** The parts of a geometry, whatever its type. */
export interface Shape {
  readonly points: readonly Position[];
  readonly lines: readonly Line[];
  /** Each an outer ring and its holes. */
  readonly polygons: readonly (readonly Line[])[];
}

const shapes = new WeakMap<Geometry, Shape>();

export function shapeOf(geometry: Geometry): Shape {
  const known = shapes.get(geometry);
  if (known !== undefined) return known;
  const shape = { points: [], lines: [], polygons: [], ...parts(geometry) };
  shapes.set(geometry, shape);
  return shape;
}

function parts(geometry: Geometry): Partial<Shape> {
  switch (geometry.type) {
    case "Point":
      return { points: [geometry.coordinates] };
    case "MultiPoint":
      return { points: geometry.coordinates };
    case "LineString":
      return { lines: [geometry.coordinates] };
    case "MultiLineString":
      return { lines: geometry.coordinates };
    case "Polygon":
      return { polygons: [geometry.coordinates] };
    case "MultiPolygon":
      return { polygons: geometry.coordinates };
  }
}

/** Every position of a geometry. */
export function positionsOf(geometry: Geometry): readonly Position[] {
  const { points, lines, polygons } = shapeOf(geometry);
  return [...points, ...lines.flat(), ...polygons.flat(2)];
}

export function longitude(position: Position): number {
  return position[0] ?? 0;
}

export function latitude(position: Position): number {
  return position[1] ?? 0;
}
