import fc from "fast-check";
import assert from "node:assert/strict";
import { intervalsOf } from "./intervals.ts";
import { Contradiction, holds, type Row, type System } from "./system.ts";

const asking = { stopwatch: () => 0, limit: 60, random: () => 0.5 };

/** Every whole solution, one after another. */
function* solutions(
  { lower, upper, rows }: System,
  head: readonly number[] = [],
): Generator<readonly number[]> {
  if (head.length === lower.length) {
    if (holds({ lower, upper, rows }, head)) yield head;
    return;
  }
  const at = head.length;
  for (let value = lower[at] ?? 0; value <= (upper[at] ?? 0); value++) {
    yield* solutions({ lower, upper, rows }, [...head, value]);
  }
}

const system = fc.record({
  upper: fc.array(fc.integer({ min: 0, max: 3 }), {
    minLength: 5,
    maxLength: 5,
  }),
  values: fc.array(fc.integer({ min: 0, max: 3 }), {
    minLength: 5,
    maxLength: 5,
  }),
  factors: fc.array(
    fc.array(fc.integer({ min: -1, max: 2 }), { minLength: 5, maxLength: 5 }),
    { minLength: 1, maxLength: 3 },
  ),
  slack: fc.integer({ min: 0, max: 1 }),
});

Deno.test("intervalsOf() tells what trying every whole solution tells", () => {
  fc.assert(
    fc.property(system, ({ upper, values, factors, slack }) => {
      const truth = values.map((value, at) => Math.min(value, upper[at] ?? 0));
      const rows = factors.map((row): Row => {
        const used = row.flatMap((factor, at) => factor === 0 ? [] : [at]);
        const sum = used.reduce(
          (all, at) => all + (row[at] ?? 0) * (truth[at] ?? 0),
          0,
        );
        return {
          columns: used,
          factors: used.map((at) => row[at] ?? 0),
          low: sum,
          high: sum + slack,
        };
      }).filter((row) => row.columns.length > 0);
      const whole: System = { lower: upper.map(() => 0), upper, rows };
      const all = [...solutions(whole)];

      for (
        const { columns, intervals, witnesses } of intervalsOf(whole, asking)
      ) {
        columns.forEach((column, at) => {
          const own = all.map((one) => one[column] ?? 0);
          const found = intervals[at];
          assert.equal(found?.low, Math.min(...own));
          assert.equal(found?.high, Math.max(...own));
          assert.ok(found?.exact);
          assert.equal(witnesses[found?.lowAt ?? -1]?.[at], found?.low);
          assert.equal(witnesses[found?.highAt ?? -1]?.[at], found?.high);
        });
      }
    }),
    { numRuns: 400 },
  );
});

Deno.test("intervalsOf() settles every end of a system whose vertices are no whole numbers", () => {
  const [part] = intervalsOf({
    lower: [0, 0, 0, 0, 0],
    upper: [1, 2, 1, 2, 2],
    rows: [
      { columns: [2, 4], factors: [-1, 1], low: 0, high: 1 },
      { columns: [1, 2], factors: [1, 1], low: 2, high: 3 },
      { columns: [0, 1, 2, 3, 4], factors: [2, -1, 2, -1, 2], low: 3, high: 4 },
    ],
  }, asking);

  assert.deepEqual(
    part?.intervals.map(({ low, high }) => [low, high]),
    [[0, 1], [1, 2], [1, 1], [0, 2], [1, 2]],
  );
  assert.ok(!part?.intervals.some((one) => !one.exact));
});

Deno.test("intervalsOf() says when nothing bounds an unknown and when nothing satisfies", () => {
  const open = intervalsOf({
    lower: [0, 0, 0],
    upper: [Infinity, Infinity, Infinity],
    rows: [
      { columns: [0, 1], factors: [1, -1], low: 2, high: 2 },
      { columns: [1, 2], factors: [1, 1], low: 1, high: Infinity },
    ],
  }, asking);

  assert.equal(open[0]?.intervals[0]?.low, 2);
  assert.equal(open[0]?.intervals[0]?.high, Infinity);
  assert.throws(
    () =>
      intervalsOf({
        lower: [0, 0],
        upper: [3, 3],
        rows: [{ columns: [0, 1], factors: [2, 2], low: 3, high: 3 }],
      }, asking),
    Contradiction,
  );
});

Deno.test("intervalsOf() calls nothing exact that it had no time to prove", () => {
  const grid = (at: number, step: number) =>
    [0, 1, 2].map((i) => at + i * step);
  const rows = [0, 1, 2].flatMap((i): Row[] => [
    { columns: grid(i * 3, 1), factors: [1, 1, 1], low: 9, high: 9 },
    { columns: grid(i, 3), factors: [1, 1, 1], low: 9, high: 9 },
  ]);
  const square = {
    lower: new Array<number>(9).fill(0),
    upper: new Array<number>(9).fill(100),
    rows,
  };

  const [hurried] = intervalsOf(square, { ...asking, limit: 0 });
  const [calm] = intervalsOf(square, asking);

  assert.ok(hurried?.intervals.every((one) => !one.exact));
  assert.deepEqual(
    calm?.intervals.map(({ low, high, exact }) => [low, high, exact]),
    rows.concat(rows).slice(0, 9).map(() => [0, 9, true]),
  );
});
