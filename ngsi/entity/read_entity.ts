import type { Names } from "../context/names.ts";
import type { AttributeDraft } from "./attribute.ts";
import { attributeName } from "./attribute_name.ts";
import { checkRole } from "./attribute_role.ts";
import { refusePersonId, refusePersonType } from "./no_persons.ts";
import {
  type Deletion,
  readAttribute,
  readAttributeFragment,
} from "./read_attribute.ts";
import { readScopes } from "./scope.ts";
import {
  bad,
  checkDateTime,
  checkIri,
  isMembers,
  type Members,
  NGSI_LD_NULL,
} from "./value.ts";

/** An entity as sent, checked, its names expanded. */
export interface EntityDraft {
  readonly id: string;
  readonly types: readonly string[];
  readonly scopes: readonly string[];
  readonly expiresAt?: string;
  readonly attributes: Readonly<Record<string, readonly AttributeDraft[]>>;
}

/** Changes to the members of an entity that are not attributes. */
export interface EntityChanges {
  /** Types to add. */
  readonly types: readonly string[];
  /** New scopes; an empty list asks for their deletion. */
  readonly scopes?: readonly string[];
  /** A new instant; the NGSI-LD Null asks for its deletion. */
  readonly expiresAt?: string;
}

/** Changes to an entity as sent; an NGSI-LD Null has become a `Deletion`. */
export interface EntityFragment extends EntityChanges {
  readonly attributes: Readonly<
    Record<string, readonly (AttributeDraft | Deletion)[]>
  >;
}

const NO_TYPES = ["id", "type", "@id", "@type"];

// CIM 009 5.2.2: times that are sent are ignored.
const NO_ATTRIBUTES: ReadonlySet<string> = new Set(
  "id type @context scope expiresAt createdAt modifiedAt deletedAt".split(" "),
);

/** Checks an entity, normalized or concise, CIM 009 4.5.1 and 5.5.4. Throws `BadRequestData`. */
export function readEntity(sent: unknown, names: Names): EntityDraft {
  const members = asMembers(sent);
  const { id, type, scope, expiresAt } = members;
  if (type === undefined) throw bad("type", "missing");
  const draft = {
    id: readId(id),
    types: readTypes(type, names),
    scopes: scope === undefined ? [] : readScopes(scope),
    attributes: readAttributes(members, names, readAttribute),
  };
  refusePersonId(draft.id);
  return expiresAt === undefined
    ? draft
    : { ...draft, expiresAt: checkDateTime(expiresAt, "expiresAt") };
}

/** Checks changes to an entity, CIM 009 5.4. Throws `BadRequestData`. */
export function readFragment(sent: unknown, names: Names): EntityFragment {
  const members = asMembers(sent);
  return {
    ...readChanges(members, names),
    attributes: readAttributes(members, names, readAttributeFragment),
  };
}

/** Checks what a fragment says besides attributes. */
export function readChanges(members: Members, names: Names): EntityChanges {
  const { type, scope, expiresAt } = members;
  return {
    types: type === undefined ? [] : readTypes(type, names),
    ...scope === undefined
      ? {}
      : { scopes: isNull(scope) ? [] : readScopes(scope) },
    ...expiresAt === undefined ? {} : {
      expiresAt: isNull(expiresAt)
        ? NGSI_LD_NULL
        : checkDateTime(expiresAt, "expiresAt"),
    },
  };
}

/** Checks an entity's id. Throws `BadRequestData`. */
export function readId(sent: unknown): string {
  return checkIri(sent, "id");
}

export function asMembers(sent: unknown): Members {
  if (!isMembers(sent)) throw bad("(whole)", "not an object");
  return "@id" in sent || "@type" in sent ? withoutKeywords(sent) : sent;
}

// CIM 009 4.4
function withoutKeywords(
  { "@id": id, "@type": type, ...members }: Members,
): Members {
  return {
    ...id === undefined ? {} : { id },
    ...type === undefined ? {} : { type },
    ...members,
  };
}

export function readTypes(sent: unknown, names: Names): string[] {
  if (!Array.isArray(sent)) return [readType(sent, names)];
  if (sent.length === 0) throw bad("type", "empty");
  return [...new Set(sent.map((type) => readType(type, names)))];
}

function readType(sent: unknown, names: Names): string {
  if (typeof sent !== "string") throw bad("type", "not text");
  if (NO_TYPES.includes(sent)) throw bad("type", "no name of a type");
  const iri = names.expand(sent);
  refusePersonType(sent);
  refusePersonType(iri);
  return iri;
}

/** The names of an entity's members that are attributes. */
export function attributeMembers(members: Members): string[] {
  return Object.keys(members).filter((name) => !NO_ATTRIBUTES.has(name));
}

function readAttributes<Read extends AttributeDraft | Deletion>(
  members: Members,
  names: Names,
  read: (name: string, value: unknown, names: Names) => Read[],
): Record<string, Read[]> {
  const attributes: Record<string, Read[]> = {};
  for (const name of attributeMembers(members)) {
    const { iri, label } = attributeName(name, names);
    if (attributes[iri] !== undefined) throw bad(label, "named twice");
    const instances = read(label, members[name], names);
    for (const one of instances) {
      if ("content" in one) checkRole(iri, one.content, label);
    }
    attributes[iri] = instances;
  }
  return attributes;
}

function isNull(sent: unknown): boolean {
  return sent === NGSI_LD_NULL ||
    Array.isArray(sent) && sent.length === 1 && sent[0] === NGSI_LD_NULL;
}
