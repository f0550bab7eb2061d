import { Problem } from "@hiraku/kernel";
import {
  CORE_PREFIXES,
  CORE_TERMS,
  DEFAULT_VOCABULARY,
} from "./core_context.ts";

/** What an answer puts under `@context`. */
export type ContextReference =
  | string
  | Record<string, unknown>
  | readonly (string | Record<string, unknown>)[];

/** Terms as one request writes them and the IRIs they stand for, CIM 009 5.5.7. */
export interface Names {
  readonly reference: ContextReference;
  /** Whether the core context is named in it. */
  readonly withCore: boolean;
  /** Where the context can be read, for a Link header. */
  address(): Promise<string>;
  /** Short and unlike that of any other names of this process. */
  readonly key: string;
  /** The IRI of a term, a `prefix:name` or an IRI. Throws `BadRequestData` for anything else. */
  expand(name: string): string;
  /** The shortest name that expands to the IRI again. */
  compact(iri: string): string;
  /** The IRI of a value of a VocabProperty, which may be any text, CIM 009 4.5.20. */
  expandWord(word: string): string;
  /** The word that `expandWord` makes the IRI of again. */
  compactWord(iri: string): string;
}

/** What a `@context` says: terms, those that may be prefixes, and whether the core is in it. */
export interface Terms {
  readonly iris: ReadonlyMap<string, string>;
  readonly prefixes?: ReadonlySet<string>;
  readonly withCore?: boolean;
}

// CIM 009 4.6.2
const TERM = /^\p{L}[\p{L}\p{N}_]*$/u;

// What no IRI holds, and no name that can be seen.
const UNFIT = /[\s<>"\p{C}]/u;

let made = 0;

export function namesOf(
  { iris, prefixes = new Set(), withCore = false }: Terms,
  reference: ContextReference,
  address: () => Promise<string> = () => Promise.resolve(String(reference)),
): Names {
  const all = new Map([...iris, ...CORE_PREFIXES, ...CORE_TERMS]);
  const bases = new Map(
    [...prefixes, ...CORE_PREFIXES.keys()]
      .map((prefix) => [prefix, all.get(prefix) ?? ""]),
  );
  const shortest = new Map<string, string>();
  for (const [term, iri] of all) {
    const known = shortest.get(iri);
    if (
      TERM.test(term) && (known === undefined || term.length < known.length)
    ) {
      shortest.set(iri, term);
    }
  }

  // Entities that come together mostly have one type.
  let lastIri = "";

  function expand(name: string): string {
    const known = all.get(name);
    if (known !== undefined) return known;
    if (TERM.test(name)) return DEFAULT_VOCABULARY + name;
    if (name === lastIri) return name;
    const colon = name.indexOf(":");
    const base = colon < 0 ? undefined : bases.get(name.slice(0, colon));
    if (base !== undefined && !name.startsWith("//", colon + 1)) {
      return base + name.slice(colon + 1);
    }
    if (colon > 0 && URL.canParse(name) && !UNFIT.test(name)) {
      return lastIri = name;
    }
    throw new Problem("BadRequestData", "A name is neither a term nor an IRI");
  }

  function compact(iri: string): string {
    const term = shortest.get(iri);
    if (term !== undefined) return term;
    if (iri.startsWith(DEFAULT_VOCABULARY)) {
      const rest = iri.slice(DEFAULT_VOCABULARY.length);
      if (TERM.test(rest) && !all.has(rest)) return rest;
    }
    return prefixed(iri) ?? iri;
  }

  // JSON-LD 1.1 API 6.2.2: of all compact IRIs the shortest, then the least.
  function prefixed(iri: string): string | undefined {
    let best: string | undefined;
    for (const [prefix, base] of bases) {
      if (!iri.startsWith(base) || iri.length === base.length) continue;
      const rest = iri.slice(base.length);
      const candidate = `${prefix}:${rest}`;
      if (rest.startsWith("//") || all.has(candidate)) continue;
      const better = best === undefined || candidate.length < best.length ||
        candidate.length === best.length && candidate < best;
      if (better) best = candidate;
    }
    return best;
  }

  function expandWord(word: string): string {
    const known = all.get(word);
    if (known !== undefined) return known;
    return word.includes(":") && URL.canParse(word)
      ? expand(word.replaceAll(/[\s<>"]/g, encodeURIComponent))
      : DEFAULT_VOCABULARY + word;
  }

  function compactWord(iri: string): string {
    const rest = iri.startsWith(DEFAULT_VOCABULARY)
      ? iri.slice(DEFAULT_VOCABULARY.length)
      : "";
    return rest === "" || rest.includes(":") || all.has(rest)
      ? compact(iri)
      : rest;
  }

  made += 1;
  const key = String(made);
  const words = { expandWord, compactWord };
  return { reference, withCore, address, key, expand, compact, ...words };
}
