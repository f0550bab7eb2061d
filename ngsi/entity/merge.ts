import type { Names } from "../context/names.ts";
import { inPlace, type Place } from "./attribute_change.ts";
import type { AttributeDraft } from "./attribute.ts";
import { attributeName } from "./attribute_name.ts";
import {
  type Change,
  existing,
  type Instances,
  withMembers,
} from "./change.ts";
import {
  patchedInstance,
  patchedInstances,
  type PatchForm,
} from "./patch_instance.ts";
import { checkRole } from "./attribute_role.ts";
import { readInstance } from "./read_attribute.ts";
import {
  asMembers,
  attributeMembers,
  type EntityChanges,
  readChanges,
} from "./read_entity.ts";
import {
  bad,
  checkDepth,
  checkIri,
  isMembers,
  type Members,
  refuseNull,
} from "./value.ts";

/** Changes to be merged with an entity to any depth, CIM 009 5.5.12. */
export interface EntityPatch extends EntityChanges {
  readonly attributes: readonly {
    readonly iri: string;
    readonly label: string;
    readonly sent: unknown;
  }[];
  readonly names: Names;
  readonly form: PatchForm;
}

/** Checks what can be checked before the entity is known. Throws `BadRequestData`. */
export function readPatch(
  sent: unknown,
  names: Names,
  form: PatchForm = {},
): EntityPatch {
  const members = asMembers(sent);
  checkDepth(sent, "(whole)");
  const seen = new Set<string>();
  const attributes = attributeMembers(members).map((name) => {
    const { iri, label } = attributeName(name, names);
    if (seen.has(iri)) throw bad(label, "named twice");
    seen.add(iri);
    refuseNull(members[name], label);
    return { iri, label, sent: members[name] };
  });
  return { ...readChanges(members, names), attributes, names, form };
}

/** CIM 009 5.6.17. Throws `BadRequestData` when the patch does not fit the entity. */
export function merge(patch: EntityPatch, now: string): Change {
  const patching = {
    ...patch.form,
    names: patch.names,
    now,
    depth: "deep",
  } as const;
  return (current) => {
    const entity = existing(current);
    const attributes: Record<string, Instances> = { ...entity.attributes };
    for (const { iri, label, sent } of patch.attributes) {
      const before = attributes[iri] ?? [];
      const left = patchedInstances(label, sent, before, patching);
      for (const { content } of left) checkRole(iri, content, label);
      if (left.length > 0) attributes[iri] = left;
      else delete attributes[iri];
    }
    return withMembers(entity, patch, "replace", now, attributes);
  };
}

/** Changes to one instance of an attribute, CIM 009 5.6.4. */
export interface AttributePatch extends Place {
  readonly label: string;
  readonly members: Members;
  readonly names: Names;
}

/** Checks what can be checked before the instance is known. Throws `BadRequestData`. */
export function readAttributePatch(
  name: string,
  sent: unknown,
  names: Names,
): AttributePatch {
  const { iri, label } = attributeName(name, names);
  const members = fragmentMembers(sent);
  const { datasetId = "@none" } = members;
  return {
    iri,
    label,
    members,
    names,
    datasetId: datasetId === "@none"
      ? datasetId
      : checkIri(datasetId, `${label}.datasetId`),
  };
}

/** CIM 009 5.6.4. Throws `ResourceNotFound` when there is no such instance. */
export function partialUpdate(patch: AttributePatch, now: string): Change {
  const { label, members, names } = patch;
  const patching = { names, now, depth: "members" } as const;
  return inPlace(patch, now, (old) => {
    const patched = patchedInstance(label, members, old, patching);
    if (patched !== undefined) checkRole(patch.iri, patched.content, label);
    return patched;
  });
}

/** Checks an attribute that is to stand in for one, CIM 009 5.6.19. Throws `BadRequestData`. */
export function readReplacement(
  name: string,
  sent: unknown,
  names: Names,
): { iri: string; draft: AttributeDraft } {
  const { iri, label } = attributeName(name, names);
  const draft = readInstance(label, fragmentMembers(sent), names);
  checkRole(iri, draft.content, label);
  return { iri, draft };
}

/** The members of an attribute fragment, without its `@context`. */
function fragmentMembers(sent: unknown): Members {
  if (!isMembers(sent)) throw bad("(whole)", "not an object");
  checkDepth(sent, "(whole)");
  const { "@context": _, ...members } = sent;
  if (Object.keys(members).length === 0) throw bad("(whole)", "empty");
  return members;
}
