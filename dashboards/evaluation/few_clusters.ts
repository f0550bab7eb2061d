import { seeded, shuffled } from "./draws.ts";
import { at, dot, type Fit } from "./least_squares.ts";
import type { FewClusters } from "./spec.ts";

/** A p-value found by drawing, or by going through every possibility. */
export interface Drawn {
  readonly pValue: number;
  readonly draws: number;
  /** Whether every possibility was looked at, so that nothing was drawn. */
  readonly exact: boolean;
}

/** One coefficient as the bootstrap needs it. */
export interface Resampled {
  /** Row weights whose sum with an outcome is the coefficient. */
  readonly pull: readonly number[];
  /** Residuals of the model without the coefficient. */
  readonly restricted: readonly number[];
  /** What the whole model leaves of a vector. */
  readonly residuals: (vector: readonly number[]) => readonly number[];
  readonly clusters: readonly string[];
  /** The coefficient over its CR1 error. */
  readonly statistic: number;
  /** Small-sample factor of that error. */
  readonly factor: number;
}

const MOST_CLUSTERS_IN_FULL = 12;

/**
 * Wild cluster bootstrap of t with the null imposed and signs by cluster
 * (Cameron, Gelbach and Miller 2008); every pattern of signs where there are
 * twelve clusters or fewer.
 */
export function wildBootstrap(
  { pull, restricted, residuals, clusters, statistic, factor }: Resampled,
  { draws, seed }: FewClusters,
): Drawn {
  const names = [...new Set(clusters)];
  const rowsOf = names.map((name) =>
    clusters.flatMap((one, i) => one === name ? [i] : [])
  );
  const moves = rowsOf.map((rows) =>
    rows.reduce((sum, i) => sum + at(pull, i) * at(restricted, i), 0)
  );
  // Of each cluster's sign, what it adds to each cluster's score.
  const scores = rowsOf.map((rows) => {
    const own = new Array<number>(clusters.length).fill(0);
    for (const i of rows) own[i] = at(restricted, i);
    const left = residuals(own);
    return rowsOf.map((others) =>
      others.reduce((sum, i) => sum + at(pull, i) * at(left, i), 0)
    );
  });
  const count = names.length;
  const exact = count <= MOST_CLUSTERS_IN_FULL;
  const turns = exact ? 2 ** count : draws;
  const random = seeded(seed);
  const most = Math.abs(statistic) * (1 - 1e-12);
  let reached = 0;
  for (let turn = 0; turn < turns; turn++) {
    const signs = names.map((_, g) =>
      (exact ? turn >> g & 1 : random() < 0.5) ? 1 : -1
    );
    const sums = new Array<number>(count).fill(0);
    signs.forEach((sign, g) =>
      at(scores, g).forEach((value, h) => sums[h] = at(sums, h) + sign * value)
    );
    const error = Math.sqrt(factor * dot(sums, sums));
    if (Math.abs(dot(signs, moves)) >= most * error) reached += 1;
  }
  // Without any error there is no t to hold the draws against.
  const pValue = !Number.isFinite(statistic)
    ? NaN
    : exact
    ? reached / turns
    : (reached + 1) / (turns + 1);
  return { pValue, draws: turns, exact };
}

/** A coefficient of a plain regression for the bootstrap. */
export function resampledOls(
  fit: Fit,
  place: number,
  clusters: readonly string[],
  statistic: number,
): Resampled {
  const { design, pulls, inverse, coefficients, residuals, n, k } = fit;
  const pull = pulls.map((row) => at(row, place));
  // Leaving the coefficient out moves the fit along its own direction alone.
  const share = at(coefficients, place) / at(at(inverse, place), place);
  const count = new Set(clusters).size;
  return {
    pull,
    restricted: residuals.map((one, i) => one + share * at(pull, i)),
    residuals: (vector) => {
      const fitted = coefficients.map((_, j) =>
        vector.reduce((sum, one, i) => sum + one * at(at(pulls, i), j), 0)
      );
      return vector.map((one, i) => one - dot(at(design, i), fitted));
    },
    clusters,
    statistic,
    factor: count / (count - 1) * (n - 1) / (n - k),
  };
}

const MOST_ASSIGNMENTS = 5_000;

/**
 * Randomisation inference: how often another assignment of what the clusters
 * got would have moved the statistic as far (Fisher's sharp null). `statistic`
 * is of an assignment, in the order of `given`.
 */
export function reassigned(
  given: readonly number[],
  statistic: (assignment: readonly number[]) => number,
  { draws, seed }: FewClusters,
): Drawn {
  const most = Math.abs(statistic(given)) * (1 - 1e-12);
  const reaches = (one: readonly number[]) => Math.abs(statistic(one)) >= most;
  const values = new Set(given);
  const [first = 0] = values;
  const chosen = given.filter((one) => one === first).length;
  if (
    values.size === 2 && combinations(given.length, chosen) <= MOST_ASSIGNMENTS
  ) {
    const other = given.find((one) => one !== first) ?? 0;
    let [all, reached] = [0, 0];
    for (const places of choices(given.length, chosen)) {
      all += 1;
      const one = given.map((_, i) => places.has(i) ? first : other);
      if (reaches(one)) reached += 1;
    }
    return { pValue: reached / all, draws: all, exact: true };
  }
  const random = seeded(seed);
  let reached = 0;
  for (let turn = 0; turn < draws; turn++) {
    if (reaches(shuffled(given, random))) reached += 1;
  }
  return { pValue: (reached + 1) / (draws + 1), draws, exact: false };
}

function combinations(n: number, k: number): number {
  let all = 1;
  for (let i = 1; i <= Math.min(k, n - k); i++) all = all * (n - i + 1) / i;
  return all;
}

function* choices(n: number, k: number): Generator<Set<number>> {
  const places = Array.from({ length: k }, (_, i) => i);
  for (;;) {
    yield new Set(places);
    let last = k - 1;
    while (last >= 0 && places[last] === n - k + last) last -= 1;
    if (last < 0) return;
    let next = (places[last] ?? 0) + 1;
    for (; last < k; last++) places[last] = next++;
  }
}
