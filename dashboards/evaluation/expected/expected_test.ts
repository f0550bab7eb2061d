import assert from "node:assert/strict";
import { didChecks } from "./_did.ts";
import { forecastChecks } from "./_forecasts.ts";
import { evaluateFile, type Expected, present, textOf } from "./_reference.ts";
import { regressionChecks } from "./_regression.ts";
import { surveyChecks } from "./_surveys.ts";
import { syntheticChecks } from "./_synthetic.ts";

const CHECKS = [
  ...regressionChecks,
  ...didChecks,
  ...syntheticChecks,
  ...surveyChecks,
  ...forecastChecks,
];

/** Results that stand in words. */
const WORDED = ["placebo_rank_post_pre_mspe", "se_placebo"];
const ABOUT = /^(tolerance.*|published)$/;

const ignore = !await present();
const read = new Set<string>();

for (const { name, check } of CHECKS) {
  Deno.test({
    name: `expected.json: ${name}`,
    ignore,
    fn: () => check(watched(JSON.parse(textOf("expected.json"))), evaluateFile),
  });
}

Deno.test({
  name: "expected.json holds no result that no check above has read",
  ignore,
  fn: () => {
    const all = resultsOf(JSON.parse(textOf("expected.json")));

    assert.deepEqual(all.filter((path) => !read.has(path)), []);
    assert.ok(all.length > 200);
    assert.equal(read.has("longley_ols.tolerance"), false);
  },
});

/** The same value, noting every number and word that is looked at. */
function watched(value: Expected, path: readonly string[] = []): Expected {
  if (typeof value !== "object" || value === null) return value;
  return new Proxy(value, {
    get(of, key) {
      const found = Reflect.get(of, key);
      if (typeof key === "symbol" || typeof found === "function") return found;
      const own = [...path, key];
      if (typeof found !== "object") read.add(own.join("."));
      return watched(found, own);
    },
  });
}

/** Paths of the numbers that are results, and of results in words. */
function resultsOf(value: Expected, path: readonly string[] = []): string[] {
  const key = path.at(-1) ?? "";
  if (path.some((one) => ABOUT.test(one))) return [];
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([name, one]) =>
      resultsOf(one, [...path, name])
    );
  }
  return typeof value === "number" || WORDED.includes(key)
    ? [path.join(".")]
    : [];
}
