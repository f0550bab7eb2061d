import type { Card } from "./card.ts";
import { foldText } from "./fold_text.ts";
import { synonymsOf } from "./synonyms.ts";

/** By what a list can be narrowed. */
export const FACETS = [
  "city",
  "theme",
  "format",
  "standard",
  "licence",
  "cadence",
] as const;
export type Facet = (typeof FACETS)[number];

export interface Sought {
  /** Words, all of which must be found; empty for everything. */
  readonly words?: string;
  readonly chosen?: Readonly<Partial<Record<Facet, readonly string[]>>>;
}

export interface Found {
  /** The best first; without words the newest. */
  readonly cards: readonly Card[];
  /** How many of what was found have each value, were it chosen too. */
  readonly facets: Readonly<Record<Facet, ReadonlyMap<string, number>>>;
}

/** The values of a card by which it can be chosen. */
export function facetValues(card: Card, facet: Facet): readonly string[] {
  switch (facet) {
    case "city":
      return [card.municipality.code];
    case "theme":
      return [card.theme];
    case "format":
      return card.formats;
    case "standard":
      return card.standard === undefined ? [] : [card.standard.number];
    case "licence":
      return [card.licence];
    case "cadence":
      return [card.cadence];
  }
}

/** Finds datasets by words in Japanese or English, in any width or kana. */
export function search(
  cards: readonly Card[],
  { words = "", chosen = {} }: Sought,
): Found {
  const terms = foldText(words).split(" ").filter((one) => one !== "")
    .map(synonymsOf);
  const wanted = FACETS.flatMap((facet) => {
    const values = chosen[facet] ?? [];
    return values.length === 0 ? [] : [{ facet, values: new Set(values) }];
  });
  const scored: { card: Card; score: number }[] = [];
  for (const card of cards) {
    if (!wanted.every((one) => isChosen(card, one))) continue;
    const score = scoreOf(card, terms);
    if (score > 0) scored.push({ card, score });
  }
  scored.sort((a, b) =>
    b.score - a.score ||
    (a.card.modified < b.card.modified
      ? 1
      : a.card.modified > b.card.modified
      ? -1
      : a.card.id < b.card.id
      ? -1
      : 1)
  );
  const found = scored.map(({ card }) => card);
  return { cards: found, facets: facetsOf(found) };
}

function isChosen(
  card: Card,
  { facet, values }: { facet: Facet; values: ReadonlySet<string> },
): boolean {
  return facetValues(card, facet).some((value) => values.has(value));
}

const WEIGHTS = [10, 4, 1] as const;

/** 0 where a term is missing; a word as written weighs more than one that stands for it. */
function scoreOf(
  { searched }: Card,
  terms: readonly (readonly string[])[],
): number {
  let sum = 1;
  for (const [word = "", ...others] of terms) {
    let best = 0;
    WEIGHTS.forEach((weight, at) => {
      const text = searched[at] ?? "";
      if (text.includes(word)) best = Math.max(best, weight * 2);
      else if (others.some((one) => text.includes(one))) {
        best = Math.max(best, weight);
      }
    });
    if (best === 0) return 0;
    sum += best;
  }
  return sum;
}

function facetsOf(cards: readonly Card[]): Found["facets"] {
  const counts = Object.fromEntries(
    FACETS.map((facet) => [facet, new Map<string, number>()]),
  ) as Record<Facet, Map<string, number>>;
  for (const card of cards) {
    for (const facet of FACETS) {
      const counted = counts[facet];
      for (const value of facetValues(card, facet)) {
        counted.set(value, (counted.get(value) ?? 0) + 1);
      }
    }
  }
  return counts;
}
