import { Problem } from "@hiraku/kernel";
import { type Bounds, wilson } from "./intervals.ts";
import { at } from "./least_squares.ts";
import { quantile } from "./quantiles.ts";

export const GRADES = [1, 2, 3, 4, 5] as const;

/** Answers from 1 to 5 in one group. */
export interface Graded {
  readonly n: number;
  readonly mean: number;
  readonly deviation: number;
  readonly standardError: number;
  /** By Student's t. */
  readonly interval: Bounds;
  /** Share of 4 and 5, with Wilson's interval. */
  readonly top2: { readonly share: number } & Bounds;
}

/** Mean, its interval and the two best grades; `counts` stand from 1 to 5. */
export function graded(counts: readonly number[], level = 0.95): Graded {
  const n = counts.reduce((sum, one) => sum + one, 0);
  if (n < 2) throw new Problem("BadRequestData", "answer: fewer than two");
  const mean = counts.reduce((sum, one, i) => sum + one * (i + 1), 0) / n;
  const squares = counts.reduce(
    (sum, one, i) => sum + one * (i + 1 - mean) ** 2,
    0,
  );
  const deviation = Math.sqrt(squares / (n - 1));
  const standardError = deviation / Math.sqrt(n);
  const width = quantile((1 + level) / 2, n - 1) * standardError;
  const top = at(counts, 3) + at(counts, 4);
  return {
    n,
    mean,
    deviation,
    standardError,
    interval: { low: mean - width, high: mean + width },
    top2: { share: top / n, ...wilson(top, n, level) },
  };
}

/** A mean brought to a population's strata. */
export interface Weighted {
  readonly mean: number;
  readonly standardError: number;
  readonly interval: Bounds;
  /** Kish's: how many times more answers the weights cost. */
  readonly designEffect: number;
  readonly effectiveN: number;
  readonly weights: Readonly<Record<string, number>>;
}

/** Post-stratification: each stratum's answers stand for its share of the population. */
export function poststratified(
  strata: Readonly<Record<string, readonly number[]>>,
  population: Readonly<Record<string, number>>,
  level = 0.95,
): Weighted {
  const cells = Object.entries(strata).map(([name, counts]) => {
    const people = population[name];
    if (people === undefined) {
      throw new Problem(
        "BadRequestData",
        "population: a stratum of the answers is missing",
      );
    }
    const n = counts.reduce((sum, one) => sum + one, 0);
    const mean = counts.reduce((sum, one, i) => sum + one * (i + 1), 0) / n;
    const squares = counts.reduce(
      (sum, one, i) => sum + one * (i + 1 - mean) ** 2,
      0,
    );
    return { name, people, n, mean, spread: n < 2 ? null : squares / (n - 1) };
  });
  const empty = Object.keys(population).some((name) =>
    !cells.some((one) => one.name === name && one.n > 0)
  );
  if (empty || cells.some(({ n }) => n === 0)) {
    throw new Problem(
      "BadRequestData",
      "population: a stratum has no answers; join it with another",
    );
  }
  if (cells.every(({ spread }) => spread === null)) {
    throw new Problem(
      "BadRequestData",
      "stratum: none has two answers, which leaves no error",
    );
  }
  const all = cells.reduce((sum, { people }) => sum + people, 0);
  const answered = cells.reduce((sum, { n }) => sum + n, 0);
  const mean = cells.reduce((sum, one) => sum + one.people / all * one.mean, 0);
  // A stratum of one answer has no spread of its own and borrows the others'.
  const known = cells.filter(({ spread }) => spread !== null);
  const borrowed = known.reduce((sum, { spread }) => sum + (spread ?? 0), 0) /
    known.length;
  const variance = cells.reduce(
    (sum, { people, n, spread }) =>
      sum + (people / all) ** 2 * (spread ?? borrowed) / n,
    0,
  );
  const weights = cells.map(({ people, n }) => people / all * answered / n);
  const squares = cells.reduce(
    (sum, { n }, i) => sum + n * at(weights, i) ** 2,
    0,
  );
  const designEffect = squares / answered;
  const standardError = Math.sqrt(variance);
  const width = quantile((1 + level) / 2, answered - cells.length || 1) *
    standardError;
  return {
    mean,
    standardError,
    interval: { low: mean - width, high: mean + width },
    designEffect,
    effectiveN: answered / designEffect,
    weights: Object.fromEntries(
      cells.map(({ name }, i) => [name, at(weights, i)]),
    ),
  };
}
