import assert from "node:assert/strict";
import { file, noise } from "./_made_file.ts";
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

/** Numbers of an answer that are none, by their place. */
function unsound(value: unknown, place = ""): string[] {
  if (typeof value === "number") return Number.isFinite(value) ? [] : [place];
  return typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([name, one]) =>
      unsound(one, `${place}.${name}`)
    )
    : [];
}

Deno.test("evaluate refuses what cannot be estimated by the field, and answers with no number that is none", () => {
  const ols = { outcome: "y", terms: ["x"], estimate: "x" };
  const its = {
    outcome: "y",
    time: "x",
    interruption: 6,
    change: "level_with_trend",
    errors: { kind: "classical" },
  };
  const panel = { form: "panel", outcome: "y", unit: "u", period: "t" };
  const grades = { form: "grades", answer: "a", stratum: "g" };
  const shares = { successes: "s", trials: "n", treated: "d" };
  const same = file("y,x", 12, (i) => [5, i]);
  const donors = file("y,u,t", 50, (i) => [
    (i % 5 === 0 ? 3 : 2) + Math.floor(i / 5),
    "abcde"[i % 5] ?? "",
    Math.floor(i / 5),
  ]);
  const months = file("y,x", 12, (i) => [noise(i), `2025-${i + 1}`]);
  const of = { outcome: "y", unit: "u", period: "t", treated: "a", from: 5 };
  const refused: [string, string, unknown, RegExp][] = [
    ["ols", same, ols, /^outcome: is the same in every row$/],
    ["its", same, its, /^outcome: is the same/],
    ["sdid", donors, of, /^outcome: leaves no error/],
    ["sc", donors, of, /^outcome: leaves no error/],
    [
      "rct",
      "s,n,d\n0,9,0\n0,9,1",
      { form: "shares", ...shares },
      /^successes: /,
    ],
    ["its", months, its, /^time: column 'x' .* 24304 for April 2025$/],
    [
      "ols",
      months,
      { ...ols, where: [{ column: "x", at_least: 5 }] },
      /^where: column 'x' holds what is not a number/,
    ],
    [
      "did",
      file("y,d,m", 12, (i) => [noise(i), i % 2, `2025-0${i % 9 + 1}`]),
      {
        form: "two_by_two",
        outcome: "y",
        treated: "d",
        post: { column: "m", at_least: 5 },
      },
      /^post: column 'm' holds what is not a number/,
    ],
    [
      "did",
      file("y,u,t,d", 12, (i) => [noise(i), i % 4, `令和${i % 3}`, 1]),
      { ...panel, treatment: "d" },
      /^period: column 't' holds what is not a number$/,
    ],
    [
      "ols",
      file("y,x", 9, (i) => [noise(i), i === 3 ? "0x1F" : i]),
      ols,
      /^terms: /,
    ],
    [
      "its",
      file("y,x", 24, (i) => [noise(i), i]),
      { ...its, season: { period: 12, harmonics: 6 } },
      /^season\.harmonics: not below half/,
    ],
    [
      "survey",
      "s,n\n1.5,10",
      { form: "share", successes: "s", trials: "n" },
      /^successes: .*not a count$/,
    ],
    [
      "survey",
      "a,g\n3,x\n4,y\n5,y",
      { ...grades, population: { x: 9, y: 5, z: 4 } },
      /^population: a stratum has no answers/,
    ],
    [
      "survey",
      "a,g\n3,x\n4,y",
      { ...grades, population: { x: 9, y: 5 } },
      /^stratum: none has two answers/,
    ],
  ];
  for (const [design, text, spec, message] of refused) {
    const table = readTable(text);
    assert.throws(
      () => describe(design, table, spec) ?? evaluate(design, table, spec),
      { name: "Problem", message },
      `${design} ${message}`,
    );
  }

  const exact = evaluate(
    "ols",
    readTable(file("y,x", 9, (i) => [2 * i + 1, i])),
    ols,
  );
  assert.match(exact.warnings[0] ?? "", /fitted without error/);
  const counted = describe(
    "survey",
    readTable("a,g,c\n3,x,0\n3,y,5\n5,y,5\n4,z,9"),
    {
      form: "cross",
      answer: "a",
      by: ["g"],
      count: "c",
    },
  );
  assert.deepEqual(unsound(counted), []);
  // Line ends of any kind, a mark before the first name, and gaps that are told.
  const ends = ["\n", "\r\n", "\r"].map((end) =>
    evaluate(
      "ols",
      readTable(
        "\uFEFF" + file("y,x,m", 14, (i) => [noise(i), i, i < 2 ? "NA" : 7])
          .replaceAll("\n", end),
      ),
      { ...ols, where: [{ column: "m", at_least: 1 }] },
    )
  );
  assert.deepEqual(ends.map(({ n }) => n), [12, 12, 12]);
  assert.equal(new Set(ends.map(({ estimate }) => estimate)).size, 1);
  assert.match(ends[0]?.warnings[0] ?? "", /^2 rows lack a value/);
  assert.deepEqual(unsound(ends), []);
});
