import type { Attribute } from "../entity/attribute.ts";
import type { Entity } from "../entity/entity.ts";
import type { Path, SystemName } from "./q.ts";

/** The value that a path leads to, CIM 009 4.9. */
export interface Target {
  /** The value itself; several for the languages of a map. */
  readonly values: readonly unknown[];
  /** What is in the value, if it is an array. */
  readonly elements: readonly unknown[];
  /** Whether it names other entities: those have no order. */
  readonly refers: boolean;
}

export type Lookup = (id: string) => Entity | undefined;

const NONE: readonly never[] = [];

/** Whether any of the targets of a path passes the test; every instance of an attribute has its own. */
export function someTarget(
  path: Path,
  entity: Entity,
  lookup: Lookup | undefined,
  test: (target: Target) => boolean,
): boolean {
  return overHops(path, 0, entity, lookup, test);
}

function overHops(
  path: Path,
  depth: number,
  entity: Entity,
  lookup: Lookup | undefined,
  test: (target: Target) => boolean,
): boolean {
  const hop = path.hops[depth];
  if (hop === undefined) return ofEntity(path, entity, test);
  return linkedIds(entity, hop.relationship).some((id) => {
    const linked = lookup?.(id);
    if (linked === undefined) return false;
    const wanted = hop.types.length === 0 ||
      hop.types.some((type) => linked.types.includes(type));
    return wanted && overHops(path, depth + 1, linked, lookup, test);
  });
}

/** The ids that an entity's relationship leads to. */
export function linkedIds(entity: Entity, relationship: string): string[] {
  const instances = entity.attributes[relationship] ?? NONE;
  return instances.flatMap(({ content }) => {
    if (content.type === "Relationship") return content.object;
    if (content.type !== "ListRelationship") return [];
    return content.objectList.map(({ object }) => object);
  });
}

function ofEntity(
  path: Path,
  entity: Entity,
  test: (target: Target) => boolean,
): boolean {
  const [name] = path.names;
  if (name !== undefined) {
    return ofAttributes(path, 0, entity.attributes, test);
  }
  const { system } = path;
  if (system === "type") return test(listed(entity.types));
  if (system === "scope") {
    return entity.scopes.length > 0 && test(listed(entity.scopes));
  }
  return ofSystem(entity, system, test);
}

function ofAttributes(
  path: Path,
  depth: number,
  attributes: Entity["attributes"],
  test: (target: Target) => boolean,
): boolean {
  const name = path.names[depth];
  const instances = name === undefined ? undefined : attributes[name];
  if (instances === undefined) return false;
  const last = depth === path.names.length - 1;
  return instances.some((one) => {
    if (!last) return ofAttributes(path, depth + 1, one.attributes, test);
    if (path.system !== undefined) {
      return ofSystem({ ...one.content, ...one }, path.system, test);
    }
    const target = targetOf(one, path.members);
    return target !== undefined && test(target);
  });
}

function ofSystem(
  holder: object,
  system: SystemName | undefined,
  test: (target: Target) => boolean,
): boolean {
  const value = (holder as Record<string, unknown>)[system ?? ""];
  return value !== undefined && test(plain(value));
}

/** What one instance offers; undefined where the members lead nowhere. */
export function targetOf(
  { content }: Attribute,
  members: readonly string[] | undefined,
): Target | undefined {
  switch (content.type) {
    case "Relationship":
      return members ? undefined : { ...plain(content.object), refers: true };
    case "ListRelationship": {
      const ids = content.objectList.map(({ object }) => object);
      return members ? undefined : { ...listed(ids), refers: true };
    }
    case "LanguageProperty":
      return ofLanguages(content.languageMap, members);
    case "VocabProperty":
      return members ? undefined : plain(content.vocab);
    case "ListProperty":
      return members ? undefined : listed(content.valueList);
    case "JsonProperty":
      return inside(content.json, members);
    case "GeoProperty":
      return inside(
        members ? { type: content.value.type } : content.value,
        members,
      );
    case "Property":
      return inside(untyped(content.value), members);
  }
}

function ofLanguages(
  map: Readonly<Record<string, string | readonly string[]>>,
  members: readonly string[] = ["*"],
): Target | undefined {
  const [wanted = "", ...more] = members;
  if (more.length > 0) return undefined;
  const tag = wanted.toLowerCase();
  const found = Object.entries(map)
    .filter(([language]) => tag === "*" || language.toLowerCase() === tag)
    .map(([, words]) => words);
  if (found.length === 0) return undefined;
  return {
    values: found.filter((words) => typeof words === "string"),
    elements: found.filter((words) => Array.isArray(words)).flat(),
    refers: false,
  };
}

/** Follows members as ECMA 262 would in dot notation, on JSON objects only. */
function inside(
  value: unknown,
  members: readonly string[] = NONE,
): Target | undefined {
  let inner = value;
  for (const member of members) {
    if (!isObject(inner) || !Object.hasOwn(inner, member)) return undefined;
    inner = untyped(inner[member]);
  }
  return plain(inner);
}

/** The value of `{"@type": "DateTime", "@value": "…"}` and its like. */
export function untyped(value: unknown): unknown {
  return isObject(value) && Object.hasOwn(value, "@value")
    ? value["@value"]
    : value;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function plain(value: unknown): Target {
  return Array.isArray(value)
    ? listed(value)
    : { values: [value], elements: NONE, refers: false };
}

function listed(elements: readonly unknown[]): Target {
  return { values: NONE, elements, refers: false };
}
