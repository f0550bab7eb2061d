/** Rows in the order of their keys, and which rows they are. */
export interface Run {
  readonly keys: Float64Array;
  readonly rows: Uint32Array;
}

/** So many rows take less than a millisecond. */
const A_WHILE = 65_536;

/** One run out of several, two by two; it yields now and then, so that others get a turn. */
export function* mergeRuns(runs: readonly Run[]): Generator<void, Run> {
  const [first = EMPTY, second] = runs;
  if (second === undefined) return first;
  const fewer: Run[] = [];
  for (let i = 0; i < runs.length; i += 2) {
    const one = runs[i] ?? EMPTY;
    const other = runs[i + 1];
    fewer.push(other === undefined ? one : yield* mergeTwo(one, other));
  }
  return yield* mergeRuns(fewer);
}

const EMPTY: Run = { keys: new Float64Array(), rows: new Uint32Array() };

function* mergeTwo(one: Run, other: Run): Generator<void, Run> {
  const length = one.keys.length + other.keys.length;
  const merged = {
    keys: new Float64Array(length),
    rows: new Uint32Array(length),
  };
  let a = 0;
  for (let end = 0; end < length;) {
    const until = Math.min(length, end + A_WHILE);
    a = mergePart(one, other, merged, a, end, until);
    end = until;
    yield;
  }
  return merged;
}

/** Fills `merged` up to `until`; `a` rows of `one` are in it so far, and then as many as it answers. */
function mergePart(
  one: Run,
  other: Run,
  merged: Run,
  a: number,
  from: number,
  until: number,
): number {
  let b = from - a;
  for (let at = from; at < until; at++) {
    const left = one.keys[a];
    const right = other.keys[b];
    const takesLeft = right === undefined ||
      (left !== undefined && left <= right);
    if (takesLeft) {
      merged.keys[at] = left ?? 0;
      merged.rows[at] = one.rows[a] ?? 0;
      a += 1;
    } else {
      merged.keys[at] = right;
      merged.rows[at] = other.rows[b] ?? 0;
      b += 1;
    }
  }
  return a;
}
