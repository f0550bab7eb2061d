/**
 * Values that a cell is known to be able to take. They only grow: what is
 * possible stays possible when more cells are withheld.
 */
export class Ranges {
  readonly #low = new Map<number, number>();
  readonly #high = new Map<number, number>();

  widen(cell: number, low: number, high: number): void {
    if (low > high) return;
    this.#low.set(cell, Math.min(low, this.#low.get(cell) ?? Infinity));
    this.#high.set(cell, Math.max(high, this.#high.get(cell) ?? -Infinity));
  }

  low(cell: number, other: number): number {
    return Math.min(other, this.#low.get(cell) ?? Infinity);
  }

  high(cell: number, other: number): number {
    return Math.max(other, this.#high.get(cell) ?? -Infinity);
  }
}
