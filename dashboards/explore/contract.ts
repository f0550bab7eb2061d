/** A table of every combination of its codes, row by row, the last dimension fastest. */
export interface DenseTable {
  readonly dimensions: readonly {
    readonly name: string;
    readonly codes: readonly string[];
  }[];
  readonly values: ArrayLike<number>;
}

/** What is left of a table after the other dimensions were summed away. */
export interface Contracted {
  /** Codes of the dimensions that are left, in the order asked for. */
  readonly codes: readonly (readonly string[])[];
  readonly values: Float64Array;
  /** Cells of the table in each value. */
  readonly cells: number;
}

export type Selection = Readonly<Record<string, readonly string[]>>;

/**
 * Sums a table over every dimension but those of `by`, within a selection. One
 * dimension is summed away at a time, each step over a smaller table than the
 * one before; nothing is hashed.
 */
export function contract(
  table: DenseTable,
  by: readonly string[],
  at: Selection = {},
): Contracted {
  const { dimensions } = table;
  for (const name of [...by, ...Object.keys(at)]) {
    if (!dimensions.some((one) => one.name === name)) {
      throw new RangeError(`The table has no dimension '${name}'`);
    }
  }
  let values = table.values;
  let sizes = dimensions.map(({ codes }) => codes.length);
  let cells = 1;
  const names: string[] = [];
  const kept: (readonly string[])[] = [];
  // From the first dimension on: what is added up lies side by side.
  for (const { name, codes } of dimensions) {
    const d = names.length;
    const asked = at[name];
    const chosen = codes.flatMap((code, index) =>
      asked === undefined || asked.includes(code) ? [index] : []
    );
    const stays = by.includes(name);
    // A dimension of one value, chosen, leaves everything where it is.
    if (!stays && codes.length > 1 || chosen.length < codes.length) {
      values = along(values, sizes, d, chosen, !stays);
    }
    if (stays) {
      names.push(name);
      kept.push(chosen.map((index) => codes[index] ?? ""));
      sizes = sizes.with(d, chosen.length);
    } else {
      cells *= chosen.length;
      sizes = sizes.toSpliced(d, 1);
    }
  }
  return { ...ordered(names, by, kept, values), cells };
}

/** Keeps the chosen places of one dimension, or sums them into none. */
function along(
  values: ArrayLike<number>,
  sizes: readonly number[],
  d: number,
  chosen: readonly number[],
  sum: boolean,
): Float64Array {
  const own = sizes[d] ?? 1;
  const inner = sizes.slice(d + 1).reduce((product, one) => product * one, 1);
  const outer = sizes.slice(0, d).reduce((product, one) => product * one, 1);
  const width = sum ? 1 : chosen.length;
  const result = new Float64Array(outer * width * inner);
  for (let o = 0; o < outer; o++) {
    for (let c = 0; c < chosen.length; c++) {
      const from = (o * own + (chosen[c] ?? 0)) * inner;
      const to = (o * width + (sum ? 0 : c)) * inner;
      for (let i = 0; i < inner; i++) {
        result[to + i] = (result[to + i] ?? 0) + (values[from + i] ?? 0);
      }
    }
  }
  return result;
}

/** The same values with their dimensions in another order. */
function ordered(
  names: readonly string[],
  by: readonly string[],
  codes: readonly (readonly string[])[],
  values: ArrayLike<number>,
): Pick<Contracted, "codes" | "values"> {
  const order = by.map((name) => names.indexOf(name));
  const sizes = codes.map((one) => one.length);
  const strides = sizes.map((_, d) =>
    sizes.slice(d + 1).reduce((product, one) => product * one, 1)
  );
  const result = new Float64Array(values.length);
  const wanted = order.map((d) => sizes[d] ?? 1);
  for (let to = 0; to < result.length; to++) {
    let rest = to;
    let from = 0;
    for (let k = order.length - 1; k >= 0; k--) {
      const size = wanted[k] ?? 1;
      from += (rest % size) * (strides[order[k] ?? 0] ?? 1);
      rest = Math.floor(rest / size);
    }
    result[to] = values[from] ?? 0;
  }
  return { codes: order.map((d) => codes[d] ?? []), values: result };
}
