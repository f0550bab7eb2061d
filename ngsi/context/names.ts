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
  /** Where the context can be read, for a Link header. */
  address(): Promise<string>;
  /** Short and unlike that of any other names of this process. */
  readonly key: string;
  /** The IRI of a term, a `prefix:name` or an IRI. Throws `BadRequestData` for anything else. */
  expand(name: string): string;
  /** The shortest name that expands to the IRI again. */
  compact(iri: string): string;
}

// CIM 009 4.6.2
const TERM = /^\p{L}[\p{L}\p{N}_]*$/u;

let made = 0;

export function namesOf(
  terms: ReadonlyMap<string, string>,
  reference: ContextReference,
  address: () => Promise<string> = () => Promise.resolve(String(reference)),
): Names {
  const all = new Map([...CORE_PREFIXES, ...terms, ...CORE_TERMS]);
  const shortest = new Map<string, string>();
  for (const [term, iri] of all) {
    const known = shortest.get(iri);
    if (
      TERM.test(term) && (known === undefined || term.length < known.length)
    ) {
      shortest.set(iri, term);
    }
  }

  function expand(name: string): string {
    const known = all.get(name);
    if (known !== undefined) return known;
    if (TERM.test(name)) return DEFAULT_VOCABULARY + name;
    const colon = name.indexOf(":");
    const prefix = colon < 0 ? undefined : all.get(name.slice(0, colon));
    if (prefix !== undefined && !name.startsWith("//", colon + 1)) {
      return prefix + name.slice(colon + 1);
    }
    if (colon > 0 && URL.canParse(name) && !/[\s<>"]/.test(name)) return name;
    throw new Problem("BadRequestData", "A name is neither a term nor an IRI");
  }

  function compact(iri: string): string {
    const term = shortest.get(iri);
    if (term !== undefined) return term;
    if (!iri.startsWith(DEFAULT_VOCABULARY)) return iri;
    const rest = iri.slice(DEFAULT_VOCABULARY.length);
    return TERM.test(rest) && !all.has(rest) ? rest : iri;
  }

  made += 1;
  return { reference, address, key: String(made), expand, compact };
}
