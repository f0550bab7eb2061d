import assert from "node:assert/strict";
import { file, noise } from "./_made_file.ts";
import { describe, evaluate } from "./evaluate.ts";
import { readTable } from "./table.ts";

const answer = (design: string, text: string, spec: unknown) => {
  const table = readTable(text);
  return describe(design, table, spec) ?? evaluate(design, table, spec);
};

const OLS = { outcome: "y", terms: ["x"], estimate: "x" };
const MONTHS = file("y,x", 24, (i) => [noise(i), i]);
const SHARE = { successes: "s", trials: "n" };
const DID = { form: "two_by_two", outcome: "y", treated: "g", post: "p" };
const PANEL = {
  form: "panel",
  outcome: "y",
  unit: "u",
  period: "t",
  treatment: "d",
};

Deno.test("evaluate refuses by the field what would overflow, vanish or stand for no count", () => {
  const rows = (of: (i: number) => number) => file("y,x", 9, (i) => [of(i), i]);
  const refused: [string, string, unknown, RegExp][] = [
    ["ols", rows((i) => noise(i) * 1e200), OLS, /^outcome: .* too large/],
    ["ols", rows((i) => noise(i) * 1e-200), OLS, /^outcome: .* too small/],
    [
      "forecast",
      rows((i) => noise(i) * 1e300),
      { outcome: "y", time: "x", steps: 2, model: { kind: "drift" } },
      /^outcome: .* too large/,
    ],
    [
      "sc",
      file("y,u,t", 60, (i) => [noise(i) * 1e200, i % 5, Math.floor(i / 5)]),
      { outcome: "y", unit: "u", period: "t", treated: "0", from: 8 },
      /^outcome: .* too large/,
    ],
    ["ols", MONTHS, { ...OLS, level: 0.9999999999999999 }, /^level: /],
    [
      "ols",
      MONTHS,
      { ...OLS, predict: [{ x: 1e300 }] },
      /^spec: .*'details\.predictions\.0\.low'/,
    ],
    ["ols", MONTHS, { ...OLS, terms: ["x", "y"] }, /^terms: names the outcome/],
    [
      "ols",
      file("y,x,z", 9, (i) => [noise(i), i, 2 * i + 1]),
      { ...OLS, terms: ["x", "z"] },
      /^terms: 'z' is a combination/,
    ],
    [
      "ols",
      MONTHS,
      { ...OLS, where: [{ column: "x", at_least: 99 }] },
      /^outcome: 0 rows are too few/,
    ],
    [
      "rd",
      file("y,x", 40, (i) => [noise(i), Math.min(i, 20)]),
      {
        outcome: "y",
        running: "x",
        cutoff: 20,
        bandwidth: 9,
        treated_side: "below",
      },
      /^running: .* is a combination/,
    ],
    [
      "survey",
      "s,n\n-3,10\n8,10",
      { form: "share", ...SHARE },
      /^successes: not between/,
    ],
    [
      "survey",
      "s,n\n3,1e300",
      { form: "share", ...SHARE },
      /^trials: .* too large/,
    ],
    [
      "survey",
      "s,n\n3,1e20",
      { form: "share", ...SHARE },
      /^trials: .* not a count$/,
    ],
    [
      "rct",
      "s,n,g\n3,10,0\n30,10,1\n0,40,1",
      { form: "shares", ...SHARE, treated: "g" },
      /^successes: not between/,
    ],
    ["power", MONTHS, { outcome: "y", power: 1e-9 }, /^power: /],
    [
      "survey",
      "a,z\n3,x\n4,x\n5,y",
      {
        form: "grades",
        answer: "a",
        stratum: "z",
        population: { x: 1e308, y: 1e308 },
      },
      /^population\.x: /,
    ],
  ];
  for (const [design, text, spec, message] of refused) {
    assert.throws(
      () => answer(design, text, spec),
      { name: "Problem", message },
      `${design} ${message}`,
    );
  }
});

Deno.test("evaluate refuses clusters that leave no error, and says when a row alone fixes a coefficient", () => {
  const cells = file("y,g,p,c", 24, (i) => [
    noise(i),
    i % 2,
    Math.floor(i / 2) % 2,
    "ab"[i % 2] ?? "",
  ]);
  const errors = { kind: "cluster", by: "c" };
  const panel = file("y,u,t,d", 16, (i) => [
    noise(i),
    i % 2,
    Math.floor(i / 2),
    Number(i % 2 === 0 && i >= 8),
  ]);

  assert.throws(
    () => answer("did", cells, { ...DID, errors }),
    /^Problem: errors\.by: too few clusters to leave an error/,
  );
  assert.throws(
    () => answer("did", panel, PANEL),
    /^Problem: unit: too few clusters to leave an error/,
  );
  const plain = answer("did", cells, DID);
  assert.doesNotMatch(plain.warnings.join(), /alone fix|fitted without error/);
  const dummy = file("y,x", 9, (i) => [noise(i), Number(i === 3)]);
  assert.match(
    answer("ols", dummy, OLS).warnings.join(),
    /^1 rows alone fix a coefficient/,
  );
  // A slope may be small because its term is large.
  const yen = file("y,x", 30, (i) => [noise(i), 1e13 * noise(5 * i)]);
  assert.deepEqual(answer("ols", yen, OLS).warnings, []);
});

Deno.test("evaluate gives null, not a number that is none, where nothing differs", () => {
  const same = answer("survey", "a,g\n3,0\n2,0\n3,1\n1,1", {
    form: "grades",
    answer: "a",
    group: "g",
  });
  const { top2 } = same.details["groups"] as { top2: Record<string, unknown> };
  assert.deepEqual(top2, { chiSquare: 0, pValue: 1, difference: null });

  // Two others mix what the treated one was before, in more ways than one.
  const levels = [2, 1, 3, 0, 5];
  const flat = file("y,u,t", 60, (i) => {
    const t = Math.floor(i / 5);
    const after = t >= 8 ? noise(i) : 0;
    return [(levels[i % 5] ?? 0) + after, i % 5, t];
  });
  const { details, warnings } = answer("sc", flat, {
    outcome: "y",
    unit: "u",
    period: "t",
    treated: "0",
    from: 8,
  });
  assert.equal(details["ratio"], null);
  assert.match(warnings.join(), /more than one mix/);
  const line = answer("forecast", file("y,x", 9, (i) => [i, i]), {
    outcome: "y",
    time: "x",
    steps: 2,
    model: { kind: "holt", alpha: 0.5, beta: 0.3 },
  });
  assert.match(line.warnings.join(), /fitted without error/);
});
