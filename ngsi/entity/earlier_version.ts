import { type Attribute, type Content, datasetOf } from "./attribute.ts";
import type { Entity } from "./entity.ts";
import type { Json } from "./value.ts";

/** The minor number of the version of CIM 009 that answers conform to: 1.9. */
export const NEWEST_MINOR = 9;

/**
 * An entity as a version 1.`minor` of CIM 009 would have it, by the fallbacks of
 * 4.3.6.8; the same object when it conforms already.
 */
export function asOfVersion(entity: Entity, minor: number): Entity {
  const { expiresAt, ...lasting } = entity;
  const attributes: Record<string, readonly Attribute[]> = {};
  let changed = minor < 9 && expiresAt !== undefined;
  for (const [iri, instances] of Object.entries(entity.attributes)) {
    const left = instancesAsOf(instances, minor);
    changed ||= left !== instances;
    attributes[iri] = left;
  }
  const types = minor < 3 ? entity.types.slice(0, 1) : entity.types;
  const scopes = minor < 4 ? [] : entity.scopes;
  changed ||= types.length < entity.types.length ||
    scopes.length < entity.scopes.length;
  if (!changed) return entity;
  const older = { ...lasting, types, scopes, attributes };
  return minor < 9 || expiresAt === undefined ? older : { ...older, expiresAt };
}

function instancesAsOf(
  all: readonly Attribute[],
  minor: number,
): readonly Attribute[] {
  const first = all.find((one) => datasetOf(one) === "@none") ?? all[0];
  const kept = minor < 3 && all.length > 1 && first !== undefined
    ? [first]
    : all;
  const left = kept.map((one) => instanceAsOf(one, minor));
  const same = kept === all && left.every((one, i) => one === all[i]);
  return same ? all : left;
}

function instanceAsOf(one: Attribute, minor: number): Attribute {
  const content = contentAsOf(one.content, minor);
  const inner: Record<string, readonly Attribute[]> = {};
  let changed = content !== one.content;
  for (const [iri, instances] of Object.entries(one.attributes)) {
    const left = instancesAsOf(instances, minor);
    changed ||= left !== instances;
    inner[iri] = left;
  }
  const { expiresAt, ...lasting } = one;
  changed ||= minor < 9 && expiresAt !== undefined;
  if (!changed) return one;
  const older = { ...lasting, content, attributes: inner };
  return minor < 9 || expiresAt === undefined ? older : { ...older, expiresAt };
}

const INTRODUCED: Readonly<Record<string, number>> = {
  valueType: 9,
  objectType: 8,
  datasetId: 3,
  observedAt: 3,
  unitCode: 3,
};

function contentAsOf(content: Content, minor: number): Content {
  const known = kindAsOf(content, minor);
  const gone = Object.keys(known).filter((member) =>
    (INTRODUCED[member] ?? 0) > minor
  );
  if (gone.length === 0) return known;
  const left = Object.entries(known).filter(([name]) => !gone.includes(name));
  return Object.fromEntries(left) as unknown as Content;
}

function kindAsOf(content: Content, minor: number): Content {
  switch (content.type) {
    case "LanguageProperty": {
      if (minor >= 4) return content;
      const { languageMap, ...rest } = content;
      return { ...rest, type: "Property", value: languageMap as Json };
    }
    case "VocabProperty": {
      if (minor >= 8) return content;
      const { vocab, ...rest } = content;
      return { ...rest, type: "Property", value: vocab as Json };
    }
    case "JsonProperty": {
      if (minor >= 8) return content;
      const { json, ...rest } = content;
      return { ...rest, type: "Property", value: json };
    }
    case "ListProperty": {
      if (minor >= 8) return content;
      const { valueList, ...rest } = content;
      return { ...rest, type: "Property", value: [...valueList] };
    }
    case "ListRelationship": {
      if (minor >= 8) return content;
      const { objectList, ...rest } = content;
      const object = objectList.map((one) => one.object);
      return { ...rest, type: "Relationship", object };
    }
    default:
      return content;
  }
}
