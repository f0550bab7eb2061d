import { at } from "./least_squares.ts";
import { twoSided } from "./quantiles.ts";

/**
 * Mann and Whitney's test of counted answers: W of the first group with half a
 * point a tie, p by the normal with ties and without continuity correction (R's
 * `wilcox.test(exact = FALSE, correct = FALSE)`).
 */
export function mannWhitney(
  first: readonly number[],
  second: readonly number[],
): { statistic: number; pValue: number } {
  const size = (counts: readonly number[]) =>
    counts.reduce((sum, one) => sum + one, 0);
  const [m, n] = [size(first), size(second)];
  let below = 0;
  let [statistic, ties] = [0, 0];
  // Counts stand from the lowest answer to the highest.
  first.forEach((count, i) => {
    const other = at(second, i);
    statistic += count * (below + other / 2);
    below += other;
    const together = count + other;
    ties += together ** 3 - together;
  });
  const all = m + n;
  const variance = m * n / 12 * (all + 1 - ties / (all * (all - 1)));
  const off = statistic - m * n / 2;
  const z = off / Math.sqrt(variance);
  return {
    statistic,
    pValue: variance === 0 ? 1 : twoSided(z, null),
  };
}
