import fc from "fast-check";
import assert from "node:assert/strict";
import {
  backtest,
  drift,
  forecast,
  intervalOf,
  linearTrend,
  probabilityOf,
} from "./forecast.ts";

Deno.test("a straight series is carried on exactly, and reaching is certain or impossible", () => {
  fc.assert(fc.property(
    fc.integer({ min: -500, max: 500 }),
    fc.integer({ min: 1, max: 50 }),
    fc.integer({ min: 6, max: 24 }),
    fc.integer({ min: 1, max: 12 }),
    (start, slope, length, steps) => {
      const series = Array.from({ length }, (_, i) => start + slope * i);
      const truth = start + slope * (length - 1 + steps);

      const { predictions, specifications } = forecast(series, steps);

      assert.ok(Math.abs((predictions.at(-1)?.value ?? 0) - truth) < 1e-6);
      for (const { error } of specifications) {
        if (error !== null) assert.ok(error < 1e-6);
      }
      const exact = drift.predict(series, steps);
      assert.equal(probabilityOf(exact, truth), 1);
      assert.equal(probabilityOf(exact, truth + 1), 0);
    },
  ));
});

Deno.test("intervals widen with the steps, and a short series is refused rather than guessed", () => {
  const series = [10, 14, 15, 21, 24, 25, 33, 34];
  const widths = [1, 4, 12].map((steps) => {
    const { low, high } = intervalOf(drift.predict(series, steps));
    return high - low;
  });

  assert.deepEqual(widths.toSorted((a, b) => a - b), widths);
  assert.throws(() => forecast([1, 2, 3], 1), /four values/);
  assert.equal(backtest(linearTrend, [1, 2, 3, 4], 3), null);
});
