import type { Names } from "../context/names.ts";
import {
  type AttributeDraft,
  CARRIES,
  type Content,
  datasetOf,
  isCarrier,
  type Kind,
  kindNamed,
} from "./attribute.ts";
import { attributeName, OUTPUT_ONLY } from "./attribute_name.ts";
import { checkProof } from "./attribute_role.ts";
import { looksLikeGeometry } from "./geometry.ts";
import { memberChecks } from "./read_content.ts";
import {
  bad,
  checkDateTime,
  DEEPEST,
  isMembers,
  type Members,
  NGSI_LD_NULL,
  NOTHING,
} from "./value.ts";

/** An order in a fragment to delete the instance with this `datasetId`. */
export interface Deletion {
  readonly deletes: string;
}

/** Reads the instances of one attribute, normalized or concise. Throws `BadRequestData`. */
export function readAttribute(
  name: string,
  sent: unknown,
  names: Names,
  depth = 1,
): AttributeDraft[] {
  const several = severalInstances(sent);
  if (several === undefined) return [readInstance(name, sent, names, depth)];
  const all = several.map((one) => readInstance(name, one, names, depth));
  checkDatasets(name, all.map(datasetOf));
  return all;
}

/** Like `readAttribute`, but an NGSI-LD Null asks for deletion, CIM 009 5.5.8. */
export function readAttributeFragment(
  name: string,
  sent: unknown,
  names: Names,
): (AttributeDraft | Deletion)[] {
  const all = (severalInstances(sent) ?? [sent]).map((one) => {
    const deletes = deletionOf(one);
    return deletes === undefined ? readInstance(name, one, names) : { deletes };
  });
  checkDatasets(
    name,
    all.map((one) => "deletes" in one ? one.deletes : datasetOf(one)),
  );
  return all;
}

/** Reads one instance, normalized or concise; `path` is how messages call it. */
export function readInstance(
  path: string,
  sent: unknown,
  names: Names,
  depth = 1,
): AttributeDraft {
  const { kind, members } = normalized(path, sent);
  const carries = CARRIES[kind];
  const checks = memberChecks(kind);
  const own: Record<string, unknown> = { type: kind };
  let attributes: Record<string, AttributeDraft[]> | undefined;
  let expiresAt: string | undefined;
  for (const name of Object.keys(members)) {
    const check = checks.get(name);
    const value = members[name];
    if (check !== undefined) own[name] = check(value, `${path}.${name}`, names);
    else if (name === "type" || OUTPUT_ONLY.has(name)) continue;
    else if (name === "expiresAt") {
      expiresAt = checkDateTime(value, `${path}.expiresAt`);
    } else {
      const { iri, label } = attributeName(name, names);
      const inner = `${path}.${label}`;
      if (isCarrier(name)) throw bad(inner, "not allowed here");
      if (depth >= DEEPEST) throw bad(inner, "nested too deep");
      if (attributes?.[iri] !== undefined) throw bad(inner, "named twice");
      attributes ??= {};
      const read = readAttribute(inner, value, names, depth + 1);
      for (const { content } of read) checkProof(iri, content, inner);
      attributes[iri] = read;
    }
  }
  if (own[carries] === undefined) throw bad(`${path}.${carries}`, "missing");
  if (own.datasetId === "@none") delete own.datasetId;
  const content = own as unknown as Content;
  return expiresAt === undefined
    ? { content, attributes: attributes ?? NOTHING }
    : { content, attributes: attributes ?? NOTHING, expiresAt };
}

const PLAIN_VALUE = { kind: "Property" } as const;

/** The kind of an instance, said or inferred as CIM 009 4.5.2.3 and its sisters do. */
export function normalized(
  path: string,
  sent: unknown,
): { kind: Kind; members: Members } {
  if (!isMembers(sent)) {
    return { ...PLAIN_VALUE, members: { value: sent } };
  }
  if (looksLikeGeometry(sent)) {
    return { kind: "GeoProperty", members: { value: sent } };
  }
  if ("type" in sent) {
    const kind = kindNamed(sent.type);
    if (kind === undefined) throw bad(`${path}.type`, "no attribute kind");
    return { kind, members: sent };
  }
  const kind = kindByMember(sent);
  return kind === undefined
    ? { ...PLAIN_VALUE, members: { value: sent } }
    : { kind, members: sent };
}

const KINDS = Object.keys(CARRIES) as Kind[];

/** The kind that an instance without a `type` has; undefined for a plain value. */
export function kindByMember(members: Members): Kind | undefined {
  if ("value" in members) {
    return looksLikeGeometry(members.value) ? "GeoProperty" : "Property";
  }
  return KINDS.find((kind) => CARRIES[kind] in members);
}

/** Whether the concise form of a value would be read as an attribute instance. */
export function readsAsInstance(value: unknown): boolean {
  return isMembers(value) &&
    ("type" in value || kindByMember(value) !== undefined);
}

/** The instances of a multi-attribute, CIM 009 4.5.5; undefined when there is one. */
export function severalInstances(
  sent: unknown,
): readonly unknown[] | undefined {
  return Array.isArray(sent) && sent.some(readsAsInstance) ? sent : undefined;
}

// CIM 009 4.5.5.1
export function checkDatasets(path: string, datasets: readonly string[]): void {
  if (new Set(datasets).size < datasets.length) {
    throw bad(`${path}.datasetId`, "twice the same");
  }
}

/** The datasetId of the instance that an NGSI-LD Null asks to delete. */
export function deletionOf(sent: unknown): string | undefined {
  if (sent === NGSI_LD_NULL) return "@none";
  if (!isMembers(sent)) return undefined;
  const kind = kindNamed(sent.type) ?? kindByMember(sent);
  if (kind === undefined || !isNull(sent[CARRIES[kind]])) return undefined;
  return typeof sent.datasetId === "string" ? sent.datasetId : "@none";
}

function isNull(value: unknown): boolean {
  const [first, ...more] = Array.isArray(value) ? value : [value];
  if (more.length > 0) return false;
  const inner = isMembers(first) ? first["@none"] ?? first.object : first;
  return inner === NGSI_LD_NULL;
}
