import { Problem } from "@hiraku/kernel";
import type { Attribute, AttributeDraft } from "./attribute.ts";
import type { Entity } from "./entity.ts";
import { datasetOf, type Deletion } from "./read_attribute.ts";
import type { EntityDraft, EntityFragment } from "./read_entity.ts";

/** What becomes of an entity; `undefined` stands for one that is not there. */
export type Change = (current: Entity | undefined) => Entity | undefined;

type Instances = readonly Attribute[];

/** CIM 009 5.6.1 */
export function creation(draft: EntityDraft, now: string): Change {
  return (current) => {
    if (current === undefined) return made(draft, now);
    throw new Problem("AlreadyExists", "The entity already exists");
  };
}

/** CIM 009 5.6.8, mode "replace": creates, or replaces all but the time of creation. */
export function replacement(draft: EntityDraft, now: string): Change {
  return (current) => made(draft, now, current);
}

/** CIM 009 5.6.8, mode "update": creates, or updates attributes. */
export function createOrUpdate(draft: EntityDraft, now: string): Change {
  return (current) =>
    current === undefined ? made(draft, now) : updated(current, draft, now);
}

/** CIM 009 5.6.2 */
export function attributeUpdate(
  fragment: EntityFragment,
  now: string,
): Change {
  return (current) => updated(existing(current), fragment, now);
}

/** CIM 009 5.6.3; without `overwrite`, instances that are there stay as they are. */
export function attributeAppend(
  fragment: EntityFragment,
  overwrite: boolean,
  now: string,
): Change {
  return (current) => updated(existing(current), fragment, now, overwrite);
}

/** CIM 009 5.6.6 */
export function deletion(): Change {
  return (current) => {
    existing(current);
    return undefined;
  };
}

/** Throws `ResourceNotFound`, without the id: what a caller asks for may be anything. */
export function existing(current: Entity | undefined): Entity {
  if (current !== undefined) return current;
  throw new Problem("ResourceNotFound", "The entity does not exist");
}

function made(draft: EntityDraft, now: string, before?: Entity): Entity {
  return {
    id: draft.id,
    types: draft.types,
    scopes: [],
    createdAt: before?.createdAt ?? now,
    modifiedAt: now,
    attributes: stampedAll(draft.attributes, now, before?.attributes),
  };
}

function updated(
  current: Entity,
  { types, attributes: changes }: EntityFragment,
  now: string,
  overwrite = true,
): Entity {
  const attributes: Record<string, Instances> = { ...current.attributes };
  for (const [iri, sent] of Object.entries(changes)) {
    const instances = merged(attributes[iri] ?? [], sent, now, overwrite);
    if (instances.length > 0) attributes[iri] = instances;
    else delete attributes[iri];
  }
  return {
    ...current,
    types: [...new Set([...current.types, ...types])],
    modifiedAt: now,
    attributes,
  };
}

function merged(
  before: Instances,
  sent: readonly (AttributeDraft | Deletion)[],
  now: string,
  overwrite: boolean,
): Instances {
  const byDataset = new Map(before.map((one) => [datasetOf(one), one]));
  for (const one of sent) {
    if ("deletes" in one) {
      byDataset.delete(one.deletes);
      continue;
    }
    const dataset = datasetOf(one);
    const old = byDataset.get(dataset);
    if (old === undefined || overwrite) {
      byDataset.set(dataset, stamped(one, now, old));
    }
  }
  return [...byDataset.values()];
}

function stamped(
  { content, attributes }: AttributeDraft,
  now: string,
  before: Attribute | undefined,
): Attribute {
  return {
    content,
    attributes: stampedAll(attributes, now, before?.attributes),
    createdAt: before?.createdAt ?? now,
    modifiedAt: now,
  };
}

function stampedAll(
  drafts: Readonly<Record<string, readonly AttributeDraft[]>>,
  now: string,
  before: Readonly<Record<string, Instances>> = {},
): Record<string, Instances> {
  const all: Record<string, Instances> = {};
  for (const [iri, instances] of Object.entries(drafts)) {
    all[iri] = instances.map((one) => {
      const old = before[iri]?.find((other) =>
        datasetOf(other) === datasetOf(one)
      );
      return stamped(one, now, old);
    });
  }
  return all;
}
