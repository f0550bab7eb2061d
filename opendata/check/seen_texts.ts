const SPREAD = 0x01000193;

/** FNV-1a over UTF-16 units; equal texts share it. */
export function textHash(text: string, seed = 0x811c9dc5): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), SPREAD);
  }
  return hash;
}

/**
 * The texts of a column and where each was first seen. A `Map` keeps its own
 * hash of every text and grows as it goes, which for a hundred thousand texts
 * costs more than all that is read from them.
 */
export class SeenTexts {
  readonly #slots: Int32Array;
  readonly #mask: number;
  readonly #texts: string[] = [];
  readonly #places: number[] = [];

  /** For so many texts at most. */
  constructor(most: number) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(2, most) * 2));
    this.#slots = new Int32Array(size);
    this.#mask = size - 1;
  }

  /** Where the text was first seen; notes it when it was not. */
  firstPlace(text: string, place: number): number | undefined {
    // The lowest bits of a product depend on few of the text's.
    const hash = textHash(text);
    let slot = (hash ^ hash >>> 15) & this.#mask;
    for (;;) {
      const known = (this.#slots[slot] ?? 0) - 1;
      if (known < 0) break;
      if (this.#texts[known] === text) return this.#places[known];
      slot = (slot + 1) & this.#mask;
    }
    this.#texts.push(text);
    this.#places.push(place);
    this.#slots[slot] = this.#texts.length;
    return undefined;
  }
}
