import { CORE_TERMS } from "../context/core_context.ts";

// CIM 009 5.2.4
const PLACES: ReadonlySet<string | undefined> = new Set(
  ["location", "observationSpace", "operationSpace"]
    .map((term) => CORE_TERMS.get(term)),
);

/** Whether an attribute must be a GeoProperty. */
export function isPlace(iri: string): boolean {
  return PLACES.has(iri);
}
