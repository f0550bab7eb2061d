import { DEFAULT_VOCABULARY } from "../context/core_context.ts";
import type { Attribute, Content } from "./attribute.ts";
import type { Entity } from "./entity.ts";
import { ReadyEntity } from "./ready_entity.ts";
import { type Members, NOTHING } from "./value.ts";

type Instances = readonly Attribute[];
type Attributes = Entity["attributes"];

/**
 * An entity as it is written, without what follows from the rest: an instance
 * is its content and what its times differ in from those around it.
 */
interface Written {
  readonly i: string;
  readonly t: readonly string[];
  readonly c: string;
  /** modifiedAt, unless it was never modified. */
  readonly m?: string;
  readonly s?: readonly string[];
  readonly x?: string;
  readonly a: WrittenAttributes;
}
type WrittenAttributes = Readonly<
  Record<string, WrittenInstance | readonly WrittenInstance[]>
>;
/** No member of a content begins with `@`. */
type WrittenInstance = Members & {
  readonly "@a"?: WrittenAttributes;
  readonly "@c"?: string;
  readonly "@m"?: string;
  readonly "@x"?: string;
};

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/** An entity as it is kept, in JSON. */
export function documentOf(entity: Entity): string {
  return entity instanceof ReadyEntity
    ? entity.document
    : JSON.stringify(written(entity));
}

/** An entity as it was kept. */
export function entityIn(document: string): Entity {
  return entityOf(JSON.parse(document) as Kept);
}

/** A document that was parsed. */
export type Kept = Written | Entity;

export function entityOf(kept: Kept): Entity {
  if ("i" in kept) return read(kept);
  // Documents of earlier versions; the first of them have no scopes.
  return kept.scopes === undefined ? { ...kept, scopes: [] } : kept;
}

function written(entity: Entity): Written {
  const { id, types, createdAt, modifiedAt, scopes, expiresAt } = entity;
  const kept: Writable<Written> = {
    i: id,
    t: types.map(shortened),
    c: createdAt,
    a: writtenAttributes(entity.attributes, createdAt),
  };
  if (modifiedAt !== createdAt) kept.m = modifiedAt;
  if (scopes.length > 0) kept.s = scopes;
  if (expiresAt !== undefined) kept.x = expiresAt;
  return kept;
}

function writtenAttributes(
  attributes: Attributes,
  around: string,
): WrittenAttributes {
  const all: Record<string, WrittenInstance | WrittenInstance[]> = {};
  for (const iri in attributes) {
    const instances = attributes[iri] ?? [];
    const [first] = instances;
    all[shortened(iri)] = first !== undefined && instances.length === 1
      ? writtenInstance(first, around)
      : instances.map((one) => writtenInstance(one, around));
  }
  return all;
}

function writtenInstance(
  { content, attributes, createdAt, modifiedAt, expiresAt }: Attribute,
  around: string,
): WrittenInstance {
  const own = content as unknown as WrittenInstance;
  const created = createdAt !== around;
  const modified = modifiedAt !== createdAt;
  const inner = attributes !== NOTHING && Object.keys(attributes).length > 0;
  if (!created && !modified && !inner && expiresAt === undefined) return own;
  const kept: Writable<WrittenInstance> = { ...own };
  if (inner) kept["@a"] = writtenAttributes(attributes, createdAt);
  if (created) kept["@c"] = createdAt;
  if (modified) kept["@m"] = modifiedAt;
  if (expiresAt !== undefined) kept["@x"] = expiresAt;
  return kept;
}

function read({ i, t, c, m = c, s = [], x, a }: Written): Entity {
  const entity = {
    id: i,
    types: t.map(whole),
    scopes: s,
    createdAt: c,
    modifiedAt: m,
    attributes: readAttributes(a, c),
  };
  return x === undefined ? entity : { ...entity, expiresAt: x };
}

function readAttributes(all: WrittenAttributes, around: string): Attributes {
  const attributes: Record<string, Instances> = {};
  for (const name in all) {
    const one = all[name] ?? [];
    attributes[whole(name)] = Array.isArray(one)
      ? one.map((each) => readInstance(each, around))
      : [readInstance(one as WrittenInstance, around)];
  }
  return attributes;
}

function readInstance(one: WrittenInstance, around: string): Attribute {
  const { "@a": inner, "@c": createdAt = around, "@m": modified } = one;
  const { "@x": expiresAt } = one;
  const modifiedAt = modified ?? createdAt;
  const plain = inner === undefined && createdAt === around &&
    modified === undefined && expiresAt === undefined;
  const instance = {
    content: (plain ? one : contentOf(one)) as unknown as Content,
    attributes: inner === undefined
      ? NOTHING
      : readAttributes(inner, createdAt),
    createdAt,
    modifiedAt,
  };
  return expiresAt === undefined ? instance : { ...instance, expiresAt };
}

function contentOf(
  { "@a": _a, "@c": _c, "@m": _m, "@x": _x, ...content }: WrittenInstance,
): Members {
  return content;
}

// No IRI begins with it.
const SHORT = "~";

/** Most names have no vocabulary of their own. */
const shortened = remembering((iri) =>
  iri.startsWith(DEFAULT_VOCABULARY)
    ? SHORT + iri.slice(DEFAULT_VOCABULARY.length)
    : iri
);
const whole = remembering((name) =>
  name.startsWith(SHORT) ? DEFAULT_VOCABULARY + name.slice(SHORT.length) : name
);

const REMEMBERED = 10_000;

/** The same names come again and again, and one text for each makes them quick keys. */
function remembering(make: (name: string) => string): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    let made = known.get(name);
    if (made === undefined) {
      made = make(name);
      if (known.size >= REMEMBERED) known.clear();
      known.set(name, made);
    }
    return made;
  };
}
