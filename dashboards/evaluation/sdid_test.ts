import assert from "node:assert/strict";
import { evaluate } from "./evaluate.ts";
import { readTable } from "./table.ts";

Deno.test("evaluate sdid finds an effect beside trends of the units' own, and refuses units that are not there", () => {
  const rows = Array.from(
    { length: 12 },
    (_, unit) =>
      Array.from({ length: 14 }, (_, t) => {
        const wave = Math.sin(t / 2 + unit % 3);
        const value = 20 + 3 * unit + t * (1 + unit % 3) + wave +
          (unit < 2 && t >= 9 ? 7 : 0);
        return `u${unit},${t},${value}`;
      }),
  ).flat();
  const table = readTable(["unit,t,y", ...rows].join("\n"));
  const spec = {
    outcome: "y",
    unit: "unit",
    period: "t",
    treated: ["u0", "u1"],
    from: 9,
  };
  const made = evaluate("sdid", table, spec);
  const weights = made.details["weights"] as { unit: string; weight: number }[];

  assert.ok(Math.abs(made.estimate - 7) < 0.6, `${made.estimate}`);
  assert.ok(
    Math.abs(weights.reduce((sum, one) => sum + one.weight, 0) - 1) < 1e-9,
  );
  assert.ok(!weights.some(({ unit }) => spec.treated.includes(unit)));
  assert.ok(made.interval.low > 0);
  assert.throws(
    () => evaluate("sdid", table, { ...spec, treated: "x" }),
    /^Problem: treated: not among the units/,
  );
  assert.throws(
    () => evaluate("sdid", table, { ...spec, from: 1 }),
    /^Problem: from: fewer than two periods before/,
  );
});
