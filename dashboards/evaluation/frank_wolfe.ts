import { at, dot } from "./least_squares.ts";

/** How long weights are improved. */
interface Patience {
  readonly leastDecrease: number;
  readonly turns: number;
}

/**
 * Weights, none negative and one in sum, of the columns of `rows` that come
 * near to the last column, with a free constant and a penalty of `zeta`² on
 * their size. Frank and Wolfe's steps as the R package synthdid takes them: a
 * first round, small weights dropped, a second round.
 */
export function regularisedWeights(
  rows: readonly (readonly number[])[],
  zeta: number,
  leastDecrease: number,
): number[] {
  const centred = centredColumns(rows);
  const count = at(rows, 0).length - 1;
  const even = new Array<number>(count).fill(1 / count);
  const first = improved(centred, even, zeta, { leastDecrease, turns: 100 });
  const least = Math.max(...first) / 4;
  const kept = first.map((weight) => weight <= least ? 0 : weight);
  const sum = kept.reduce((all, one) => all + one, 0);
  return improved(centred, kept.map((weight) => weight / sum), zeta, {
    leastDecrease,
    turns: 10_000,
  });
}

function centredColumns(rows: readonly (readonly number[])[]): number[][] {
  const means = at(rows, 0).map((_, j) =>
    rows.reduce((sum, row) => sum + at(row, j), 0) / rows.length
  );
  return rows.map((row) => row.map((value, j) => value - at(means, j)));
}

/**
 * Steps over plain arrays: there are thousands, for every placebo again. The
 * gradient is carried along from step to step instead of computed anew.
 */
function improved(
  rows: readonly (readonly number[])[],
  start: readonly number[],
  zeta: number,
  { leastDecrease, turns }: Patience,
): number[] {
  const n = rows.length;
  const count = start.length;
  const eta = n * zeta ** 2;
  const columns = start.map((_, j) =>
    Float64Array.from(rows, (row) => at(row, j))
  );
  const target = Float64Array.from(rows, (row) => at(row, count));
  const products = columns.map((one) =>
    Float64Array.from(columns, (other) => dot(one, other))
  );
  const aims = Float64Array.from(columns, (one) => dot(one, target));
  const weights = Float64Array.from(start);
  const misses = target.map((value, i) =>
    columns.reduce((sum, one, j) => sum + at(weights, j) * at(one, i), -value)
  );
  const pulls = Float64Array.from(products, (one) => dot(one, weights));
  let [before, last] = [Infinity, Infinity];
  for (let turn = 0; turn < turns; turn++) {
    if (turn >= 2 && before - last <= leastDecrease ** 2) break;
    let best = 0;
    let [least, along, size] = [Infinity, 0, 0];
    for (let j = 0; j < count; j++) {
      const slope = (pulls[j] ?? 0) - (aims[j] ?? 0) + eta * (weights[j] ?? 0);
      if (slope < least) [least, best] = [slope, j];
      along += slope * (weights[j] ?? 0);
      size += (weights[j] ?? 0) ** 2;
    }
    const column = columns[best] ?? target;
    let change = 0;
    for (let i = 0; i < n; i++) {
      change += ((column[i] ?? 0) - (misses[i] ?? 0) - (target[i] ?? 0)) ** 2;
    }
    const move = size - 2 * (weights[best] ?? 0) + 1;
    const length = (along - least) / (change + eta * move);
    const part = move === 0 ? 0 : Math.min(1, Math.max(0, length));
    const product = products[best] ?? aims;
    for (let j = 0; j < count; j++) {
      weights[j] = (1 - part) * (weights[j] ?? 0);
      pulls[j] = (1 - part) * (pulls[j] ?? 0) + part * (product[j] ?? 0);
    }
    weights[best] = (weights[best] ?? 0) + part;
    for (let i = 0; i < n; i++) {
      const fitted = (misses[i] ?? 0) + (target[i] ?? 0);
      misses[i] = fitted + part * ((column[i] ?? 0) - fitted) -
        (target[i] ?? 0);
    }
    before = last;
    last = zeta ** 2 * dot(weights, weights) + dot(misses, misses) / n;
  }
  return [...weights];
}
