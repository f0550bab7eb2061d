/** Every way to take one of each list, in order; one empty way of no lists. */
export function* combinations(
  lists: readonly (readonly number[])[],
  from = 0,
  head: readonly number[] = [],
): Generator<readonly number[]> {
  const list = lists[from];
  if (list === undefined) {
    yield head;
    return;
  }
  for (const one of list) yield* combinations(lists, from + 1, [...head, one]);
}
