import fc from "fast-check";
import assert from "node:assert/strict";
import { describe } from "./evaluate.ts";
import { localLevel } from "./local_level.ts";
import {
  bestSmoothing,
  carriedOn,
  etsLevel,
  holtWinters,
} from "./smoothing.ts";
import { readTable } from "./table.ts";

const SMOOTHING = { alpha: 0.3, beta: 0.1, gamma: 0.4 };

Deno.test("holtWinters carries a straight line with an exact season on, once its start is forgotten", () => {
  fc.assert(fc.property(
    fc.constantFrom("additive" as const, "multiplicative" as const),
    fc.integer({ min: 3, max: 8 }),
    fc.double({ min: 0.3, max: 0.5, noNaN: true }),
    (kind, period, alpha) => {
      const waves = Array.from(
        { length: period },
        (_, i) => Math.sin(2 * Math.PI * i / period),
      );
      const at = (t: number) => {
        const wave = waves[t % period] ?? 0;
        return kind === "additive"
          ? 200 + 2 * t + 5 * wave
          : 200 + 0 * t + wave;
      };
      const series = Array.from({ length: 40 * period }, (_, t) => at(t));
      const found = holtWinters(series, period, kind, { ...SMOOTHING, alpha });

      for (const step of [1, period, period + 2]) {
        const off = carriedOn(found, kind, step) - at(series.length - 1 + step);
        assert.ok(Math.abs(off) < 0.1, `${off}`);
      }
    },
  ));
});

Deno.test("localLevel and etsLevel follow a step and hold a level that only shakes", () => {
  const shake = (i: number) => ((i * 7_919) % 101) / 50 - 1;
  const still = Array.from({ length: 80 }, (_, i) => 100 + shake(i));
  const moved = Array.from(
    { length: 80 },
    (_, i) => 100 + (i > 40 ? 50 : 0) + shake(i),
  );

  assert.ok(localLevel(still).step < 0.01 * localLevel(still).observation);
  assert.ok(localLevel(moved).step > localLevel(still).step);
  assert.ok(Math.abs(etsLevel(moved).level - 150) < 2);
  assert.ok(bestSmoothing(still) < bestSmoothing(moved));
});

Deno.test("describe forecast widens with the steps and takes rows in any order", () => {
  const rows = [3, 1, 4, 2, 6, 5].map((t) => `${t},${10 * t + t % 2}`);
  const spec = {
    outcome: "n",
    time: "t",
    steps: 4,
    model: { kind: "local-level" },
  };
  const made = describe(
    "forecast",
    readTable(["t,n", ...rows].join("\n")),
    spec,
  );
  const sorted = describe(
    "forecast",
    readTable(["t,n", ...rows.toSorted()].join("\n")),
    spec,
  );
  const predictions = made?.details["predictions"] as {
    low: number;
    high: number;
  }[];
  const widths = predictions.map(({ low, high }) => high - low);

  assert.deepEqual(made, sorted);
  assert.deepEqual(widths.toSorted((a, b) => a - b), widths);
  assert.throws(
    () =>
      describe("forecast", readTable("t,n\n1,0\n2,4\n3,5\n4,1\n5,3"), {
        ...spec,
        model: {
          kind: "holt-winters",
          season: "multiplicative",
          period: 2,
          ...SMOOTHING,
        },
      }),
    /^Problem: model\.season: multiplicative needs values above nought/,
  );
});
