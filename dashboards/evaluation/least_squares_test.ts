import assert from "node:assert/strict";
import { leastSquares } from "./least_squares.ts";

Deno.test("leastSquares() refuses a column that others make up, and fits it alone", () => {
  const rows = [1, 2, 3, 4, 5].map((x) => [1, x, 3 - 2 * x]);
  const y = [2, 1, 4, 3, 6];

  assert.throws(
    () => leastSquares(rows, y, ["constant", "a", "b"], { field: "terms" }),
    /^Problem: terms: 'b' is a combination/,
  );
  assert.doesNotThrow(() =>
    leastSquares(rows.map(([one = 0, , b = 0]) => [one, b]), y, ["c", "b"])
  );
});
