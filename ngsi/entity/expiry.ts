import type { Attribute } from "./attribute.ts";
import type { Entity } from "./entity.ts";

type Attributes = Entity["attributes"];
interface Expiring {
  readonly expiresAt?: string;
}

const firsts = new WeakMap<Entity, string | null>();

/**
 * The first instant at which an entity or anything in it goes by itself, CIM
 * 009 4.22; comparable as text. Undefined when everything stays.
 */
export function firstExpiry(entity: Entity): string | undefined {
  let first = firsts.get(entity);
  if (first === undefined) {
    const all: string[] = [];
    if (entity.expiresAt !== undefined) all.push(entity.expiresAt);
    collect(entity.attributes, all);
    first = all.length === 0
      ? null
      : all.map((at) => new Date(at).toISOString()).toSorted()[0] ?? null;
    firsts.set(entity, first);
  }
  return first ?? undefined;
}

/**
 * What is left of an entity at an instant: the same object when nothing has
 * expired, undefined when all of it has.
 */
export function alive(entity: Entity, now: string): Entity | undefined {
  const first = firstExpiry(entity);
  if (first === undefined || first > now) return entity;
  if (hasExpired(entity, now)) return undefined;
  return { ...entity, attributes: aliveOnes(entity.attributes, now) };
}

function collect(attributes: Attributes, into: string[]): void {
  for (const iri in attributes) {
    for (const one of attributes[iri] ?? []) {
      if (one.expiresAt !== undefined) into.push(one.expiresAt);
      collect(one.attributes, into);
    }
  }
}

function aliveOnes(attributes: Attributes, now: string): Attributes {
  const left: Record<string, readonly Attribute[]> = {};
  for (const [iri, instances] of Object.entries(attributes)) {
    const alive = instances.flatMap((one) => aliveOne(one, now));
    if (alive.length > 0) left[iri] = alive;
  }
  return left;
}

function aliveOne(one: Attribute, now: string): Attribute[] {
  if (hasExpired(one, now)) return [];
  const inner: string[] = [];
  collect(one.attributes, inner);
  const stays = !inner.some((expiresAt) => hasExpired({ expiresAt }, now));
  return [
    stays ? one : { ...one, attributes: aliveOnes(one.attributes, now) },
  ];
}

function hasExpired({ expiresAt }: Expiring, now: string): boolean {
  return expiresAt !== undefined && Date.parse(expiresAt) <= Date.parse(now);
}
