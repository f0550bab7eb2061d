import { at, dot, leastSquares } from "./least_squares.ts";

/**
 * Weights, none negative and one in sum, that bring the mix of `points`
 * nearest to `target`: the point of least norm of a convex hull, which Wolfe's
 * algorithm (1976) finds exactly in a finite number of steps.
 */
export function simplexFit(
  points: readonly (readonly number[])[],
  target: readonly number[],
): number[] {
  const moved = points.map((point) =>
    point.map((value, i) => value - at(target, i))
  );
  const scale = Math.max(...moved.map((point) => dot(point, point)));
  const norms = moved.map((point) => dot(point, point));
  let corral = [norms.indexOf(Math.min(...norms))];
  let weights = [1];
  for (let turn = 0; turn < 100 * points.length; turn++) {
    const nearest = mix(moved, corral, weights);
    const reaches = moved.map((point) => dot(point, nearest));
    const best = reaches.indexOf(Math.min(...reaches));
    const gain = dot(nearest, nearest) - at(reaches, best);
    if (gain <= 1e-12 * scale || corral.includes(best)) break;
    corral.push(best);
    weights.push(0);
    ({ corral, weights } = settled(moved, corral, weights));
  }
  const all = new Array<number>(points.length).fill(0);
  corral.forEach((place, i) => all[place] = at(weights, i));
  return all;
}

/** Drops points until the nearest point of the corral's plane is within it. */
function settled(
  points: readonly (readonly number[])[],
  corral: number[],
  weights: number[],
): { corral: number[]; weights: number[] } {
  for (;;) {
    const flat = nearestOfPlane(corral.map((place) => at(points, place)));
    if (flat.every((value) => value > 1e-14)) return { corral, weights: flat };
    const steps = flat.map((value, i) => {
      const weight = at(weights, i);
      return value > 1e-14 ? 1 : weight / (weight - value || 1);
    });
    const step = Math.max(0, Math.min(1, ...steps));
    const next = flat.map((value, i) =>
      step * value + (1 - step) * at(weights, i)
    );
    const first = steps.indexOf(Math.min(...steps));
    const kept = next.map((value, i) => i !== first && value > 1e-14);
    corral = corral.filter((_, i) => kept[i]);
    weights = next.filter((_, i) => kept[i]);
  }
}

/** Weights that sum to one, of any sign. */
function nearestOfPlane(points: readonly (readonly number[])[]): number[] {
  const [origin = [], ...others] = points;
  if (others.length === 0) return [1];
  const edges = others.map((point) =>
    point.map((value, i) => value - at(origin, i))
  );
  // A fit needs more rows than columns; a row of nought changes nothing.
  const rows = origin.map((_, i) => edges.map((edge) => at(edge, i)));
  while (rows.length <= edges.length) rows.push(edges.map(() => 0));
  const { coefficients } = leastSquares(
    rows,
    rows.map((_, i) => -(origin[i] ?? 0)),
    edges.map((_, i) => `point ${i + 1}`),
  );
  return [1 - coefficients.reduce((sum, one) => sum + one, 0), ...coefficients];
}

/** The weighed sum of the points of a corral. */
export function mix(
  points: readonly (readonly number[])[],
  corral: readonly number[],
  weights: readonly number[],
): number[] {
  return at(points, 0).map((_, i) =>
    corral.reduce(
      (sum, place, j) => sum + at(weights, j) * at(at(points, place), i),
      0,
    )
  );
}
