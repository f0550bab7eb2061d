import type { District, Municipality, Position } from "@hiraku/kernel";

/** How far the border lies outside the outermost facilities, of their distance from the middle. */
const BEYOND = 1.18;

/** What maps say of such outlines. */
export const SYNTHETIC_OUTLINES: NonNullable<Municipality["outlines"]> = {
  source: {
    ja:
      "境界は合成です。各地点を最も近い公民館等の校区に割り当てた区分で、実際の校区界ではありません。",
    en:
      "Borders are synthetic: every place belongs to the district whose facility is nearest. They are not the real borders.",
  },
  property: "code",
};

/**
 * Districts with an outline by a stated rule: the places nearest to its facility
 * (Voronoi cells), within the convex hull of all facilities widened by 18 %.
 */
export function withOutlines(districts: readonly District[]): District[] {
  const known = districts.flatMap(({ position }) =>
    position === undefined ? [] : [position]
  );
  const border = widened(hull(known));
  return districts.map((one) => {
    const { position } = one;
    if (position === undefined) return one;
    const ring = known.reduce(
      (cell, other) =>
        other === position ? cell : nearer(cell, position, other),
      border,
    ).map(([x, y]): Position => [rounded(x), rounded(y)]);
    const [first] = ring;
    return ring.length < 3 || first === undefined
      ? one
      : { ...one, outline: [[[...ring, first]]] };
  });
}

/** What of a ring is nearer to one point than to another. */
function nearer(
  ring: readonly Position[],
  point: Position,
  other: Position,
): Position[] {
  // A degree of longitude is shorter than one of latitude.
  const narrow = Math.cos(point[1] * Math.PI / 180) ** 2;
  const side = ([x, y]: Position) =>
    (x - (point[0] + other[0]) / 2) * (other[0] - point[0]) * narrow +
    (y - (point[1] + other[1]) / 2) * (other[1] - point[1]);
  return ring.flatMap((from, at): Position[] => {
    const to = ring[(at + 1) % ring.length] ?? from;
    const [a, b] = [side(from), side(to)];
    const kept = a <= 0 ? [from] : [];
    if (a <= 0 === b <= 0) return kept;
    const share = a / (a - b);
    return [...kept, [
      from[0] + (to[0] - from[0]) * share,
      from[1] + (to[1] - from[1]) * share,
    ]];
  });
}

/** The convex hull, counter-clockwise (Andrew's monotone chain). */
function hull(points: readonly Position[]): Position[] {
  const sorted = points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (ordered: readonly Position[]) => {
    const chain: Position[] = [];
    for (const point of ordered) {
      for (;;) {
        const [a, b] = [chain.at(-2), chain.at(-1)];
        if (a === undefined || b === undefined || turn(a, b, point) > 0) break;
        chain.pop();
      }
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.toReversed())];
}

function turn(a: Position, b: Position, c: Position): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

function widened(ring: readonly Position[]): Position[] {
  const middle = (at: 0 | 1) =>
    ring.reduce((sum, one) => sum + one[at], 0) / ring.length;
  const [x, y] = [middle(0), middle(1)];
  return ring.map((one): Position => [
    x + (one[0] - x) * BEYOND,
    y + (one[1] - y) * BEYOND,
  ]);
}

function rounded(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5;
}
