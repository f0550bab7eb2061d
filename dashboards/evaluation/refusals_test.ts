import assert from "node:assert/strict";
import { describe, evaluate } from "./evaluate.ts";
import { readTable } from "./table.ts";

Deno.test("evaluate refuses a wrong specification by the field, and repeats no value of the file", () => {
  const table = readTable(
    "id,x,y,only\n1,1,1,0\n2,2,secret-name,0\n3,3,2,0\n4,5,3,1\n",
  );
  const ols = { outcome: "x", terms: ["id"], estimate: "id" };
  const refusals: [string, unknown, RegExp][] = [
    [
      "iv",
      {},
      /^design: one of did, its, sc, sdid, rd, ols, rct, survey, forecast, power$/,
    ],
    ["ols", 7, /^spec: /],
    ["ols", { ...ols, outcome: undefined }, /^outcome: /],
    ["ols", { ...ols, weights: "w" }, /^weights: not a field$/],
    ["ols", { ...ols, estimate: "z" }, /^estimate: not one of the terms$/],
    ["ols", { ...ols, terms: ["id", "z"] }, /^terms: the file has no column/],
    ["ols", { ...ols, outcome: "y" }, /^outcome: column 'y' holds what is not/],
    ["ols", { ...ols, level: 95 }, /^level: /],
    ["ols", { ...ols, errors: { kind: "HC9" } }, /^errors\.kind: /],
    ["ols", { ...ols, errors: { kind: "cluster" } }, /^errors\.by: /],
    ["ols", {
      outcome: "x",
      terms: ["only"],
      estimate: "only",
      errors: { kind: "HC3" },
    }, /^errors: HC3 is not defined where one row alone/],
    ["did", { form: "triple" }, /^form: /],
    ["did", {
      form: "two_by_two",
      outcome: "x",
      treated: "id",
      post: "id",
    }, /^treated: column 'id' holds other values than 0 and 1$/],
    ["its", {
      outcome: "x",
      time: "id",
      interruption: 2,
      change: "level",
    }, /^errors: /],
    ["rd", { outcome: "x", running: "id", cutoff: 2 }, /^bandwidth: /],
    ["forecast", { outcome: "x", time: "id", steps: 0 }, /^steps: /],
    ["forecast", {
      outcome: "x",
      time: "id",
      steps: 1,
      model: { kind: "arima" },
    }, /^model\.kind: /],
    ["forecast", {
      outcome: "only",
      time: "id",
      steps: 1,
      model: {
        kind: "holt-winters",
        season: "multiplicative",
        period: 2,
        alpha: 0.1,
        beta: 0,
        gamma: 2,
      },
    }, /^model\.gamma: /],
    ["power", { outcome: "y" }, /^outcome: column 'y' holds what is not/],
    ["rct", { form: "means", outcome: "x" }, /^treated: /],
    ["survey", { form: "share", successes: "x" }, /^trials: /],
    ["sdid", { outcome: "x", unit: "id", period: "x", from: 1 }, /^treated: /],
    ["sc", {
      outcome: "x",
      unit: "id",
      period: "x",
      treated: "9",
      from: 2,
    }, /^unit, period: /],
  ];
  for (const [design, spec, message] of refusals) {
    const run = () =>
      describe(design, table, spec) ?? evaluate(design, table, spec);
    assert.throws(run, (error: Error) => {
      assert.equal(error.name, "Problem");
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /secret/);
      return true;
    });
  }
});
