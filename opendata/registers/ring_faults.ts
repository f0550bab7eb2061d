import type { Position } from "@hiraku/kernel";

/** What is wrong with a ring: it does not close, holds no area, or crosses itself. */
export type RingFault = "open" | "empty" | "crosses";

/** Whether a ring of a polygon can be drawn as an area. */
export function ringFault(ring: readonly Position[]): RingFault | undefined {
  const [first, last] = [ring[0], ring.at(-1)];
  if (first === undefined || last === undefined || ring.length < 4) {
    return "open";
  }
  if (first[0] !== last[0] || first[1] !== last[1]) return "open";
  if (areaOf(ring) === 0) return "empty";
  return crosses(ring) ? "crosses" : undefined;
}

/** Twice the area, in square degrees, without its sign. */
function areaOf(ring: readonly Position[]): number {
  const [x0, y0] = ring[0] ?? [0, 0];
  let sum = 0;
  for (let at = 1; at < ring.length; at++) {
    const [x1, y1] = ring[at - 1] ?? [0, 0];
    const [x2, y2] = ring[at] ?? [0, 0];
    sum += (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0);
  }
  return Math.abs(sum);
}

interface Side {
  readonly at: number;
  readonly from: Position;
  readonly to: Position;
  readonly west: number;
  readonly east: number;
}

/** Whether two sides that do not follow each other meet; only sides that share a longitude are compared. */
function crosses(ring: readonly Position[]): boolean {
  const sides = ring.slice(1).flatMap((to, at): Side[] => {
    const from = ring[at] ?? to;
    // A point given twice is no side.
    return from[0] === to[0] && from[1] === to[1] ? [] : [{
      at,
      from,
      to,
      west: Math.min(from[0], to[0]),
      east: Math.max(from[0], to[0]),
    }];
  }).map((side, at) => ({ ...side, at }));
  const sorted = sides.toSorted((a, b) => a.west - b.west);
  for (const [place, side] of sorted.entries()) {
    for (let next = place + 1; next < sorted.length; next++) {
      const other = sorted[next];
      if (other === undefined || other.west > side.east) break;
      const apart = Math.abs(side.at - other.at);
      if (apart <= 1 || apart === sides.length - 1) continue;
      if (meet(side, other)) return true;
    }
  }
  return false;
}

function meet(a: Side, b: Side): boolean {
  const turns = [
    turn(a.from, a.to, b.from),
    turn(a.from, a.to, b.to),
    turn(b.from, b.to, a.from),
    turn(b.from, b.to, a.to),
  ] as const;
  // Sides that touch in a point are drawn all the same.
  return turns[0] * turns[1] < 0 && turns[2] * turns[3] < 0;
}

/** Above 0 where the third point lies to the left of the way from the first to the second. */
function turn(a: Position, b: Position, c: Position): number {
  return Math.sign(
    (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]),
  );
}
