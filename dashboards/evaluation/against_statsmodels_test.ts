import assert from "node:assert/strict";
import { describe, evaluate } from "./evaluate.ts";
import { upperChiSquare, upperF } from "./quantiles.ts";
import { readTable } from "./table.ts";

// Expected figures are those of statsmodels 0.15.0 and scipy 1.17.1.

const noise = (i: number) => (i * 7919 % 97) / 97;
const range = (n: number) => Array.from({ length: n }, (_, i) => i);

function file(header: string, rows: readonly (readonly number[])[]) {
  return readTable([header, ...rows.map((row) => row.join(","))].join("\n"));
}

function digits(actual: number, expected: number, share: number): void {
  const off = Math.abs(actual - expected);
  assert.ok(off <= share * Math.abs(expected), `${actual} is not ${expected}`);
}

Deno.test("evaluate ols keeps the digits of robust errors where terms are nearly collinear", () => {
  const rows = range(40).map((i) => {
    const [a, b] = [noise(i), noise(3 * i + 5)];
    const y = 1000 + a + 2 * b + noise(5 * i + 2) * (1 + i % 3);
    return [y, a, b, a - b + noise(i * i + 1) / 65536];
  });
  const { estimate, standardError, pValue } = evaluate(
    "ols",
    file("y,a,b,c", rows),
    {
      outcome: "y",
      terms: ["a", "b", "c"],
      estimate: "a",
      errors: { kind: "HC0" },
    },
  );

  // In exact fractions, which statsmodels meets to eight digits.
  digits(estimate, 21105.77582068519, 1e-8);
  digits(standardError, 29426.02351950844, 1e-8);
  digits(pValue, 0.4778490082236174, 1e-7);
});

const PANEL = {
  form: "panel",
  outcome: "y",
  unit: "u",
  period: "t",
  treatment: "d",
};

Deno.test("evaluate did fits a panel whose units stay for three of sixty months, as with dummies", () => {
  const rows = range(116).flatMap((i) =>
    range(3).map((s) => {
      const t = Math.floor(i / 2) + s;
      const d = Number(i % 4 === 1 && s >= 1 + Math.floor(i / 2) % 2);
      return [i, t, d, 50 + i % 7 + 3 * noise(7 * i + s) + t / 5];
    })
  );
  const made = evaluate("did", file("u,t,d,y", rows), PANEL);

  digits(made.estimate, -0.00713426812298934, 1e-8);
  digits(made.standardError, 0.34118435440761974, 1e-8);
  digits(made.interval.high, 0.66868627, 1e-7);
  assert.equal(made.clusters, 116);
});

Deno.test("evaluate did counts no effect twice in a panel of parts, and loses no digit of billions", () => {
  const rows = range(12).flatMap((i) =>
    range(6).map((s) => {
      const late = i >= 6;
      const t = s + (late ? 10 : 0);
      const d = Number(i % 3 === 0 && s >= (late ? 4 : 3));
      const own = 2e9 + 1e6 * (i % 5) + 1e4 * t;
      return [i, t, d, own + 1e3 * noise(11 * i + 5 * s)];
    })
  ).filter((_, j) => j % 7 !== 3);
  const made = evaluate("did", file("u,t,d,y", rows), PANEL);

  digits(made.estimate, 228.72340428445023, 1e-7);
  digits(made.standardError, 156.7944258907381, 1e-7);
  digits(made.pValue, 0.17259104857862606, 1e-6);
});

Deno.test("upperF and upperChiSquare are never nought because a tail is small", () => {
  digits(upperF(900, 3, 60), 8.11022241630539e-50, 1e-9);
  digits(upperF(0.5, 3, 60), 0.6837037267074059, 1e-12);
  digits(upperChiSquare(300, 4), 1.083439491947837e-63, 1e-9);
  digits(upperChiSquare(3, 4), 0.5578254003710748, 1e-12);
  assert.deepEqual([upperF(0, 3, 60), upperChiSquare(0, 4)], [1, 1]);
});

Deno.test("describe forecast carries half-years on, two of which are no fewer than a line needs", () => {
  const series = [100, 81, 104, 88, 109, 85, 118, 96, 121, 97, 130, 99];
  const made = describe("forecast", file("t,n", [...series.entries()]), {
    outcome: "n",
    time: "t",
    steps: 5,
    model: {
      kind: "holt-winters",
      season: "additive",
      period: 2,
      alpha: 0.3,
      beta: 0.1,
      gamma: 0.5,
    },
  });

  digits(made?.estimate ?? NaN, 142.7803410494135, 1e-10);
  digits(made?.interval?.low ?? NaN, 130.19309049373967, 1e-10);
  digits(made?.interval?.high ?? NaN, 155.3675916050873, 1e-10);
});
