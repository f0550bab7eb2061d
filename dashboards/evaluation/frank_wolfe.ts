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
  const aims = columns.map((one) => dot(one, target));
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
      const slope = at(pulls, j) - at(aims, j) + eta * at(weights, j);
      if (slope < least) [least, best] = [slope, j];
      along += slope * at(weights, j);
      size += at(weights, j) ** 2;
    }
    const column = at(columns, best);
    let change = 0;
    for (let i = 0; i < n; i++) {
      change += (at(column, i) - at(misses, i) - at(target, i)) ** 2;
    }
    const move = size - 2 * at(weights, best) + 1;
    const length = (along - least) / (change + eta * move);
    const part = move === 0 ? 0 : Math.min(1, Math.max(0, length));
    const product = at(products, best);
    for (let j = 0; j < count; j++) {
      weights[j] = (1 - part) * at(weights, j);
      pulls[j] = (1 - part) * at(pulls, j) + part * at(product, j);
    }
    weights[best] = at(weights, best) + part;
    for (let i = 0; i < n; i++) {
      const fitted = at(misses, i) + at(target, i);
      misses[i] = fitted + part * (at(column, i) - fitted) - at(target, i);
    }
    before = last;
    last = zeta ** 2 * dot(weights, weights) + dot(misses, misses) / n;
  }
  return [...weights];
}
