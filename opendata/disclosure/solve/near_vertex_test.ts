import assert from "node:assert/strict";
import fc from "fast-check";
import { LinearModel } from "./linear_model.ts";
import { wholeNear } from "./near_vertex.ts";
import { holds, type System } from "./system.ts";

/** Three pairs of unknowns that sum to odd numbers: every vertex in the middle is half. */
const TRIANGLE: System = {
  lower: [0, 0, 0, 0],
  upper: [9, 9, 9, 9],
  rows: [
    { columns: [0, 1], factors: [1, 1], low: 0, high: 1 },
    { columns: [1, 2], factors: [1, 1], low: 0, high: 1 },
    { columns: [0, 2], factors: [1, 1], low: 0, high: 1 },
    { columns: [0, 1, 2, 3], factors: [1, 1, 1, 1], low: 5, high: 5 },
  ],
};

Deno.test("wholeNear() finds a whole solution beside a vertex of halves, and none where there is none", () => {
  const vertex = Float64Array.from([0.5, 0.5, 0.5, 3.5]);

  const four = wholeNear(TRIANGLE, vertex, 3, 4, 1);
  assert.ok(four !== undefined && holds(TRIANGLE, four));
  assert.equal(four[3], 4);
  // Of three pairs no two share a unit.
  assert.equal(wholeNear(TRIANGLE, vertex, 3, 3, 1), undefined);
});

Deno.test("wholeNear() gives whole solutions of the system alone, with the value asked for", () => {
  const table = fc.array(fc.nat(4), { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(
      table,
      table,
      fc.nat(11),
      fc.boolean(),
      (cells, costs, at, up) => {
        const lines = [
          ...[0, 1, 2].map((r) => [0, 1, 2, 3].map((c) => r * 4 + c)),
          ...[0, 1, 2, 3].map((c) => [0, 1, 2].map((r) => r * 4 + c)),
          // Two that cut across, so that vertices need not be whole.
          [0, 5, 10],
          [1, 6, 8, 11],
        ];
        const system: System = {
          lower: cells.map(() => 0),
          upper: cells.map(() => 20),
          rows: lines.map((columns) => {
            const sum = columns.reduce(
              (all, one) => all + (cells[one] ?? 0),
              0,
            );
            return {
              columns,
              factors: columns.map(() => 1),
              low: sum,
              high: sum,
            };
          }),
        };
        using model = new LinearModel(system, costs);
        const answer = model.minimise(5);
        assert.equal(answer.kind, "optimal");
        if (answer.kind !== "optimal") return;
        const { values } = answer.optimum;
        const value = (up ? Math.ceil : Math.floor)(values[at] ?? 0);
        const found = wholeNear(system, values, at, value, 5);

        if (found === undefined) return;
        assert.equal(found[at], value);
        assert.ok(holds(system, found), JSON.stringify([...found]));
      },
    ),
    { numRuns: 150 },
  );
});
