import fc from "fast-check";
import assert from "node:assert/strict";
import { mergeRuns, type Run } from "./merge_runs.ts";

function merged(runs: readonly Run[]): Run {
  const work = mergeRuns(runs);
  while (true) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

Deno.test("mergeRuns() has every row once, in the order of keys, and equal ones in the order of their runs", () => {
  const lists = fc.array(fc.array(fc.integer({ min: 0, max: 9 })));
  fc.assert(fc.property(lists, (all) => {
    let row = 0;
    const runs = all.map((list) => ({
      keys: Float64Array.from(list).sort(),
      rows: Uint32Array.from(list, () => row++),
    }));
    const wanted = runs.flatMap(({ keys, rows }) =>
      Array.from(keys, (key, i) => [key, rows[i]])
    ).toSorted(([a = 0], [b = 0]) => a - b);

    const { keys, rows } = merged(runs);

    assert.deepEqual(Array.from(keys, (key, i) => [key, rows[i]]), wanted);
    assert.equal(rows.length, row);
  }));
});
