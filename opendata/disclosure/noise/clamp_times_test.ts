import fc from "fast-check";
import assert from "node:assert/strict";
import { clampTimes } from "./clamp_times.ts";

const rows = fc.array(
  fc.record({
    person: fc.constantFrom("a", "b", "c"),
    cell: fc.integer({ min: 0, max: 5 }),
    times: fc.integer({ min: 1, max: 1_000 }),
  }),
  { maxLength: 20 },
);
const totalOf = (
  all: readonly { person: string; times: number }[],
  person: string,
) =>
  all.filter((one) => one.person === person)
    .reduce((sum, { times }) => sum + times, 0);

Deno.test("clampTimes() keeps exactly the clamp of whoever has more, and everything of whoever has not", () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 30 }), (all, most) => {
      const kept = clampTimes(all, most, "key");

      for (const person of ["a", "b", "c"]) {
        const total = totalOf(all, person);
        assert.equal(totalOf(kept, person), Math.min(total, most));
        if (total > most) continue;
        assert.deepEqual(
          kept.filter((one) => one.person === person),
          all.filter((one) => one.person === person),
        );
      }
      assert.ok(
        kept.every(({ times }) => Number.isInteger(times) && times > 0),
      );
    }),
  );
  assert.throws(() => clampTimes([], 0, "key"), RangeError);
  assert.throws(
    () => clampTimes([{ person: "a", times: 0.5 }], 1, "key"),
    RangeError,
  );
});

Deno.test("clampTimes() keeps each cell's share on average, also of cells with a single time", () => {
  const keys = 4_000;
  let rare = 0;
  for (let at = 0; at < keys; at++) {
    const kept = clampTimes(
      [
        { person: "p", cell: "often", times: 99 },
        { person: "p", cell: "once", times: 1 },
      ],
      20,
      `key ${at}`,
    );
    rare += kept.find(({ cell }) => cell === "once")?.times ?? 0;
  }
  // A fifth of all times is kept; six standard deviations of a share.
  assert.ok(Math.abs(rare / keys - 0.2) < 6 * Math.sqrt(0.16 / keys));
});
