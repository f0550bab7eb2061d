import assert from "node:assert/strict";
import { along, markLabels, monthTicks, steps } from "./scale.ts";
import { tilePlaces } from "./tile_places.ts";

Deno.test("steps() covers the highest value in few round steps from zero", () => {
  for (const highest of [0, 1, 7, 38, 999, 4_122, 51_421, 1_000_000]) {
    const ticks = steps(highest);

    assert.equal(ticks[0], 0);
    assert.ok((ticks.at(-1) ?? 0) >= highest);
    assert.equal(ticks.length > 6, false);
  }
});

Deno.test("monthTicks() labels first days inside the span only", () => {
  const ticks = monthTicks("2023-06-04", "2026-11-15");

  assert.deepEqual(ticks, ["2024-01-01", "2025-01-01", "2026-01-01"]);
  assert.equal(ticks.some((day) => day < "2023-06-04"), false);
});

Deno.test("along() places a single day without dividing by zero", () => {
  const alone = along("2026-11-01", "2026-11-01", "2026-11-01");

  assert.equal(alone, 0);
  assert.notEqual(along("2026-11-01", "2026-10-01", "2026-11-01"), 0);
});

Deno.test("tilePlaces() gives every district a tile of its own", () => {
  const districts = Array.from({ length: 36 }, (_, at) => ({
    position: at % 9 === 0
      ? undefined
      : [135 + (at * 7 % 11) / 10, 35 + (at * 5 % 13) / 10] as const,
  }));

  const places = tilePlaces(districts, 7);

  const taken = new Set(places.map(({ column, row }) => `${column}/${row}`));
  assert.equal(taken.size, 36);
  assert.equal(places.some(({ column }) => column < 0 || column > 6), false);
});

Deno.test("markLabels() numbers marks, and those too near to be read together", () => {
  assert.deepEqual(markLabels([0.1, 0.2]).map(({ text }) => text), ["1", "2"]);
  assert.deepEqual(markLabels([0.02, 0.04, 0.08, 0.5]), [
    { at: 0.05, text: "1–3" },
    { at: 0.5, text: "4" },
  ]);
  assert.deepEqual(markLabels([]), []);
});
