const PAGE_BITS = 16;
const IN_PAGE = 0xffff;
const WORDS = 2 ** PAGE_BITS / 32;

/** A set of numbers of entities, a bit each, in pages that are there where they are needed. */
export class EntitySet {
  readonly #pages: (Uint32Array | undefined)[] = [];

  add(pk: number): void {
    const page = this.#pageFor(pk >>> PAGE_BITS);
    const word = (pk & IN_PAGE) >>> 5;
    page[word] = (page[word] ?? 0) | 1 << (pk & 31);
  }

  /** Adds all that are in `among`, or all there are without it. */
  addSome(pks: Uint32Array, from: number, to: number, among?: EntitySet): void {
    for (let i = from; i < to; i++) {
      const pk = pks[i] ?? 0;
      if (among === undefined || among.has(pk)) this.add(pk);
    }
  }

  copy(): EntitySet {
    const copy = new EntitySet();
    copy.union(this);
    return copy;
  }

  delete(pk: number): void {
    const page = this.#pages[pk >>> PAGE_BITS];
    const word = (pk & IN_PAGE) >>> 5;
    if (page !== undefined) page[word] = (page[word] ?? 0) & ~(1 << (pk & 31));
  }

  has(pk: number): boolean {
    const page = this.#pages[pk >>> PAGE_BITS];
    return page !== undefined &&
      ((page[(pk & IN_PAGE) >>> 5] ?? 0) >>> (pk & 31) & 1) === 1;
  }

  /** Adds what both of two others have. */
  addBoth(one: EntitySet, other: EntitySet): void {
    for (const [at, theirs] of one.#pages.entries()) {
      const also = other.#pages[at];
      if (theirs === undefined || also === undefined) continue;
      const own = this.#pageFor(at);
      for (let i = 0; i < WORDS; i++) {
        own[i] = (own[i] ?? 0) | (theirs[i] ?? 0) & (also[i] ?? 0);
      }
    }
  }

  union(other: EntitySet): void {
    this.addBoth(other, other);
  }

  intersect(other: EntitySet): void {
    for (const [at, own] of this.#pages.entries()) {
      if (own === undefined) continue;
      const theirs = other.#pages[at];
      if (theirs === undefined) this.#pages[at] = undefined;
      else {for (let i = 0; i < WORDS; i++) {
          own[i] = (own[i] ?? 0) & (theirs[i] ?? 0);
        }}
    }
  }

  subtract(other: EntitySet): void {
    for (const [at, own] of this.#pages.entries()) {
      const theirs = other.#pages[at];
      if (own === undefined || theirs === undefined) continue;
      for (let i = 0; i < WORDS; i++) {
        own[i] = (own[i] ?? 0) & ~(theirs[i] ?? 0);
      }
    }
  }

  get size(): number {
    let size = 0;
    for (const page of this.#pages) {
      if (page === undefined) continue;
      for (let i = 0; i < WORDS; i++) size += ones(page[i] ?? 0);
    }
    return size;
  }

  /** The first `most` from the one at position `skip`, in their order, above `after`. */
  slice(
    most: number,
    { skip = 0, after = -1 }: { skip?: number; after?: number } = {},
  ): number[] {
    const found: number[] = [];
    let left = skip;
    for (let at = (after + 1) >>> PAGE_BITS; at < this.#pages.length; at++) {
      const page = this.#pages[at];
      if (page === undefined) continue;
      const start = at === (after + 1) >>> PAGE_BITS
        ? (after + 1) & IN_PAGE
        : 0;
      for (let i = start >>> 5; i < WORDS; i++) {
        let word = page[i] ?? 0;
        if (i === start >>> 5) word &= -1 << (start & 31);
        if (word === 0) continue;
        const here = ones(word);
        if (here <= left) {
          left -= here;
          continue;
        }
        while (word !== 0) {
          const bit = 31 - Math.clz32(word & -word);
          word &= word - 1;
          if (left > 0) left -= 1;
          else if (found.length < most) {
            found.push(at * 2 ** PAGE_BITS + i * 32 + bit);
          }
        }
        if (found.length >= most) return found;
      }
    }
    return found;
  }

  #pageFor(at: number): Uint32Array {
    let page = this.#pages[at];
    if (page === undefined) {
      while (this.#pages.length < at) this.#pages.push(undefined);
      page = this.#pages[at] = new Uint32Array(WORDS);
    }
    return page;
  }
}

function ones(word: number): number {
  let n = word - (word >>> 1 & 0x55555555);
  n = (n & 0x33333333) + (n >>> 2 & 0x33333333);
  return Math.imul(n + (n >>> 4) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
