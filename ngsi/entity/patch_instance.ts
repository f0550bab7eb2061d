import type { Names } from "../context/names.ts";
import {
  type Attribute,
  CARRIES,
  type Content,
  datasetOf,
  isCarrier,
  type Kind,
  kindNamed,
} from "./attribute.ts";
import { attributeName, OUTPUT_ONLY } from "./attribute_name.ts";
import { type Instances, merged } from "./change.ts";
import { looksLikeGeometry } from "./geometry.ts";
import {
  kindByMember,
  normalized,
  readAttributeFragment,
} from "./read_attribute.ts";
import { memberChecks } from "./read_content.ts";
import {
  bad,
  checkDateTime,
  checkIri,
  isMembers,
  type Members,
  NGSI_LD_NULL,
} from "./value.ts";

/** How a patch meets what is there: by members (CIM 009 5.5.8) or to any depth (5.5.12). */
export type Depth = "members" | "deep";

/** What holds for every attribute of a patch, CIM 009 6.5.3.4. */
export interface PatchForm {
  readonly simplified?: boolean;
  readonly lang?: string;
  readonly observedAt?: string;
}

interface Patching extends PatchForm {
  readonly names: Names;
  readonly now: string;
  readonly depth: Depth;
}

/**
 * An instance after a patch in the form of a fragment; undefined if the patch
 * deletes it. What the patch may say depends on the kind it meets, so it is
 * checked here. Throws `BadRequestData`.
 */
export function patchedInstance(
  path: string,
  sent: unknown,
  old: Attribute | undefined,
  patching: Patching,
): Attribute | undefined {
  const { kind, members } = seenAs(path, sent, old?.content, patching);
  const { names, now, depth, observedAt } = patching;
  const carries = CARRIES[kind];
  const checks = memberChecks(kind);
  const own: Record<string, unknown> = { ...old?.content, type: kind };
  const attributes: Record<string, Instances> = { ...old?.attributes };
  let expiresAt = old?.expiresAt;
  for (const [name, value] of Object.entries(members)) {
    const field = `${path}.${name}`;
    const check = checks.get(name);
    if (check !== undefined) {
      if (!isNull(value)) {
        const whole = depth === "deep" ? mergedJson(own[name], value) : value;
        own[name] = check(whole, field, names);
      } else if (name === carries) return undefined;
      else if (name === "datasetId") throw bad(field, "null_value");
      else delete own[name];
    } else if (name === "type" || OUTPUT_ONLY.has(name)) continue;
    else if (name === "expiresAt") {
      expiresAt = isNull(value) ? undefined : checkDateTime(value, field);
    } else {
      const { iri, label } = attributeName(name, names);
      if (isCarrier(name)) throw bad(field, "not allowed here");
      const left = patchedInstances(
        `${path}.${label}`,
        value,
        attributes[iri] ?? [],
        patching,
      );
      if (left.length > 0) attributes[iri] = left;
      else delete attributes[iri];
    }
  }
  if (own[carries] === undefined) throw bad(`${path}.${carries}`, "missing");
  if (own.datasetId === "@none") delete own.datasetId;
  const keptTime = old?.content.observedAt !== undefined &&
    !("observedAt" in members);
  if (observedAt !== undefined && keptTime) own.observedAt = observedAt;
  return {
    content: own as unknown as Content,
    attributes,
    createdAt: old?.createdAt ?? now,
    modifiedAt: now,
    ...expiresAt === undefined ? {} : { expiresAt },
  };
}

/** The instances of one attribute after a patch. */
export function patchedInstances(
  path: string,
  sent: unknown,
  before: Instances,
  patching: Patching,
): Instances {
  const { names, now, depth } = patching;
  if (depth === "members") {
    return merged(before, readAttributeFragment(path, sent, names), now, false);
  }
  if (sent === NGSI_LD_NULL) {
    return before.filter((one) => datasetOf(one) !== "@none");
  }
  const byDataset = new Map(before.map((one) => [datasetOf(one), one]));
  for (const [dataset, one] of byDatasets(path, sent, patching)) {
    const old = byDataset.get(dataset);
    if (old === undefined && carriesNull(one)) continue;
    const patched = patchedInstance(path, one, old, patching);
    if (patched === undefined) byDataset.delete(dataset);
    else byDataset.set(dataset, inDataset(patched, dataset));
  }
  return [...byDataset.values()];
}

function byDatasets(
  path: string,
  sent: unknown,
  { simplified }: Patching,
): Map<string, unknown> {
  if (simplified && isMembers(sent) && isMembers(sent.dataset)) {
    // CIM 009 4.5.4
    const all = Object.entries(sent.dataset);
    for (const [dataset] of all) {
      if (dataset !== "@none") checkIri(dataset, `${path}.dataset`);
    }
    return new Map(all);
  }
  const instances = !simplified && Array.isArray(sent) &&
      sent.some((one) =>
        isMembers(one) && !looksLikeGeometry(one) &&
        ("type" in one || kindByMember(one) !== undefined)
      )
    ? sent
    : [sent];
  const found = new Map<string, unknown>();
  for (const one of instances) {
    const given = isMembers(one) && !simplified ? one.datasetId : undefined;
    const dataset = given === undefined || given === "@none"
      ? "@none"
      : checkIri(given, `${path}.datasetId`);
    if (found.has(dataset)) throw bad(`${path}.datasetId`, "twice the same");
    found.set(dataset, one);
  }
  return found;
}

function inDataset(one: Attribute, dataset: string): Attribute {
  if (dataset === datasetOf(one)) return one;
  return { ...one, content: { ...one.content, datasetId: dataset } };
}

/** The kind of a patched instance; it stays as it is, CIM 009 5.6.4 and 5.6.17. */
function seenAs(
  path: string,
  sent: unknown,
  target: Content | undefined,
  form: PatchForm,
): { kind: Kind; members: Members } {
  if (target === undefined) {
    return form.simplified && isMembers(sent) && !isWrapped(sent) &&
        !looksLikeGeometry(sent)
      ? { kind: "Property", members: { value: sent } }
      : normalized(path, sent);
  }
  const kind = target.type;
  if (isBare(sent, form)) {
    return { kind, members: bareMembers(sent, kind, form) };
  }
  const said = kindSaid(path, sent);
  const same = said === undefined || said === kind ||
    !("type" in sent) && CARRIES[said] === CARRIES[kind];
  if (!same) throw bad(`${path}.type`, "may not change");
  return { kind, members: sent };
}

function kindSaid(path: string, sent: Members): Kind | undefined {
  if (!("type" in sent)) return kindByMember(sent);
  const kind = kindNamed(sent.type);
  if (kind === undefined) throw bad(`${path}.type`, "no attribute kind");
  return kind;
}

function isBare(
  sent: unknown,
  { simplified }: PatchForm,
): sent is Exclude<unknown, Members> {
  if (!isMembers(sent) || looksLikeGeometry(sent)) return true;
  return simplified === true && !isWrapped(sent);
}

/** Simplified forms that are not the mere value, CIM 009 4.5.4. */
function isWrapped(sent: Members): boolean {
  const [only, ...more] = Object.keys(sent);
  return more.length === 0 && only !== undefined &&
    ["languageMap", "vocab", "json"].includes(only);
}

function bareMembers(
  sent: unknown,
  kind: Kind,
  { lang = "@none" }: PatchForm,
): Members {
  const text = typeof sent === "string" || Array.isArray(sent);
  return kind === "LanguageProperty" && text && sent !== NGSI_LD_NULL
    ? { languageMap: { [lang]: sent } }
    : { [CARRIES[kind]]: sent };
}

/** RFC 7396 with the NGSI-LD Null for null, CIM 009 5.5.12. */
function mergedJson(before: unknown, sent: unknown): unknown {
  if (!isMembers(sent) || looksLikeGeometry(sent)) return sent;
  const result: Record<string, unknown> = isMembers(before)
    ? { ...before }
    : {};
  for (const [key, value] of Object.entries(sent)) {
    if (value === NGSI_LD_NULL) delete result[key];
    else {
      Object.defineProperty(result, key, {
        value: mergedJson(result[key], value),
        configurable: true,
        enumerable: true,
        writable: true,
      });
    }
  }
  return result;
}

function carriesNull(sent: unknown): boolean {
  if (sent === NGSI_LD_NULL) return true;
  if (!isMembers(sent)) return false;
  const kind = kindNamed(sent.type) ?? kindByMember(sent);
  return kind !== undefined && isNull(sent[CARRIES[kind]]);
}

/** Every form of the NGSI-LD Null, CIM 009 4.5.0. */
function isNull(value: unknown): boolean {
  if (value === NGSI_LD_NULL) return true;
  if (Array.isArray(value)) {
    return value.length === 1 &&
      (value[0] === NGSI_LD_NULL ||
        isMembers(value[0]) && value[0].object === NGSI_LD_NULL);
  }
  return isMembers(value) && value["@none"] === NGSI_LD_NULL;
}
