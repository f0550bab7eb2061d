import fc from "fast-check";
import assert from "node:assert/strict";
import { dot } from "./least_squares.ts";
import { mix, simplexFit } from "./simplex_fit.ts";

const value = fc.integer({ min: -50, max: 50 });
const series = fc.array(value, { minLength: 4, maxLength: 4 });

Deno.test("simplexFit finds weights that no move towards a point improves", () => {
  fc.assert(
    fc.property(
      fc.array(series, { minLength: 2, maxLength: 9 }),
      series,
      (points, target) => {
        const weights = simplexFit(points, target);

        assert.ok(weights.every((weight) => weight >= 0));
        const total = weights.reduce((sum, one) => sum + one, 0);
        assert.ok(Math.abs(total - 1) < 1e-9);
        const mixed = mix(points, points.map((_, i) => i), weights);
        const gap = mixed.map((one, i) => one - (target[i] ?? 0));
        for (const point of points) {
          const towards = point.map((one, i) => one - (mixed[i] ?? 0));
          assert.ok(dot(gap, towards) > -1e-6, `${dot(gap, towards)}`);
        }
      },
    ),
    { numRuns: 2000 },
  );
});

Deno.test("simplexFit copies a point that is the target and leaves the others out", () => {
  const weights = simplexFit([[1, 2, 3], [4, 0, 1], [2, 2, 2]], [4, 0, 1]);

  assert.deepEqual(weights, [0, 1, 0]);
});
