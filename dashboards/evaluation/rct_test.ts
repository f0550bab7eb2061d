import fc from "fast-check";
import assert from "node:assert/strict";
import { describe, evaluate } from "./evaluate.ts";
import { minimumDetectable, neededFor, type Plan } from "./power.ts";
import { readTable } from "./table.ts";

const ARMS = readTable("arm,opened,sent\n1,330,1000\n0,270,1000\n");
const SHARES = {
  form: "shares",
  successes: "opened",
  trials: "sent",
  treated: "arm",
};

Deno.test("evaluate rct holds two arms against each other at level 1, and noise widens the interval", () => {
  const plain = evaluate("rct", ARMS, SHARES);
  const noisy = evaluate("rct", ARMS, {
    ...SHARES,
    disclosure: { noise: 20, rounding: 10 },
  });
  const width = ({ interval }: typeof plain) => interval.high - interval.low;

  assert.ok(Math.abs(plain.estimate - 0.06) < 1e-12);
  assert.equal(plain.evidence.level, "1");
  assert.equal(plain.evidence.word.ja, "効果");
  assert.ok(plain.pValue < 0.01);
  assert.ok(width(noisy) > 1.2 * width(plain));
  assert.equal(noisy.estimate, plain.estimate);
  assert.doesNotMatch(plain.errors, /noise/);
  assert.throws(
    () => evaluate("rct", ARMS, { ...SHARES, disclosure: { noise: -1 } }),
    /^Problem: disclosure\.noise: /,
  );
});

Deno.test("evaluate did of counts and survey shares carry noise and rounding too, as rounding alone is a twelfth of its square", () => {
  const cells = readTable(
    "x,n,g,p\n40,90,1,0\n60,90,1,1\n42,95,0,0\n44,95,0,1",
  );
  const spec = {
    form: "counts",
    successes: "x",
    trials: "n",
    treated: "g",
    post: "p",
  };
  const error = (disclosure?: object) =>
    evaluate("did", cells, { ...spec, ...(disclosure && { disclosure }) })
      .standardError;
  const rounded = error({ rounding: 10 });

  assert.ok(rounded > error());
  assert.ok(
    Math.abs(rounded - error({ noise: Math.sqrt(100 / 12) })) < 1e-12,
  );
  const share = (disclosure?: object) =>
    describe("survey", cells, {
      form: "share",
      successes: "x",
      trials: "n",
      ...(disclosure && { disclosure }),
    })?.interval;
  const [plain, noisy] = [share(), share({ noise: 10 })];
  assert.ok((noisy?.high ?? 0) > (plain?.high ?? 1));
  assert.ok((noisy?.low ?? 1) < (plain?.low ?? 0));
  assert.ok((noisy?.low ?? -1) >= 0);
});

Deno.test("evaluate rct assigns whole clusters, and refuses one that is cut", () => {
  const rows = Array.from(
    { length: 60 },
    (_, i) => [i % 6, Number(i % 6 < 3), i % 7 + (i % 6 < 3 ? 5 : 0)],
  );
  const table = readTable(
    ["district,arm,y", ...rows.map((row) => row.join(","))].join("\n"),
  );
  const spec = {
    form: "means",
    outcome: "y",
    treated: "arm",
    cluster: "district",
  };
  const made = evaluate("rct", table, spec);

  assert.ok(Math.abs(made.estimate - 5) < 1);
  assert.equal(made.clusters, 6);
  assert.deepEqual(made.details["randomisation"], {
    pValue: 2 / 20,
    draws: 20,
    exact: true,
  });
  assert.throws(
    () => evaluate("rct", table, { ...spec, cluster: "y" }),
    /^Problem: cluster: one is cut by treated/,
  );
});

Deno.test("neededFor undoes minimumDetectable, and clusters never make a test cheaper", () => {
  fc.assert(fc.property(
    fc.record({
      deviation: fc.double({ min: 0.01, max: 100, noNaN: true }),
      treatedShare: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
      level: fc.constantFrom(0.9, 0.95, 0.99),
      power: fc.double({ min: 0.5, max: 0.99, noNaN: true }),
      designEffect: fc.double({ min: 1, max: 20, noNaN: true }),
    }),
    fc.integer({ min: 10, max: 1_000_000 }),
    (plan: Plan, n) => {
      const effect = minimumDetectable(n, plan);

      const needed = neededFor(effect, plan);
      assert.ok(Math.abs(needed - n) <= 1, `${needed} for ${n}`);
      assert.ok(minimumDetectable(n, { ...plan, designEffect: 1 }) <= effect);
    },
  ));
  // Half treated, deviation 1, 95 % and 80 %: (1.96 + 0.84)² · 4 / 0.2² = 785.
  const plan = {
    deviation: 1,
    treatedShare: 0.5,
    level: 0.95,
    power: 0.8,
    designEffect: 1,
  };
  assert.equal(neededFor(0.2, plan), 785);
});

Deno.test("describe power reads deviation and clusters from the past, and never calls it an effect", () => {
  const rows = Array.from(
    { length: 40 },
    (_, i) => `${i % 4},${i % 4 * 10 + i % 3}`,
  );
  const table = readTable(["district,y", ...rows].join("\n"));
  const alone = describe("power", table, { outcome: "y" });
  const whole = describe("power", table, {
    outcome: "y",
    cluster: "district",
    effect: 5,
  });

  assert.ok((whole?.estimate ?? 0) > 2 * (alone?.estimate ?? 0));
  assert.ok(Number(whole?.details["intraclassCorrelation"]) > 0.9);
  assert.ok(Number(whole?.details["neededForEffect"]) > 40);
  assert.equal("evidence" in (whole ?? {}), false);
  assert.throws(
    () => describe("power", table, { outcome: "y", binary: true }),
    /^Problem: outcome: holds other than 0 and 1/,
  );
});
