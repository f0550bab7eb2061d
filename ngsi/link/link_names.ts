import { type LinkMapping, Problem } from "@hiraku/kernel";
import {
  CORE_CONTEXT,
  CORE_TERMS,
  DEFAULT_VOCABULARY,
} from "../context/core_context.ts";
import { CORE_NAMES } from "../context/default_names.ts";
import { OPERATIONAL_TYPES } from "../context/hosted_context.ts";
import type { Names } from "../context/names.ts";
import { refusePersonType } from "../entity/no_persons.ts";

const CORE_IRIS = new Set(CORE_TERMS.values());

/** The context by which an outside broker is to be understood. */
export function outsideContext({ context }: LinkMapping): string {
  return context ?? CORE_CONTEXT;
}

/** The names with which the outside broker is told of ours. */
export function outwardNames(mapping: LinkMapping, ours: Names): Names {
  const theirs = new Map(
    pairsOf(mapping).map(([own, outside]) => [
      ours.expand(own),
      outside,
    ]),
  );
  const unmapped = (iri: string) =>
    iri.startsWith(DEFAULT_VOCABULARY) && mapping.context !== undefined
      ? iri
      : CORE_IRIS.has(iri) || iri.startsWith(DEFAULT_VOCABULARY)
      ? CORE_NAMES.compact(iri)
      : iri;
  return {
    ...CORE_NAMES,
    key: `${CORE_NAMES.key} outward`,
    compact: (iri) => theirs.get(iri) ?? unmapped(iri),
    compactWord: (iri) =>
      mapping.context === undefined ? CORE_NAMES.compactWord(iri) : iri,
  };
}

/** Names as the outside broker writes them; `theirs` are those of its context. */
export function inwardNames(
  mapping: LinkMapping,
  ours: Names,
  theirs: Names = CORE_NAMES,
): Names {
  const own = new Map(
    pairsOf(mapping).map(([name, outside]) => [
      theirs.expand(outside),
      ours.expand(name),
    ]),
  );
  return {
    ...theirs,
    key: `${theirs.key} inward`,
    expand(name) {
      const iri = theirs.expand(name);
      return own.get(iri) ?? iri;
    },
  };
}

/**
 * Throws `BadRequestData` when types or a mapping cannot be used: no names,
 * ambiguous, of persons, or of services that run.
 */
export function checkLinkNames(
  types: readonly string[],
  mapping: LinkMapping,
  ours: Names,
): void {
  if (types.length === 0) throw bad("types", "none");
  for (const type of types) {
    const iri = ours.expand(type);
    refusePersonType(iri);
    if (OPERATIONAL_TYPES.includes(iri)) {
      throw bad("types", "exact figures of running services stay here");
    }
  }
  const pairs = pairsOf(mapping);
  const own = pairs.map(([name]) => ours.expand(name));
  const outside = pairs.map(([, name]) => name);
  for (const all of [own, outside]) {
    if (new Set(all).size < all.length) throw bad("mapping", "ambiguous");
  }
  // Their terms are known by their own context only; without it by the core.
  if (mapping.context === undefined) outside.forEach(CORE_NAMES.expand);
  if (own.some((iri) => CORE_IRIS.has(iri))) {
    throw bad("mapping", "the standard's own names stay as they are");
  }
}

function pairsOf(
  { types, attributes }: LinkMapping,
): (readonly [string, string])[] {
  return [...Object.entries(types), ...Object.entries(attributes)];
}

function bad(field: string, what: string): Problem {
  return new Problem("BadRequestData", `Link: ${field}: ${what}`);
}
