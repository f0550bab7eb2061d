import assert from "node:assert/strict";
import { seededBytes } from "./_seeded_bytes.ts";
import {
  bernoulliExp,
  discreteGaussian,
  discreteLaplace,
  fraction,
  uniform,
} from "./sample.ts";

const DRAWS = 60_000;

/** Chi-square over degrees of freedom, as a distance in standard deviations (Wilson and Hilferty). */
function distance(
  draw: () => number,
  weight: (x: number) => number,
  reach: number,
): number {
  const values = Array.from({ length: 2 * reach + 1 }, (_, at) => at - reach);
  const all = Array.from({ length: 4_001 }, (_, at) => weight(at - 2_000))
    .reduce((sum, one) => sum + one, 0);
  const counts = new Map<number, number>();
  for (let i = 0; i < DRAWS; i++) {
    const x = draw();
    const key = Math.abs(x) > reach ? Infinity : x;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  let chi = 0;
  let seen = 0;
  for (const x of values) {
    const expected = DRAWS * weight(x) / all;
    chi += ((counts.get(x) ?? 0) - expected) ** 2 / expected;
    seen += expected;
  }
  const rest = DRAWS - seen;
  if (rest > 5) chi += ((counts.get(Infinity) ?? 0) - rest) ** 2 / rest;
  const freedom = values.length - (rest > 5 ? 0 : 1);
  const part = 2 / (9 * freedom);
  return ((chi / freedom) ** (1 / 3) - (1 - part)) / Math.sqrt(part);
}

/** A distance that chance reaches once in a million. */
const RARE = 4.75;
const laplace = (scale: number) => (x: number) =>
  Math.exp(-Math.abs(x) / scale);
const gauss = (variance: number) => (x: number) =>
  Math.exp(-x * x / 2 / variance);

Deno.test("discreteLaplace() and discreteGaussian() draw from their exact laws", () => {
  for (const scale of [1, 2, 10]) {
    const bytes = seededBytes(`laplace ${scale}`);
    const draw = () => Number(discreteLaplace(fraction(BigInt(scale)), bytes));
    assert.ok(distance(draw, laplace(scale), scale * 6) < RARE);
  }
  for (const variance of [1, 4, 100]) {
    const bytes = seededBytes(`gauss ${variance}`);
    const draw = () =>
      Number(discreteGaussian(fraction(BigInt(variance)), bytes));
    const reach = Math.round(3.2 * Math.sqrt(variance));
    assert.ok(distance(draw, gauss(variance), reach) < RARE);
  }
});

Deno.test("discreteGaussian() takes variances that are fractions", () => {
  const bytes = seededBytes("quarter");
  const draw = () => Number(discreteGaussian(fraction(1n, 4n), bytes));

  assert.ok(distance(draw, gauss(0.25), 1) < RARE);
  assert.equal(discreteGaussian(fraction(0n), bytes), 0n);
});

Deno.test("the test of laws notices noise that is not exact", () => {
  const bytes = seededBytes("mutants");
  const real = () => Number(uniform(1n << 40n, bytes)) / 2 ** 40;
  const rounded = () => {
    const u = real() - 0.5;
    return Math.round(-2 * Math.sign(u) * Math.log(1 - 2 * Math.abs(u)));
  };
  const twoZeros = () => {
    const x = Number(discreteLaplace(fraction(2n), bytes));
    return x === 0 || uniform(10n, bytes) > 0n ? x : 0;
  };
  const wrongScale = () => Number(discreteGaussian(fraction(2n), bytes));

  assert.ok(distance(rounded, laplace(2), 12) > RARE);
  assert.ok(distance(twoZeros, laplace(2), 12) > RARE);
  assert.ok(distance(wrongScale, gauss(4), 6) > RARE);
  assert.ok(!(distance(wrongScale, gauss(2), 4) > RARE));
});

Deno.test("uniform() and bernoulliExp() favour nothing, small or large", () => {
  const bytes = seededBytes("uniform");
  const counts = [0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < DRAWS; i++) {
    const at = Number(uniform(7n, bytes));
    counts[at] = (counts[at] ?? 0) + 1;
  }
  const large = 10n ** 30n + 7n;
  const drawn = Array.from({ length: 300 }, () => uniform(large, bytes));
  let hits = 0;
  for (let i = 0; i < DRAWS; i++) {
    if (bernoulliExp(fraction(3n, 2n), bytes)) hits += 1;
  }

  assert.ok(counts.every((one) => Math.abs(one - DRAWS / 7) < 5 * 90));
  assert.ok(drawn.every((one) => one >= 0n && one < large));
  assert.ok(drawn.filter((one) => one > large / 2n).length > 100);
  assert.ok(Math.abs(hits / DRAWS - Math.exp(-1.5)) < 5 * 0.0017);
});
