import fc from "fast-check";
import assert from "node:assert/strict";
import { covariance } from "./covariance.ts";
import { leastSquares } from "./least_squares.ts";

const point = fc.record({
  x: fc.integer({ min: -20, max: 20 }),
  y: fc.integer({ min: -20, max: 20 }),
});
const series = fc.array(point, { minLength: 6, maxLength: 30 })
  .filter((points) => new Set(points.map(({ x }) => x)).size > 2);

/** Variance of a slope by its double sum over pairs of rows. */
function bySum(
  points: readonly { x: number; y: number }[],
  weight: (i: number, j: number) => number,
): number {
  const mean = (of: (one: { x: number; y: number }) => number) =>
    points.reduce((sum, one) => sum + of(one), 0) / points.length;
  const [mx, my] = [mean(({ x }) => x), mean(({ y }) => y)];
  const sxx = points.reduce((sum, { x }) => sum + (x - mx) ** 2, 0);
  const slope = points.reduce((sum, { x, y }) => sum + (x - mx) * (y - my), 0) /
    sxx;
  const u = points.map(({ x, y }) => (x - mx) * (y - my - slope * (x - mx)));
  let sum = 0;
  u.forEach((a, i) => u.forEach((b, j) => sum += weight(i, j) * a * b));
  return sum / sxx ** 2;
}

Deno.test("covariance() of Newey-West and of clusters is the double sum over pairs of rows", () => {
  fc.assert(fc.property(series, fc.nat(5), (points, lags) => {
    const n = points.length;
    const fit = leastSquares(
      points.map(({ x }) => [1, x]),
      points.map(({ y }) => y),
      ["constant", "x"],
    );
    const clusters = points.map((_, i) => String(i % 3));
    const slope = (errors: Parameters<typeof covariance>[1]) =>
      covariance(fit, errors)[1]?.[1] ?? NaN;
    const same = (actual: number, expected: number) =>
      assert.ok(
        Math.abs(actual - expected) <= 1e-9 * (1 + Math.abs(expected)),
        `${actual} is not ${expected}`,
      );

    same(
      slope({ kind: "newey-west", lags }),
      bySum(points, (i, j) => Math.max(0, 1 - Math.abs(i - j) / (lags + 1))),
    );
    same(
      slope({ kind: "cluster", clusters }),
      3 / 2 * (n - 1) / (n - 2) *
        bySum(points, (i, j) => Number(i % 3 === j % 3)),
    );
  }));
});
