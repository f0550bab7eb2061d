import { CORE_TERMS } from "../context/core_context.ts";
import type { Names } from "../context/names.ts";
import type { Kind } from "./attribute.ts";
import { checkGeometry } from "./geometry.ts";
import { refusePersonValue } from "./no_persons.ts";
import {
  bad,
  checkDateTime,
  checkDepth,
  checkIri,
  checkValue,
  holdsInfinity,
  isMembers,
  NGSI_LD_NULL,
} from "./value.ts";

/** Checks one member of an instance and gives it as kept. Throws `BadRequestData`. */
type Check = (sent: unknown, field: string, names: Names) => unknown;

const shared: Readonly<Record<string, Check>> = {
  observedAt: checkDateTime,
  datasetId: (sent, field) => sent === "@none" ? sent : checkIri(sent, field),
};
const typed = { ...shared, valueType: iri };
const targets = { ...shared, objectType: iris };

const CHECKS: Readonly<Record<Kind, Readonly<Record<string, Check>>>> = {
  Property: {
    value: property,
    unitCode: word,
    ...typed,
    entityIdSealed: sealed(checkIri),
    entityTypeSealed: sealed(iri),
  },
  GeoProperty: { value: geometry, ...typed },
  LanguageProperty: {
    languageMap: thing(languageMap),
    ...shared,
    valueType: languageType,
  },
  VocabProperty: { vocab: thing(vocabulary), ...typed },
  JsonProperty: { json: thing(json), ...typed },
  ListProperty: { valueList: thing(valueList), unitCode: word, ...typed },
  Relationship: { object: thing(objects), ...targets },
  ListRelationship: { objectList: thing(objectList), ...targets },
};

const BY_KIND = Object.fromEntries(
  Object.entries(CHECKS).map((
    [kind, checks],
  ) => [kind, new Map(Object.entries(checks))]),
) as unknown as Readonly<Record<Kind, ReadonlyMap<string, Check>>>;

/** How to check the members that are a kind's own. */
export function memberChecks(kind: Kind): ReadonlyMap<string, Check> {
  return BY_KIND[kind];
}

function property(sent: unknown, field: string): unknown {
  if (Number.isFinite(sent) || typeof sent === "boolean") return sent;
  checkValue(sent, field);
  refusePersonValue(sent);
  return sent;
}

/** Looks for persons in whatever the check lets through. */
function thing(check: Check): Check {
  return (sent, field, names) => {
    const kept = check(sent, field, names);
    refusePersonValue(kept);
    return kept;
  };
}

// CIM 009 4.7.2: a geometry may come as its JSON text.
function geometry(sent: unknown, field: string): unknown {
  if (typeof sent !== "string") return checkGeometry(sent, field);
  try {
    return checkGeometry(JSON.parse(sent), field);
  } catch {
    throw bad(field, "not a geometry");
  }
}

// CIM 009 5.2.32
function languageType(sent: unknown, field: string, names: Names): string {
  const type = iri(sent, field, names);
  if (type === CORE_TERMS.get("langString")) return type;
  throw bad(field, "not langString");
}

// CIM 009 4.5.2.2
function sealed(check: Check): Check {
  return (sent, field, names) => {
    if (!/(^|\.)ngsildproof\.[^.]*$/.test(field)) {
      throw bad(field, "not allowed here");
    }
    return check(sent, field, names);
  };
}

function word(sent: unknown, field: string): string {
  if (typeof sent === "string" && sent !== "" && sent !== NGSI_LD_NULL) {
    return sent;
  }
  throw bad(field, "not text");
}

function iri(sent: unknown, field: string, names: Names): string {
  return names.expand(word(sent, field));
}

function vocabulary(
  sent: unknown,
  field: string,
  names: Names,
): string | string[] {
  if (!Array.isArray(sent)) return names.expandWord(word(sent, field));
  if (sent.length === 0) throw bad(field, "empty");
  return sent.map((one) => names.expandWord(word(one, field)));
}

function iris(sent: unknown, field: string, names: Names): string | string[] {
  if (!Array.isArray(sent)) return iri(sent, field, names);
  if (sent.length === 0) throw bad(field, "empty");
  return sent.map((one) => iri(one, field, names));
}

// RFC 5646 in outline: letters and digits in groups of up to eight.
const LANGUAGE_TAG = /^(@none|[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*)$/;

// CIM 009 4.6.5
function languageMap(sent: unknown, field: string): unknown {
  if (!isMembers(sent)) throw bad(field, "not an object");
  const entries = Object.entries(sent);
  if (entries.length === 0) throw bad(field, "empty");
  for (const [tag, text] of entries) {
    if (!LANGUAGE_TAG.test(tag)) throw bad(field, "not a language");
    const texts = Array.isArray(text) ? text : [text];
    const all = texts.every((one) =>
      typeof one === "string" && one !== NGSI_LD_NULL
    );
    if (!all) throw bad(field, "not text");
  }
  return sent;
}

function json(sent: unknown, field: string): unknown {
  if (typeof sent !== "object" || sent === null) {
    throw bad(field, "not an object or array");
  }
  checkDepth(sent, field);
  if (holdsInfinity(sent)) throw bad(field, "a number too large");
  return sent;
}

function valueList(sent: unknown, field: string): unknown {
  if (!Array.isArray(sent)) throw bad(field, "not a list");
  return checkValue(sent, field);
}

function objects(sent: unknown, field: string): string | string[] {
  if (!Array.isArray(sent)) return checkIri(sent, field);
  if (sent.length === 0) throw bad(field, "empty");
  return sent.map((one) => checkIri(one, field));
}

function objectList(sent: unknown, field: string): unknown {
  if (!Array.isArray(sent)) throw bad(field, "not a list");
  return sent.map((one) => {
    if (!isMembers(one)) return { object: checkIri(one, field) };
    const { object, ...others } = one;
    if (Object.keys(others).length > 0) throw bad(field, "unknown member");
    return { object: checkIri(object, field) };
  });
}
