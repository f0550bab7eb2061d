import { Problem } from "@hiraku/kernel";
import { CORE_TERMS } from "../context/core_context.ts";
import type { Names } from "../context/names.ts";
import type { AttributeDraft } from "./attribute.ts";
import {
  attributeName,
  bad,
  type Deletion,
  isMembers,
  type Members,
  readAttribute,
  readAttributeFragment,
} from "./read_attribute.ts";
import { refusePersonId, refusePersonType } from "./no_persons.ts";
import { Iri } from "./value.ts";

/** An entity as sent, checked, its names expanded. */
export interface EntityDraft {
  readonly id: string;
  readonly types: readonly string[];
  readonly attributes: Readonly<Record<string, readonly AttributeDraft[]>>;
}

/** Changes to an entity as sent; an NGSI-LD Null has become a `Deletion`. */
export interface EntityFragment {
  readonly types: readonly string[];
  readonly attributes: Readonly<
    Record<string, readonly (AttributeDraft | Deletion)[]>
  >;
}

const NO_ATTRIBUTES = [
  "id",
  "type",
  "@context",
  "createdAt",
  "modifiedAt",
  "deletedAt",
];

const DEEPEST = 64;

// CIM 009 5.2.4
const GEOGRAPHIC = ["location", "observationSpace", "operationSpace"]
  .map((term) => CORE_TERMS.get(term));

/** Checks an entity, normalized or concise, CIM 009 4.5.1 and 5.5.4. Throws `BadRequestData`. */
export function readEntity(sent: unknown, names: Names): EntityDraft {
  const members = asMembers(sent);
  if (!("type" in members)) throw bad("type", "missing");
  const id = readId(members.id);
  refusePersonId(id);
  return {
    id,
    types: readTypes(members.type, names),
    attributes: readAttributes(members, names, readAttribute),
  };
}

/** Checks changes to an entity, CIM 009 5.4. Throws `BadRequestData`. */
export function readFragment(sent: unknown, names: Names): EntityFragment {
  const members = asMembers(sent);
  return {
    types: "type" in members ? readTypes(members.type, names) : [],
    attributes: readAttributes(members, names, readAttributeFragment),
  };
}

/** Checks an entity's id. Throws `BadRequestData`. */
export function readId(sent: unknown): string {
  const id = Iri.safeParse(sent);
  if (!id.success) throw bad("id", "not an IRI");
  return id.data;
}

function asMembers(sent: unknown): Members {
  if (!isMembers(sent)) throw bad("(whole)", "not an object");
  if (isDeeper(sent, DEEPEST)) throw bad("(whole)", "nested too deep");
  if ("scope" in sent) {
    throw new Problem("OperationNotSupported", "Member 'scope'");
  }
  return sent;
}

/** Looks no deeper than the limit, so that no input exhausts the stack. */
function isDeeper(sent: unknown, limit: number): boolean {
  if (typeof sent !== "object" || sent === null) return false;
  return limit === 0 ||
    Object.values(sent).some((inner) => isDeeper(inner, limit - 1));
}

function readTypes(sent: unknown, names: Names): string[] {
  const given = Array.isArray(sent) ? sent : [sent];
  if (given.length === 0) throw bad("type", "empty");
  const types = given.map((type) => {
    if (typeof type !== "string") throw bad("type", "not text");
    const iri = names.expand(type);
    refusePersonType(iri);
    return iri;
  });
  return [...new Set(types)];
}

function readAttributes<Read extends AttributeDraft | Deletion>(
  members: Members,
  names: Names,
  read: (name: string, value: unknown, names: Names) => Read[],
): Record<string, Read[]> {
  const attributes: Record<string, Read[]> = {};
  for (const [name, value] of Object.entries(members)) {
    if (NO_ATTRIBUTES.includes(name)) continue;
    const { iri, label } = attributeName(name, names);
    if (Object.hasOwn(attributes, iri)) throw bad(label, "named twice");
    const instances = read(label, value, names);
    if (GEOGRAPHIC.includes(iri) && !instances.every(isGeographic)) {
      throw bad(label, "not a GeoProperty");
    }
    attributes[iri] = instances;
  }
  return attributes;
}

function isGeographic(one: AttributeDraft | Deletion): boolean {
  return "deletes" in one || one.content.type === "GeoProperty";
}
