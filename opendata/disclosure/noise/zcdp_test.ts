import assert from "node:assert/strict";
import { epsilonOf } from "./zcdp.ts";

// The first value is OpenDP's (rust/src/combinators/measure_cast/zCDP_to_approxDP).
Deno.test("epsilonOf() converts as OpenDP does", () => {
  assert.ok(Math.abs(epsilonOf(1 / 32, 1e-3) - 0.6880024554878086) < 1e-12);
  assert.ok(Math.abs(epsilonOf(0.24, 1e-6) - 3.4630) < 1e-4);
  assert.equal(epsilonOf(0, 1e-6), 0);
  assert.notEqual(epsilonOf(0.12, 1e-6), epsilonOf(0.24, 1e-6) / 2);
});
