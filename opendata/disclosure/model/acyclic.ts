/**
 * Whether tables, as sets of dimensions, can be taken apart one by one
 * (Graham's reduction). Then figures that agree on what tables share always
 * have people behind them, and nothing need be said of those (Vorob'ev).
 */
export function isAcyclic(tables: readonly (readonly number[])[]): boolean {
  let left = tables.map((dims) => new Set(dims));
  for (;;) {
    const uses = new Map<number, number>();
    for (const dim of left.flatMap((one) => [...one])) {
      uses.set(dim, (uses.get(dim) ?? 0) + 1);
    }
    const reduced = left.map((one) =>
      new Set([...one].filter((dim) => (uses.get(dim) ?? 0) > 1))
    );
    const kept = reduced.filter((one, at) =>
      !reduced.some((other, i) =>
        i !== at && one.isSubsetOf(other) && (!other.isSubsetOf(one) || i < at)
      )
    );
    const before = left.reduce((sum, one) => sum + one.size, left.length);
    left = kept;
    const after = left.reduce((sum, one) => sum + one.size, left.length);
    if (left.length <= 1) return true;
    if (after === before) return false;
  }
}
