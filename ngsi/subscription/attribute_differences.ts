import { type Attribute, datasetOf } from "../entity/attribute.ts";
import type { Entity } from "../entity/entity.ts";
import { SCOPE } from "../entity/scope.ts";

/** What happened to instances of one attribute. */
export interface Difference {
  readonly created: boolean;
  readonly updated: boolean;
  readonly deleted: boolean;
}

type Attributes = Entity["attributes"];
type Instances = readonly Attribute[];

const NONE: Instances = [];
const CREATED: Difference = { created: true, updated: false, deleted: false };
const UPDATED: Difference = { created: false, updated: true, deleted: false };
const DELETED: Difference = { created: false, updated: false, deleted: true };

/** Which attributes, and whether the scopes, differ between two versions of an entity, and how. */
export function attributeDifferences(
  before: Entity | undefined,
  after: Entity | undefined,
): ReadonlyMap<string, Difference> {
  const differences = new Map<string, Difference>();
  const old = before?.attributes ?? {};
  const now = after?.attributes ?? {};
  for (const iri in now) {
    const instances = now[iri] ?? NONE;
    const earlier = old[iri];
    if (earlier === undefined) differences.set(iri, CREATED);
    else if (earlier !== instances) {
      const difference = compared(earlier, instances);
      if (difference !== undefined) differences.set(iri, difference);
    }
  }
  for (const iri in old) {
    if (now[iri] === undefined) differences.set(iri, DELETED);
  }
  const scopes = comparedScopes(before?.scopes ?? [], after?.scopes ?? []);
  if (scopes !== undefined) differences.set(SCOPE, scopes);
  return differences;
}

// CIM 009 4.18: a scope is a property of the entity.
function comparedScopes(
  old: readonly string[],
  now: readonly string[],
): Difference | undefined {
  if (old.length === 0 && now.length === 0) return undefined;
  if (old.length === 0) return CREATED;
  if (now.length === 0) return DELETED;
  const same = old.length === now.length &&
    old.every((one) => now.includes(one));
  return same ? undefined : UPDATED;
}

/** The instance with the same datasetId. */
export function counterpart(
  one: Attribute,
  among: Instances | undefined,
): Attribute | undefined {
  const dataset = datasetOf(one);
  return among?.find((other) => datasetOf(other) === dataset);
}

/**
 * Whether two instances say the same. CIM 009 5.8.6: an attribute changes when
 * a member, or a child, gets another value; being written again is no change.
 */
export function saysTheSame(one: Attribute, other: Attribute): boolean {
  return one === other ||
    (one.expiresAt === other.expiresAt && same(one.content, other.content) &&
      sameAttributes(one.attributes, other.attributes));
}

function compared(old: Instances, now: Instances): Difference | undefined {
  let created = false;
  let updated = false;
  for (const one of now) {
    const earlier = counterpart(one, old);
    if (earlier === undefined) created = true;
    else if (!saysTheSame(earlier, one)) updated = true;
  }
  const deleted = old.some((one) => counterpart(one, now) === undefined);
  return created || updated || deleted
    ? { created, updated, deleted }
    : undefined;
}

function sameAttributes(one: Attributes, other: Attributes): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length &&
    names.every((iri) => {
      const instances = one[iri] ?? NONE;
      const others = other[iri] ?? NONE;
      return instances.length === others.length &&
        instances.every((each) => {
          const match = counterpart(each, others);
          return match !== undefined && saysTheSame(each, match);
        });
    });
}

function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (
    typeof one !== "object" || typeof other !== "object" ||
    one === null || other === null ||
    Array.isArray(one) !== Array.isArray(other)
  ) return false;
  const members = Object.entries(one);
  return members.length === Object.keys(other).length &&
    members.every(([name, value]) =>
      Object.hasOwn(other, name) &&
      same(value, (other as Record<string, unknown>)[name])
    );
}
