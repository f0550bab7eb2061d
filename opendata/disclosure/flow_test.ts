import fc from "fast-check";
import assert from "node:assert/strict";
import type { Cell } from "./cell.ts";
import { protectLine } from "./flow.ts";
import { intervals } from "./line_intervals.ts";
import { secretRandom } from "./secret_random.ts";

const cell = (count: number, before?: readonly number[]): Cell => ({
  key: [],
  values: [count],
  threshold: 10,
  cap: undefined,
  ...(before && { before }),
});
const withheld = (cells: readonly Cell[], secret = "secret") =>
  [...protectLine(cells, secretRandom(secret))].sort();

Deno.test("protectLine() leaves no small cell to whoever knows which are small", () => {
  // 9 and 9 make 18: two numbers under ten that do so are told.
  assert.equal(withheld([cell(40), cell(9), cell(9), cell(50)]).length, 3);
  assert.deepEqual(withheld([cell(40), cell(8), cell(9), cell(50)]), [1, 2]);
});

Deno.test("protectLine() leaves no small cell to the two people of another", () => {
  // Whoever are the 2 know that the other is 9 of 11.
  assert.equal(withheld([cell(40), cell(2), cell(9), cell(50)]).length, 3);
  // 10 is not small, and 8 with 3 is known to nobody whole.
  assert.deepEqual(withheld([cell(40), cell(1), cell(9), cell(50)]).length, 3);
  assert.deepEqual(withheld([cell(40), cell(3), cell(8), cell(50)]), [1, 2]);
});

Deno.test("protectLine() withholds a step that all but a few took", () => {
  const sent = [cell(60), cell(30), cell(45), cell(80)];
  const opened = [
    cell(40, [60]),
    cell(27, [30]),
    cell(45, [45]),
    cell(20, [80]),
  ];

  assert.deepEqual(withheld(sent), []);
  const hidden = withheld(opened);
  assert.ok(hidden.includes(1));
  assert.equal(hidden.length, 2);
});

Deno.test("protectLine() gives no pattern that says which cell was small", () => {
  const partnersOf = (small: number) => {
    const cells = Array.from(
      { length: 12 },
      (_, at) => cell(at === small ? 4 : 50),
    );
    const seen = new Set<number | string>();
    for (let draw = 0; draw < 60; draw++) {
      const [...hidden] = withheld(cells, `${draw}`);
      assert.equal(hidden.length, 2);
      hidden.filter((at) => at !== small).forEach((at) => seen.add(at));
    }
    return seen;
  };

  assert.deepEqual(partnersOf(6), new Set([5, 7, 8, 9]));
  assert.ok(partnersOf(5).has(6) && partnersOf(9).has(6));
  assert.deepEqual(partnersOf(10), new Set([11]));
});

Deno.test("protectLine() leaves at least ten values to each withheld cell", () => {
  const counts = fc.array(fc.integer({ min: 0, max: 40 }), {
    minLength: 2,
    maxLength: 12,
  });
  fc.assert(fc.property(counts, fc.string(), (of, secret) => {
    const cells = of.map((count) => cell(count));
    const hidden = protectLine(cells, secretRandom(secret));
    if (hidden === "all") {
      // Then everybody together may still be shown, and nothing of the line.
      assert.ok(of.some((count) => count > 0 && count < 10));
      return;
    }
    const sum = [...hidden].reduce((all, at) => all + (of[at] ?? 0), 0);
    const told = intervals(
      sum,
      [...hidden].map(() => ({ low: 1, high: Infinity })),
    );
    assert.ok(told.every(({ low, high }) => high - low + 1 >= 10));
    of.forEach((count, at) =>
      assert.ok(hidden.has(at) || count === 0 || count >= 10)
    );
  }));
});
