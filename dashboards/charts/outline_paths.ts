import type { District } from "@hiraku/kernel";

/** Outlines as paths of one drawing, such as `M1 2L3 4Z`. */
export interface OutlinePaths {
  readonly width: number;
  readonly height: number;
  readonly paths: readonly { readonly code: string; readonly d: string }[];
}

const WIDTH = 600;
const TALLEST = 620;
const EDGE = 4;

/**
 * Outlines projected so that a kilometre is as long to the north as to the east
 * at the middle of the city. Undefined where no district has one.
 */
export function outlinePaths(
  districts: readonly District[],
): OutlinePaths | undefined {
  const known = districts.flatMap(({ code, outline }) =>
    outline === undefined ? [] : [{ code, outline }]
  );
  const points = known.flatMap(({ outline }) => outline.flat(2));
  if (points.length === 0) return undefined;
  const west = least(points, 0);
  const east = -least(points.map(([x, y]) => [-x, y]), 0);
  const south = least(points, 1);
  const north = -least(points.map(([x, y]) => [x, -y]), 1);
  const narrow = Math.cos((south + north) / 2 * Math.PI / 180);
  const scale = Math.min(
    (WIDTH - 2 * EDGE) / ((east - west) * narrow),
    (TALLEST - 2 * EDGE) / (north - south),
  );
  const place = ([x, y]: readonly [number, number]) =>
    `${(EDGE + (x - west) * narrow * scale).toFixed(1)} ${
      (EDGE + (north - y) * scale).toFixed(1)
    }`;
  return {
    width: Math.ceil((east - west) * narrow * scale + 2 * EDGE),
    height: Math.ceil((north - south) * scale + 2 * EDGE),
    paths: known.map(({ code, outline }) => ({
      code,
      d: outline.flat().map((ring) => `M${ring.map(place).join("L")}Z`)
        .join(""),
    })),
  };
}

function least(
  points: readonly (readonly [number, number])[],
  at: 0 | 1,
): number {
  return points.reduce((low, point) => Math.min(low, point[at]), Infinity);
}
