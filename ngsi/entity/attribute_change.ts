import { Problem } from "@hiraku/kernel";
import { type Attribute, type AttributeDraft, datasetOf } from "./attribute.ts";
import { type Change, existing, type Instances, stamped } from "./change.ts";
import type { Entity } from "./entity.ts";

/** What one instance of one attribute is called. */
export interface Place {
  readonly iri: string;
  /** `@none` for the default instance. */
  readonly datasetId: string;
}

/** CIM 009 5.6.19 */
export function attributeReplacement(
  { iri }: { readonly iri: string },
  draft: AttributeDraft,
  now: string,
): Change {
  return inPlace(
    { iri, datasetId: datasetOf(draft) },
    now,
    (old) => stamped(draft, now, old),
  );
}

/** CIM 009 5.6.5; without a datasetId every instance goes. */
export function attributeDeletion(
  { iri, datasetId }: { readonly iri: string; readonly datasetId?: string },
  now: string,
): Change {
  if (datasetId !== undefined) {
    return inPlace({ iri, datasetId }, now, () => undefined);
  }
  return (current) => {
    const entity = existing(current);
    if (entity.attributes[iri] === undefined) throw notThere();
    return withInstances(entity, iri, [], now);
  };
}

/** CIM 009 5.6.5 for the member `scope`. */
export function scopeDeletion(now: string): Change {
  return (current) => {
    const entity = existing(current);
    if (entity.scopes.length === 0) throw notThere();
    return { ...entity, scopes: [], modifiedAt: now };
  };
}

/** Changes one instance that must be there; undefined deletes it. */
export function inPlace(
  { iri, datasetId }: Place,
  now: string,
  become: (old: Attribute) => Attribute | undefined,
): Change {
  return (current) => {
    const entity = existing(current);
    const instances = entity.attributes[iri] ?? [];
    const old = instances.find((one) => datasetOf(one) === datasetId);
    if (old === undefined) throw notThere();
    const left = instances.flatMap((one) =>
      one === old ? become(old) ?? [] : one
    );
    return withInstances(entity, iri, left, now);
  };
}

function withInstances(
  entity: Entity,
  iri: string,
  instances: Instances,
  now: string,
): Entity {
  const { [iri]: _, ...others } = entity.attributes;
  const attributes = instances.length === 0
    ? others
    : { ...entity.attributes, [iri]: instances };
  return { ...entity, modifiedAt: now, attributes };
}

function notThere(): Problem {
  return new Problem("ResourceNotFound", "The entity has no such attribute");
}
