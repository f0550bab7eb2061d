import { CORE_CONTEXT } from "../context/core_context.ts";
import { type Names, namesOf } from "../context/names.ts";

/** What names stood for, without the context that said so. */
export type Terms = Readonly<Record<string, string>>;

const CORE = namesOf(
  { iris: new Map(), withCore: true },
  CORE_CONTEXT,
);

/** Names that write down what they were asked. */
export function recording(names: Names, terms: Record<string, string>): Names {
  return {
    ...names,
    expand(name) {
      const iri = names.expand(name);
      terms[name] = iri;
      return iri;
    },
  };
}

/** Names that know what was written down, the core terms and IRIs. */
export function recorded(terms: Terms): Names {
  return { ...CORE, expand: (name) => terms[name] ?? CORE.expand(name) };
}

/** Names in which core terms are short and all others are IRIs. */
export const IRIS: Names = CORE;

/** Writes the names of a list or selection otherwise, CIM 009 4.17 and 4.21. */
export function renamed(
  text: string,
  rename: (name: string) => string,
): string {
  return text.replaceAll(/[^(){}|,;\s]+/g, rename);
}
