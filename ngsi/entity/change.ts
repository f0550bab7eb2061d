import { Problem } from "@hiraku/kernel";
import { type Attribute, type AttributeDraft, datasetOf } from "./attribute.ts";
import type { Entity } from "./entity.ts";
import type { Deletion } from "./read_attribute.ts";
import type {
  EntityChanges,
  EntityDraft,
  EntityFragment,
} from "./read_entity.ts";
import { ReadyEntity } from "./ready_entity.ts";
import { NGSI_LD_NULL, NOTHING } from "./value.ts";

/** What becomes of an entity; `undefined` stands for one that is not there. */
export type Change = (current: Entity | undefined) => Entity | undefined;

export type Instances = readonly Attribute[];
type Drafts = Readonly<Record<string, readonly AttributeDraft[]>>;

/** CIM 009 5.6.1 */
export function creation(draft: EntityDraft, now: string): Change {
  return (current) => {
    if (current === undefined) return made(draft, now);
    throw new Problem("AlreadyExists", "The entity already exists");
  };
}

/** CIM 009 5.6.18: replaces all but the time of creation. */
export function replacement(draft: EntityDraft, now: string): Change {
  return (current) => made(draft, now, existing(current));
}

/** CIM 009 5.6.8, mode "replace": creates, or replaces all but the time of creation. */
export function createOrReplace(draft: EntityDraft, now: string): Change {
  return (current) => made(draft, now, current);
}

/** CIM 009 5.6.8, mode "update": creates, or updates attributes. */
export function createOrUpdate(draft: EntityDraft, now: string): Change {
  return (current) =>
    current === undefined
      ? made(draft, now)
      : updated(current, draft, now, { scopes: "replace if there" });
}

/** CIM 009 5.6.2 */
export function attributeUpdate(
  fragment: EntityFragment,
  now: string,
): Change {
  return (current) =>
    updated(existing(current), fragment, now, { scopes: "replace if there" });
}

/** CIM 009 5.6.3; without `overwrite`, instances that are there stay as they are. */
export function attributeAppend(
  fragment: EntityFragment,
  overwrite: boolean,
  now: string,
): Change {
  return (current) =>
    updated(existing(current), fragment, now, {
      scopes: overwrite ? "replace" : "add",
      keep: !overwrite,
    });
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
  if (before === undefined && draft instanceof ReadyEntity) return draft;
  const entity = {
    id: draft.id,
    types: draft.types,
    scopes: draft.scopes,
    createdAt: before?.createdAt ?? now,
    modifiedAt: now,
    attributes: stampedAll(draft.attributes, now, before?.attributes),
  };
  const { expiresAt } = draft;
  return expiresAt === undefined ? entity : { ...entity, expiresAt };
}

type ScopeRule = "replace" | "replace if there" | "add";

function updated(
  current: Entity,
  fragment: EntityFragment,
  now: string,
  { scopes, keep = false }: { scopes: ScopeRule; keep?: boolean },
): Entity {
  const attributes: Record<string, Instances> = { ...current.attributes };
  for (const [iri, sent] of Object.entries(fragment.attributes)) {
    const instances = merged(attributes[iri] ?? [], sent, now, keep);
    if (instances.length > 0) attributes[iri] = instances;
    else delete attributes[iri];
  }
  return withMembers(current, fragment, scopes, now, attributes);
}

/** An entity with new attributes and the members that a fragment changes. */
export function withMembers(
  current: Entity,
  fragment: EntityChanges,
  rule: ScopeRule,
  now: string,
  attributes: Entity["attributes"],
): Entity {
  const { types, scopes, expiresAt } = fragment;
  const { expiresAt: before, ...rest } = current;
  const ends = expiresAt ?? before;
  return {
    ...rest,
    types: types.every((one) => current.types.includes(one))
      ? current.types
      : [...new Set([...current.types, ...types])],
    scopes: scopes === undefined
      ? current.scopes
      : newScopes(current.scopes, scopes, rule),
    modifiedAt: now,
    attributes,
    ...ends === undefined || ends === NGSI_LD_NULL ? {} : { expiresAt: ends },
  };
}

function newScopes(
  before: readonly string[],
  sent: readonly string[],
  rule: ScopeRule,
): readonly string[] {
  if (rule === "add") return [...new Set([...before, ...sent])];
  return rule === "replace if there" && before.length === 0 ? before : sent;
}

export function merged(
  before: Instances,
  sent: readonly (AttributeDraft | Deletion)[],
  now: string,
  keep: boolean,
): Instances {
  const byDataset = new Map(before.map((one) => [datasetOf(one), one]));
  for (const one of sent) {
    if ("deletes" in one) {
      byDataset.delete(one.deletes);
      continue;
    }
    const dataset = datasetOf(one);
    const old = byDataset.get(dataset);
    if (old === undefined || !keep) {
      byDataset.set(dataset, stamped(one, now, old));
    }
  }
  return [...byDataset.values()];
}

/** A draft as kept: created when what stood in its place was, or now. */
export function stamped(
  draft: AttributeDraft,
  now: string,
  before: Attribute | undefined,
): Attribute {
  const { content, attributes, expiresAt } = draft;
  const kept = {
    content,
    attributes: stampedAll(attributes, now, before?.attributes),
    createdAt: before?.createdAt ?? now,
    modifiedAt: now,
  };
  return expiresAt === undefined ? kept : { ...kept, expiresAt };
}

function stampedAll(
  drafts: Drafts,
  now: string,
  before: Readonly<Record<string, Instances>> = NOTHING,
): Readonly<Record<string, Instances>> {
  if (drafts === NOTHING) return NOTHING;
  const all: Record<string, Instances> = {};
  for (const iri of Object.keys(drafts)) {
    const instances = drafts[iri] ?? [];
    const old = before[iri];
    all[iri] = instances.map((one) =>
      stamped(one, now, old === undefined ? old : sameDataset(old, one))
    );
  }
  return all;
}

function sameDataset(
  instances: Instances,
  one: AttributeDraft,
): Attribute | undefined {
  const dataset = datasetOf(one);
  return instances.find((other) => datasetOf(other) === dataset);
}
