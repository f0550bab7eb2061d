import type { Names } from "../context/names.ts";
import { refusePersonName } from "./no_persons.ts";
import { bad } from "./value.ts";

/** The IRI of an attribute and how messages call it. */
export interface AttributeName {
  readonly iri: string;
  readonly label: string;
}

/** What the broker itself says of an element; ignored where it is sent, CIM 009 5.2.2 to 5.2.7. */
export const OUTPUT_ONLY: ReadonlySet<string> = new Set(
  `createdAt modifiedAt deletedAt instanceId entity entityList lang previousValue
previousObject previousLanguageMap previousVocab previousJson previousValueList
previousObjectList`.trim().split(/\s+/),
);
// CIM 009 4.5.1: terms of the core context that are not attributes.
const NOT_AN_ATTRIBUTE = new Set(
  `id type scope datasetId observedAt expiresAt unitCode valueType objectType
dataset entityIdSealed entityTypeSealed @context @id @type`.trim().split(/\s+/),
);

/** A name that messages may repeat; another may be a name or number of a person. */
const ORDINARY = /^(?!(?:.*\d){5})[A-Za-z][\w:/#.-]{0,79}$/;

const REMEMBERED = 5000;
const LONGEST = 200;
const remembered = new WeakMap<Names, Map<string, AttributeName>>();

/** Throws `BadRequestData` for a name that no attribute may have. */
export function attributeName(name: string, names: Names): AttributeName {
  let known = remembered.get(names);
  if (known === undefined) remembered.set(names, known = new Map());
  const before = known.get(name);
  if (before !== undefined) return before;
  const found = findName(name, names);
  if (known.size >= REMEMBERED) known.clear();
  if (name.length <= LONGEST) known.set(name, found);
  return found;
}

function findName(name: string, names: Names): AttributeName {
  if (NOT_AN_ATTRIBUTE.has(name) || OUTPUT_ONLY.has(name)) {
    throw bad(name, "not allowed here");
  }
  const iri = names.expand(name);
  refusePersonName(name);
  refusePersonName(iri);
  return { iri, label: ORDINARY.test(name) ? name : "(other)" };
}

/** The IRI of an attribute that a request names outside its body. Throws `BadRequestData`. */
export function readAttributeName(name: string, names: Names): string {
  return attributeName(name, names).iri;
}
