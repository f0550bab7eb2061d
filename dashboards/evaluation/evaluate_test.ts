import assert from "node:assert/strict";
import { evaluate } from "./evaluate.ts";
import { readTable } from "./table.ts";

function csv(columns: string, rows: readonly (readonly unknown[])[]): string {
  return [columns, ...rows.map((row) => row.join(","))].join("\n");
}

function near(actual: unknown, expected: number, tolerance = 1e-9): void {
  assert.ok(
    typeof actual === "number" && Math.abs(actual - expected) <= tolerance,
    `${actual} is not ${expected}`,
  );
}

/** Small disturbances that any machine repeats. */
function noise(i: number): number {
  return ((i * 7919) % 101) / 101 - 0.5;
}

const range = (n: number) => Array.from({ length: n }, (_, i) => i);

Deno.test("evaluate ols gives a slope that a reader can check by hand, and no word of effect without covariates", () => {
  const table = readTable("x,y\n1,1\n2,3\n3,2\n4,5\n5,4\n");
  const spec = {
    outcome: "y",
    terms: ["x"],
    estimate: "x",
    errors: { kind: "classical" },
  };
  const made = evaluate("ols", table, spec);

  // Sxx 10, Sxy 8, residual sum of squares 3.6.
  near(made.estimate, 0.8);
  near(made.standardError, Math.sqrt(3.6 / 3 / 10));
  near(made.interval.high - made.estimate, 3.182446305284263 * Math.sqrt(0.12));
  assert.equal(made.n, 5);
  assert.deepEqual(made.evidence, {
    level: "3",
    word: { ja: "変化", en: "change" },
  });
});

Deno.test("evaluate ols gives Newey-West without lags as HC0 and never the same with lags", () => {
  const table = readTable(
    csv("t,x,y", range(40).map((i) => [i, i % 7, 2 * (i % 7) + 5 * noise(i)])),
  );
  const error = (errors: unknown) =>
    evaluate("ols", table, {
      outcome: "y",
      terms: ["x"],
      estimate: "x",
      errors,
    }).standardError;
  const none = error({ kind: "newey-west", order: "t", lags: 0 });

  near(none, error({ kind: "HC0" }), 1e-12);
  assert.notEqual(error({ kind: "newey-west", order: "t", lags: 3 }), none);
  assert.throws(
    () => error({ kind: "newey-west", order: "x", lags: 1 }),
    /^Problem: errors\.order: the rows do not rise by 'x'/,
  );
});

Deno.test("evaluate did tests trends before and warns where they differ", () => {
  const rows = (drift: number) =>
    range(20).flatMap((unit) =>
      range(6).map((t) => {
        const treated = unit < 10 ? 1 : 0;
        const post = t >= 4 ? 1 : 0;
        return [
          unit,
          t,
          treated,
          post,
          10 + t + treated * (drift * t + 3 * post) + noise(unit * 6 + t),
          treated * post,
        ];
      })
    );
  const run = (drift: number, spec: Record<string, unknown>) =>
    evaluate(
      "did",
      readTable(csv("unit,t,treated,post,y,on", rows(drift))),
      { outcome: "y", ...spec },
    );
  const cells = {
    form: "two_by_two",
    treated: "treated",
    post: "post",
    period: "t",
    errors: { kind: "cluster", by: "unit" },
  };
  const panel = { form: "panel", unit: "unit", period: "t", treatment: "on" };

  for (const spec of [cells, panel]) {
    const calm = run(0, spec);
    near(calm.estimate, 3, 0.4);
    assert.equal(calm.clusters, 20);
    assert.equal(calm.assumptions[0]?.finding, "supported");
    assert.doesNotMatch(calm.warnings.join(), /speak against/);
    const drifting = run(2, spec);
    assert.equal(drifting.assumptions[0]?.finding, "contradicted");
    assert.match(drifting.warnings.join(), /speak against 'parallel trends'/);
  }
});

Deno.test("evaluate its separates level from slope and looks for a change before", () => {
  const table = readTable(csv(
    "month,n",
    range(48).map((t) => [
      t,
      100 + 2 * t + (t >= 24 ? 15 + 3 * (t - 24) : 0) +
      4 * Math.sin(2 * Math.PI * t / 12) + noise(t),
    ]),
  ));
  const spec = {
    outcome: "n",
    time: "month",
    interruption: 24,
    change: "level_and_slope",
    season: { period: 12, harmonics: 1 },
    errors: { kind: "newey-west", lags: 3 },
  };
  const made = evaluate("its", table, spec);

  near(made.estimate, 15, 0.5);
  near(
    (made.details["changeOfSlope"] as { estimate: number }).estimate,
    3,
    0.05,
  );
  assert.equal((made.details["specifications"] as unknown[]).length, 6);
  assert.equal(made.assumptions[1]?.finding, "supported");
  assert.throws(
    () => evaluate("its", table, { ...spec, interruption: 47 }),
    /interruption: fewer than three rows/,
  );
});

Deno.test("evaluate rd finds a jump between two lines exactly, on either treated side", () => {
  const lines = (bend: number) =>
    readTable(csv(
      "age,use",
      range(81).map((i) => {
        const x = i / 2 - 20;
        return [65 + x, x >= 0 ? 7 + 0.5 * x : 4 - 0.2 * x + bend * x * x];
      }),
    ));
  const spec = {
    outcome: "use",
    running: "age",
    cutoff: 65,
    bandwidth: 10,
    treated_side: "at_or_above",
  };

  near(evaluate("rd", lines(0), spec).estimate, 3, 1e-9);
  near(
    evaluate("rd", lines(0), { ...spec, treated_side: "below" }).estimate,
    -3,
    1e-9,
  );
  // Two weighted lines by hand: rows 0.5 to 9.5 below, weights 1 − |x| / 10.
  const below = range(19).map((i) => -(i + 1) / 2);
  const w = (x: number) => 1 - Math.abs(x) / 10;
  const sum = (of: (x: number) => number) =>
    below.reduce((total, x) => total + w(x) * of(x), 0);
  const y = (x: number) => 4 - 0.2 * x + 0.01 * x * x;
  const det = sum(() => 1) * sum((x) => x * x) - sum((x) => x) ** 2;
  const edge = (sum((x) => x * x) * sum(y) - sum((x) => x) *
      sum((x) => x * y(x))) / det;
  const bent = evaluate("rd", lines(0.01), spec);
  near(bent.estimate, 7 - edge, 1e-9);
  assert.equal(bent.n, 39);
  assert.throws(
    () => evaluate("rd", lines(0), { ...spec, bandwidth: 1 }),
    /bandwidth: fewer than three rows/,
  );
});

Deno.test("evaluate sc finds the mix and the gap, and never weighs the treated unit", () => {
  const shape = (unit: number, t: number) =>
    50 + 10 * Math.sin(unit + t * (1 + unit / 9)) + unit;
  const table = readTable(csv(
    "city;year;n".replaceAll(";", ","),
    range(12).flatMap((t) => [
      ...range(6).map((unit) => [`c${unit}`, t, shape(unit, t)]),
      ["x", t, 0.3 * shape(1, t) + 0.7 * shape(4, t) - (t >= 8 ? 5 : 0)],
    ]),
  ));
  const { estimate, details } = evaluate("sc", table, {
    outcome: "n",
    unit: "city",
    period: "year",
    treated: "x",
    from: 8,
  });
  const weights = details["weights"] as { unit: string; weight: number }[];

  near(estimate, -5, 1e-6);
  assert.deepEqual(weights.map(({ unit }) => unit).slice(0, 2), ["c4", "c1"]);
  near(weights[0]?.weight, 0.7, 1e-6);
  assert.ok(!weights.some(({ unit }) => unit === "x"));
});

Deno.test("evaluate did leaves trends open where too little lies before, and still answers", () => {
  const made = (rows: number[][], errors: unknown) =>
    evaluate("did", readTable(csv("t,g,p,y", rows)), {
      form: "two_by_two",
      outcome: "y",
      treated: "g",
      post: "p",
      period: "t",
      errors,
    });
  const rows = [[0, 0, 0, 1], [1, 1, 0, 2], [2, 0, 1, 2], [3, 1, 1, 5]];
  const more = rows.map(([t = 0, g = 0, p = 0, y = 0]) => [t + 4, g, p, y + 1]);
  const answer = made([...rows, ...more.slice(2)], { kind: "classical" });

  near(answer.estimate, 2);
  assert.equal(answer.assumptions[0]?.finding, "open");
  assert.doesNotMatch(answer.warnings.join(), /speak against/);
});
