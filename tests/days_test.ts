import assert from "node:assert/strict";
import { simulateDays } from "./days.ts";

/** Numbers between 0 and 1, the same ones for the same seed. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

for (const seed of [1, 2]) {
  Deno.test(`simulated days ${seed}, late, doubled and out of order, end with the figures of all events at once`, async () => {
    const { standing, atOnce, landings, computed } = await simulateDays(
      20,
      seeded(seed),
    );

    assert.deepEqual(standing, atOnce);
    assert.ok(standing.length > 50);
    assert.ok(landings > 5);
    // Not everything was computed every time.
    assert.notEqual(computed, 0);
  });
}
