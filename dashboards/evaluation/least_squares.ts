import { Problem } from "@hiraku/kernel";

/** A fit by least squares, with what its errors are computed from. */
export interface Fit {
  readonly coefficients: readonly number[];
  /** Weighted rows of the design, as they were fitted. */
  readonly design: readonly (readonly number[])[];
  /** Residuals of the weighted rows. */
  readonly residuals: readonly number[];
  /** What a residual of the row moves each coefficient by: (X'X)⁻¹ of its design. */
  readonly pulls: readonly (readonly number[])[];
  /** Diagonal of the hat matrix. */
  readonly leverages: readonly number[];
  /** (X'X)⁻¹ of the weighted design. */
  readonly inverse: readonly (readonly number[])[];
  readonly n: number;
  /** Coefficients, with those swept out before the fit. */
  readonly k: number;
  readonly residualSumOfSquares: number;
}

/** Relative size under which a column counts as a combination of others. */
const COLLINEAR = 1e-11;

/**
 * Least squares by Householder QR of columns scaled to length one; the normal
 * equations would lose half of the digits. Refuses columns that are
 * combinations of others, by the name given for them and the field they are of.
 */
export function leastSquares(
  rows: readonly (readonly number[])[],
  outcome: readonly number[],
  names: readonly string[],
  { field = "outcome", weights }: {
    readonly field?: string;
    readonly weights?: readonly number[];
  } = {},
): Fit {
  const n = rows.length;
  const k = names.length;
  if (n <= k) {
    throw new Problem(
      "BadRequestData",
      `outcome: ${n} rows are too few for ${k} coefficients`,
    );
  }
  const root = (i: number) => Math.sqrt(weights?.[i] ?? 1);
  const design = rows.map((row, i) => row.map((value) => value * root(i)));
  const y = outcome.map((value, i) => value * root(i));
  const columns = names.map((_, j) =>
    Float64Array.from(design, (row) => at(row, j))
  );
  const scales = columns.map((column) => Math.sqrt(dot(column, column)) || 1);
  columns.forEach((column, j) => {
    const scale = at(scales, j);
    for (let i = 0; i < n; i++) column[i] = at(column, i) / scale;
  });
  const { upper, effects } = triangularise(
    columns,
    Float64Array.from(y),
    names.map((name) => `${field}: '${name}'`),
  );

  const scaled = backSolve(upper, effects);
  const coefficients = scaled.map((value, j) => value / at(scales, j));
  const inverseUpper = invertUpper(upper).map((row, i) =>
    row.map((value) => value / at(scales, i))
  );
  const inverse = inverseUpper.map((a) => inverseUpper.map((b) => dot(a, b)));
  const residuals = design.map((row, i) => at(y, i) - dot(row, coefficients));
  const turned = design.map((row) => orthonormal(row, inverseUpper));
  return {
    coefficients,
    design,
    residuals,
    pulls: turned.map((row) => inverseUpper.map((line) => dot(line, row))),
    leverages: turned.map((row) => dot(row, row)),
    inverse,
    n,
    k,
    residualSumOfSquares: dot(residuals, residuals),
  };
}

/** x R⁻¹, the row of Q; its square is the row's own pull on its fitted value. */
function orthonormal(
  row: readonly number[],
  inverseUpper: readonly (readonly number[])[],
): number[] {
  return row.map((_, j) => {
    let part = 0;
    for (let i = 0; i <= j; i++) {
      part += at(row, i) * at(at(inverseUpper, i), j);
    }
    return part;
  });
}

function triangularise(
  columns: Float64Array[],
  y: Float64Array,
  names: readonly string[],
): { upper: number[][]; effects: number[] } {
  const n = y.length;
  const k = columns.length;
  const upper = names.map(() => new Array<number>(k).fill(0));
  for (let j = 0; j < k; j++) {
    const column = at(columns, j);
    const tail = column.subarray(j);
    const length = Math.sqrt(dot(tail, tail));
    if (!(length > COLLINEAR)) {
      throw new Problem(
        "BadRequestData",
        `${
          names[j]
        } is a combination of the columns before it, to eleven digits`,
      );
    }
    const pivot = at(column, j) > 0 ? -length : length;
    const mirror = Float64Array.from(tail);
    mirror[0] = at(mirror, 0) - pivot;
    const size = dot(mirror, mirror);
    for (const other of [...columns.slice(j), y]) {
      const part = other.subarray(j);
      const factor = 2 * dot(mirror, part) / size;
      for (let i = 0; i < n - j; i++) {
        part[i] = at(part, i) - factor * at(mirror, i);
      }
    }
    for (let l = j; l < k; l++) at(upper, j)[l] = at(at(columns, l), j);
  }
  return { upper, effects: Array.from(y.subarray(0, k)) };
}

function backSolve(upper: number[][], effects: number[]): number[] {
  const k = effects.length;
  const solution = new Array<number>(k).fill(0);
  for (let i = k - 1; i >= 0; i--) {
    let rest = at(effects, i);
    for (let j = i + 1; j < k; j++) {
      rest -= at(at(upper, i), j) * at(solution, j);
    }
    solution[i] = rest / at(at(upper, i), i);
  }
  return solution;
}

function invertUpper(upper: number[][]): number[][] {
  const columns = upper.map((_, j) =>
    backSolve(upper, upper.map((_, i) => i === j ? 1 : 0))
  );
  return upper.map((_, i) => columns.map((column) => at(column, i)));
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** The element that the caller knows to be there. */
export function at<T>(list: ArrayLike<T>, i: number): T {
  const value = list[i];
  if (value === undefined) throw new RangeError(`There is no element ${i}`);
  return value;
}
