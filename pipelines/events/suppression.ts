/** The subjects that are erased or restricted, in memory that threads share. */
export interface Suppression {
  readonly size: number;
  has(subject: string): boolean;
  /** Handed to a thread, which opens it with `sharedSuppression()`. */
  readonly shared: SharedArrayBuffer;
}

/** Of every pseudonym the first 64 of its 128 bits, sorted. */
export function suppressionOf(subjects: readonly string[]): Suppression {
  const shared = new SharedArrayBuffer(subjects.length * 8);
  new BigUint64Array(shared).set(subjects.map(bitsOf));
  new BigUint64Array(shared).sort();
  return sharedSuppression(shared);
}

export function sharedSuppression(shared: SharedArrayBuffer): Suppression {
  const sorted = new BigUint64Array(shared);
  return {
    size: sorted.length,
    shared,
    has(subject) {
      if (sorted.length === 0) return false;
      const bits = bitsOf(subject);
      let low = 0;
      let high = sorted.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((sorted[middle] ?? 0n) < bits) low = middle + 1;
        else high = middle;
      }
      return sorted[low] === bits;
    },
  };
}

function bitsOf(subject: string): bigint {
  return BigInt(`0x${subject.slice(subject.indexOf("-") + 1).slice(0, 16)}`);
}
