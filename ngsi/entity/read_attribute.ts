import { Problem } from "@hiraku/kernel";
import type { Names } from "../context/names.ts";
import {
  type AttributeDraft,
  Content,
  isKind,
  type Kind,
  KINDS,
} from "./attribute.ts";
import { refusePersonName, refusePersonValue } from "./no_persons.ts";
import { looksLikeGeometry, NGSI_LD_NULL } from "./value.ts";

export type Members = Readonly<Record<string, unknown>>;

/** An order in a fragment to delete the instance with this `datasetId`. */
export interface Deletion {
  readonly deletes: string;
}

const SYSTEM = ["createdAt", "modifiedAt", "deletedAt", "instanceId"];
const UNSUPPORTED = ["expiresAt", "ngsildproof"];
// CIM 009 4.5.1: terms of the core context that are not attributes.
const NOT_AN_ATTRIBUTE = new Set(
  `
id type scope value object languageMap vocab json valueList objectList datasetId
observedAt unitCode valueType objectType lang dataset entity entityList
previousValue previousObject previousLanguageMap previousVocab previousJson
previousValueList previousObjectList entityIdSealed entityTypeSealed @context`
    .trim().split(/\s+/),
);

/** The datasetId of an instance; the default instance has `@none`. */
export function datasetOf({ content }: AttributeDraft): string {
  return content.datasetId ?? "@none";
}

/** Reads the instances of one attribute, normalized or concise. Throws `BadRequestData`. */
export function readAttribute(
  name: string,
  sent: unknown,
  names: Names,
): AttributeDraft[] {
  const all = instancesOf(sent).map((one) => readInstance(name, one, names));
  checkDatasets(name, all.map(datasetOf));
  return all;
}

/** Like `readAttribute`, but an NGSI-LD Null asks for deletion, CIM 009 5.5.8. */
export function readAttributeFragment(
  name: string,
  sent: unknown,
  names: Names,
): (AttributeDraft | Deletion)[] {
  const all = instancesOf(sent).map((one) => {
    const deletes = deletionOf(one);
    return deletes === undefined ? readInstance(name, one, names) : { deletes };
  });
  checkDatasets(
    name,
    all.map((one) => "deletes" in one ? one.deletes : datasetOf(one)),
  );
  return all;
}

function readInstance(
  path: string,
  sent: unknown,
  names: Names,
): AttributeDraft {
  const { kind, members } = normalized(path, sent);
  const own: Record<string, unknown> = {};
  const attributes: Record<string, AttributeDraft[]> = {};
  for (const [name, value] of Object.entries(members)) {
    if (SYSTEM.includes(name)) continue; // CIM 009 5.2.2
    if (KINDS[kind].members.includes(name)) own[name] = value;
    else addAttribute(attributes, path, name, value, names);
  }
  const content = Content.safeParse({ ...own, type: kind });
  if (!content.success) {
    const [issue] = content.error.issues;
    const field = [path, ...issue?.path ?? []].join(".");
    throw bad(field, issue?.code === "custom" ? issue.message : issue?.code);
  }
  refusePersonValue(own[KINDS[kind].carries]);
  return { content: expanded(content.data, names), attributes };
}

function addAttribute(
  into: Record<string, AttributeDraft[]>,
  path: string,
  name: string,
  value: unknown,
  names: Names,
): void {
  const { iri, label } = attributeName(name, names);
  if (Object.hasOwn(into, iri)) throw bad(`${path}.${label}`, "named twice");
  into[iri] = readAttribute(`${path}.${label}`, value, names);
}

/** A name that messages may repeat; another may be a name or number of a person. */
const ORDINARY = /^(?!(?:.*\d){5})[A-Za-z][\w:/#.-]{0,79}$/;

/** The IRI of an attribute and how messages call it. */
export function attributeName(
  name: string,
  names: Names,
): { iri: string; label: string } {
  if (UNSUPPORTED.includes(name)) {
    throw new Problem("OperationNotSupported", `Member '${name}'`);
  }
  if (NOT_AN_ATTRIBUTE.has(name) || SYSTEM.includes(name)) {
    throw bad(name, "not allowed here");
  }
  const iri = names.expand(name);
  refusePersonName(name);
  refusePersonName(iri);
  return { iri, label: ORDINARY.test(name) ? name : "(other)" };
}

function normalized(
  path: string,
  sent: unknown,
): { kind: Kind; members: Members } {
  if (!isMembers(sent)) {
    return { kind: "Property", members: { value: sent } };
  }
  if (looksLikeGeometry(sent)) {
    return { kind: "GeoProperty", members: { value: sent } };
  }
  if ("type" in sent) {
    if (!isKind(sent.type)) throw bad(`${path}.type`, "no attribute kind");
    return { kind: sent.type, members: sent };
  }
  const kind = kindByMember(sent);
  return kind === undefined
    ? { kind: "Property", members: { value: sent } }
    : { kind, members: sent };
}

function kindByMember(members: Members): Kind | undefined {
  if ("value" in members) {
    return looksLikeGeometry(members.value) ? "GeoProperty" : "Property";
  }
  return (Object.keys(KINDS) as Kind[])
    .find((kind) => KINDS[kind].carries in members);
}

/** Whether the concise form of a value would be read as an attribute instance. */
export function readsAsInstance(value: unknown): boolean {
  return isMembers(value) &&
    ("type" in value || kindByMember(value) !== undefined);
}

function instancesOf(sent: unknown): unknown[] {
  const several = Array.isArray(sent) && sent.some(readsAsInstance);
  return several ? sent : [sent];
}

// CIM 009 4.5.5.1
function checkDatasets(path: string, datasets: readonly string[]): void {
  if (new Set(datasets).size < datasets.length) {
    throw bad(`${path}.datasetId`, "twice the same");
  }
}

function deletionOf(sent: unknown): string | undefined {
  if (sent === NGSI_LD_NULL) return "@none";
  if (!isMembers(sent)) return undefined;
  const kind = isKind(sent.type) ? sent.type : kindByMember(sent);
  if (kind === undefined || !isNull(sent[KINDS[kind].carries])) {
    return undefined;
  }
  return typeof sent.datasetId === "string" ? sent.datasetId : "@none";
}

function isNull(value: unknown): boolean {
  const [first, ...more] = Array.isArray(value) ? value : [value];
  if (more.length > 0) return false;
  const inner = isMembers(first) ? first["@none"] ?? first.object : first;
  return inner === NGSI_LD_NULL;
}

function expanded(content: Content, names: Names): Content {
  const expand = (words: string | string[]) =>
    Array.isArray(words) ? words.map(names.expand) : names.expand(words);
  const { datasetId, ...rest } = content;
  const explicit = datasetId === undefined || datasetId === "@none"
    ? {}
    : { datasetId };
  const wide = rest as Record<string, unknown>;
  for (const member of ["vocab", "objectType", "valueType"]) {
    if (member in wide) wide[member] = expand(wide[member] as string);
  }
  return { ...wide, ...explicit } as Content;
}

export function isMembers(sent: unknown): sent is Members {
  return typeof sent === "object" && sent !== null && !Array.isArray(sent);
}

/** Names the field and what is wrong, never the value. */
export function bad(field: string, what = "invalid"): Problem {
  return new Problem("BadRequestData", `Does not fit: ${field}: ${what}`);
}
