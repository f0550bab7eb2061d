import { CORE_TERMS } from "../context/core_context.ts";
import type { Content } from "./attribute.ts";
import { isPlace } from "./place.ts";
import { bad, isMembers } from "./value.ts";

const PROOF = CORE_TERMS.get("ngsildproof");

/** Throws `BadRequestData` unless an entity's attribute of that name may have such a content. */
export function checkRole(iri: string, content: Content, label: string): void {
  if (isPlace(iri) && content.type !== "GeoProperty") {
    throw bad(label, "not a GeoProperty");
  }
  checkProof(iri, content, label);
}

/** The same for an attribute of an attribute. */
export function checkProof(iri: string, content: Content, label: string): void {
  if (iri !== PROOF) return;
  // CIM 009 4.5.2.2
  if (content.type !== "Property" || !isMembers(content.value)) {
    throw bad(label, "no proof");
  }
}
