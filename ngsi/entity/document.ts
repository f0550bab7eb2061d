import type { Entity } from "./entity.ts";

const texts = new WeakMap<Entity, string>();

/** An entity as it is kept, in JSON; made once for each. */
export function documentOf(entity: Entity): string {
  let text = texts.get(entity);
  if (text === undefined) texts.set(entity, text = JSON.stringify(entity));
  return text;
}

/** An entity as it was kept. */
export function entityIn(document: string): Entity {
  const entity = JSON.parse(document) as Entity;
  // Documents of an earlier version have no scopes.
  return entity.scopes === undefined ? { ...entity, scopes: [] } : entity;
}
