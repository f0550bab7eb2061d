import { compareText } from "../query/compare_text.ts";
import type { Column } from "./column.ts";
import type { LooseColumn } from "./loose_column.ts";

/** The same rows in the order of their keys, those of one key in that of their entities. */
export function sealed(loose: LooseColumn): Column {
  const { table, length, texts } = loose;
  const pks = loose.pks.subarray(0, length);
  if (table === "name") return { table, pks: pks.slice().sort() };
  const places = orderOf(pks);
  if (table === "text") {
    const groups = grouped(places, texts);
    const keys = [...groups.keys()].sort(compareText);
    const { order, starts } = inTurn(length, keys, groups);
    return { table, keys, starts, pks: order.map((i) => pks[i] ?? 0) };
  }
  const numbers = loose.numbers.subarray(0, length);
  const groups = grouped(places, numbers);
  const { order } = inTurn(
    length,
    Float64Array.from(groups.keys()).sort(),
    groups,
  );
  const keys = Float64Array.from(order, (i) => numbers[i] ?? 0);
  const sorted = order.map((i) => pks[i] ?? 0);
  if (table === "number") return { table, pks: sorted, keys };
  const { bounds } = loose;
  const ordered = new Float64Array(4 * length);
  for (const [at, i] of order.entries()) {
    for (let side = 0; side < 4; side++) {
      ordered[4 * at + side] = bounds[4 * i + side] ?? 0;
    }
  }
  return { table, pks: sorted, keys, bounds: ordered };
}

/** The places of entities in their order; they mostly come in it. */
function orderOf(pks: Uint32Array): Uint32Array {
  const places = new Uint32Array(pks.length);
  let inOrder = true;
  for (let i = 0; i < pks.length; i++) {
    places[i] = i;
    if (i > 0 && (pks[i - 1] ?? 0) > (pks[i] ?? 0)) inOrder = false;
  }
  return inOrder
    ? places
    : places.sort((a, b) => (pks[a] ?? 0) - (pks[b] ?? 0) || a - b);
}

/** To sort what differs costs much less than to sort every row. */
function grouped<K>(
  places: Uint32Array,
  values: ArrayLike<K>,
): Map<K, number[]> {
  const groups = new Map<K, number[]>();
  for (const i of places) {
    const value = values[i] as K;
    const group = groups.get(value);
    if (group === undefined) groups.set(value, [i]);
    else group.push(i);
  }
  return groups;
}

/** The places of all groups, one after the other, and where each begins. */
function inTurn<K>(
  rows: number,
  keys: Iterable<K>,
  groups: ReadonlyMap<K, readonly number[]>,
): { order: Uint32Array; starts: Uint32Array } {
  const order = new Uint32Array(rows);
  const starts = new Uint32Array(groups.size);
  let end = 0;
  let at = 0;
  for (const key of keys) {
    const group = groups.get(key) ?? [];
    starts[at] = end;
    order.set(group, end);
    end += group.length;
    at += 1;
  }
  return { order, starts };
}
