import { type Card, type Facet, FACETS, type Facets } from "./card.ts";
import { foldText } from "./fold_text.ts";
import { synonymsOf } from "./synonyms.ts";

export interface Sought {
  /** Words, all of which must be found; empty for everything. */
  readonly words?: string;
  readonly chosen?: Readonly<Partial<Record<Facet, readonly string[]>>>;
}

export interface Found {
  /** The best first; without words the newest. */
  readonly cards: readonly Card[];
  /** How many of what was found have each value. */
  readonly facets: Readonly<Record<Facet, ReadonlyMap<string, number>>>;
}

/** Finds datasets by words in Japanese or English, in any width or kana. */
export function search(
  cards: readonly Card[],
  { words = "", chosen = {} }: Sought,
): Found {
  const terms = foldText(words).split(" ").filter((one) => one !== "")
    .map((word) => termOf(synonymsOf(word)));
  const wanted = FACETS.flatMap((facet) => {
    const values = chosen[facet] ?? [];
    return values.length === 0 ? [] : [{ facet, values: new Set(values) }];
  });
  const sorted = newestFirst(cards);
  if (terms.length === 0 && wanted.length === 0) return everything(sorted);
  const narrowed = wanted.length === 0
    ? sorted
    : sorted.filter(({ facets }) =>
      wanted.every(({ facet, values }) =>
        facets[facet].some((value) => values.has(value))
      )
    );
  if (terms.length === 0) {
    return { cards: narrowed, facets: facetsOf(narrowed) };
  }
  const byScore = new Map<number, Card[]>();
  for (const card of narrowed) {
    const score = scoreOf(card, terms);
    if (score === 0) continue;
    const same = byScore.get(score);
    if (same === undefined) byScore.set(score, [card]);
    else same.push(card);
  }
  const found = [...byScore].sort(([a], [b]) => b - a)
    .flatMap(([, same]) => same);
  return { cards: found, facets: facetsOf(found) };
}

const newest = new WeakMap<readonly Card[], readonly Card[]>();

function newestFirst(cards: readonly Card[]): readonly Card[] {
  const known = newest.get(cards);
  if (known !== undefined) return known;
  const sorted = cards.toSorted((a, b) =>
    a.modified === b.modified
      ? (a.id < b.id ? -1 : 1)
      : a.modified < b.modified
      ? 1
      : -1
  );
  newest.set(cards, sorted);
  return sorted;
}

const all = new WeakMap<readonly Card[], Found>();

function everything(sorted: readonly Card[]): Found {
  const known = all.get(sorted);
  if (known !== undefined) return known;
  const found = { cards: sorted, facets: facetsOf(sorted) };
  all.set(sorted, found);
  return found;
}

/** How much a text says of a term: 2 for the word as written, 1 for one that stands for it. */
type Term = (text: string) => 0 | 1 | 2;

/** Texts that many cards share are looked through once. */
function termOf([word = "", ...others]: readonly string[]): Term {
  const known = new Map<string, 0 | 1 | 2>();
  return (text) => {
    let said = known.get(text);
    if (said === undefined) {
      said = text.includes(word)
        ? 2
        : others.some((one) => text.includes(one))
        ? 1
        : 0;
      known.set(text, said);
    }
    return said;
  };
}

const WEIGHTS = [10, 4, 1] as const;

/** 0 where a term is missing. */
function scoreOf({ searched }: Card, terms: readonly Term[]): number {
  let sum = 0;
  for (const term of terms) {
    let best = 0;
    for (const [at, weight] of WEIGHTS.entries()) {
      // What follows weighs less than what was found.
      if (best >= weight * 2) break;
      best = Math.max(best, weight * term(searched[at] ?? ""));
    }
    if (best === 0) return 0;
    sum += best;
  }
  return sum;
}

function facetsOf(cards: readonly Card[]): Found["facets"] {
  const alike = new Map<Facets, number>();
  for (const { facets } of cards) {
    alike.set(facets, (alike.get(facets) ?? 0) + 1);
  }
  const counts = Object.fromEntries(
    FACETS.map((facet) => [facet, new Map<string, number>()]),
  ) as Record<Facet, Map<string, number>>;
  for (const [facets, count] of alike) {
    for (const facet of FACETS) {
      for (const value of facets[facet]) {
        counts[facet].set(value, (counts[facet].get(value) ?? 0) + count);
      }
    }
  }
  return counts;
}
