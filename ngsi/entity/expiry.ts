import type { Attribute } from "./attribute.ts";
import type { Entity } from "./entity.ts";
import { ReadyEntity } from "./ready_entity.ts";

type Attributes = Entity["attributes"];
interface Expiring {
  readonly expiresAt?: string;
}

/**
 * The first instant at which an entity or anything in it goes by itself, CIM
 * 009 4.22; comparable as text. Undefined when everything stays.
 */
export function firstExpiry(entity: Entity): string | undefined {
  if (entity instanceof ReadyEntity) return undefined;
  const { attributes } = entity;
  if (entity.expiresAt === undefined && !expires(attributes)) return undefined;
  const all = entity.expiresAt === undefined ? [] : [entity.expiresAt];
  collect(attributes, all);
  return all.map((at) => new Date(at).toISOString()).toSorted()[0];
}

function expires(attributes: Attributes): boolean {
  for (const iri in attributes) {
    for (const one of attributes[iri] ?? []) {
      if (one.expiresAt !== undefined || expires(one.attributes)) return true;
    }
  }
  return false;
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
