import { type Clock, isoInstant, Problem } from "@hiraku/kernel";
import { matchesTypes, type TypeSelection } from "../query/type_selection.ts";
import { type AttributeDraft, datasetOf } from "./attribute.ts";
import {
  attributeDeletion,
  attributeReplacement,
  scopeDeletion,
} from "./attribute_change.ts";
import {
  attributeAppend,
  attributeUpdate,
  type Change,
  createOrReplace,
  createOrUpdate,
  creation,
  deletion,
  existing,
  replacement,
} from "./change.ts";
import type { Entity } from "./entity.ts";
import type { Changed, EntityWriter, Guard, Write } from "./entity_writer.ts";
import { alive, firstExpiry } from "./expiry.ts";
import {
  type AttributePatch,
  type EntityPatch,
  merge,
  partialUpdate,
} from "./merge.ts";
import { type Purge, purging } from "./purge.ts";
import type { EntityDraft, EntityFragment } from "./read_entity.ts";
import { SCOPE } from "./scope.ts";

/** What became of one element of a batch. */
export type BatchOutcome = "created" | "changed" | Problem;

/** An element of a batch and the entity it is meant for. */
export interface Addressed<T> {
  readonly id: string;
  readonly sent: T;
}

/**
 * Provision of context information, CIM 009 5.6. What changes an entity throws
 * `ResourceNotFound` when there is none, or none of the `only` types. Every
 * write is on disk when its promise resolves; a batch takes as few commits as
 * fit and has one outcome for each of its elements, in their order.
 */
export interface EntityOperations {
  /** 5.6.1. Throws `AlreadyExists`. */
  create(draft: EntityDraft): Promise<void>;
  /**
   * 5.6.2. Resolves to the IRIs of what was left as it was: the scope, when the
   * entity had none.
   */
  updateAttributes(
    id: string,
    fragment: EntityFragment,
    only?: TypeSelection,
  ): Promise<string[]>;
  /**
   * 5.6.3. Resolves to the IRIs of attributes of which an instance was left as
   * it was, because `overwrite` is false.
   */
  appendAttributes(
    id: string,
    fragment: EntityFragment,
    overwrite: boolean,
    only?: TypeSelection,
  ): Promise<string[]>;
  /** 5.6.4 */
  updateAttribute(
    id: string,
    patch: AttributePatch,
    only?: TypeSelection,
  ): Promise<void>;
  /** 5.6.5; without a datasetId every instance. */
  deleteAttribute(
    id: string,
    attribute: { readonly iri: string; readonly datasetId?: string },
    only?: TypeSelection,
  ): Promise<void>;
  /** 5.6.5 for the scope. */
  deleteScope(id: string, only?: TypeSelection): Promise<void>;
  /** 5.6.6 */
  delete(id: string, only?: TypeSelection): Promise<void>;
  /** 5.6.17 */
  merge(id: string, patch: EntityPatch, only?: TypeSelection): Promise<void>;
  /** 5.6.18 */
  replace(draft: EntityDraft, only?: TypeSelection): Promise<void>;
  /** 5.6.19 */
  replaceAttribute(
    id: string,
    attribute: { readonly iri: string; readonly draft: AttributeDraft },
    only?: TypeSelection,
  ): Promise<void>;
  /** 5.6.21 for entities that a query has found. */
  purge(ids: readonly string[], purge: Purge): Promise<BatchOutcome[]>;
  /** 5.6.7 */
  createAll(drafts: readonly EntityDraft[]): Promise<BatchOutcome[]>;
  /** 5.6.8 */
  upsert(
    drafts: readonly EntityDraft[],
    mode: "replace" | "update",
  ): Promise<BatchOutcome[]>;
  /** 5.6.9 */
  updateAll(
    fragments: readonly Addressed<EntityFragment>[],
    overwrite: boolean,
  ): Promise<BatchOutcome[]>;
  /** 5.6.10 */
  deleteAll(ids: readonly string[]): Promise<BatchOutcome[]>;
  /** 5.6.20 */
  mergeAll(patches: readonly Addressed<EntityPatch>[]): Promise<BatchOutcome[]>;
}

/** Says whether entities of these types, IRIs, may be written. */
export type MayWrite = (types: readonly string[]) => boolean;

/** Operations of somebody who may write entities of certain types only. */
export function entityOperations(
  writer: EntityWriter,
  clock: Clock,
  mayWrite: MayWrite = () => true,
): EntityOperations {
  const now = () => isoInstant(clock);

  function guardFor(only: TypeSelection = "*"): Guard {
    return (change, kept) => {
      const expiring = kept !== undefined && firstExpiry(kept) !== undefined;
      const current = expiring ? alive(kept, now()) : kept;
      if (current !== undefined) {
        const known = matchesTypes(only, current.types);
        if (!known || !mayWrite(current.types)) existing(undefined);
      }
      const after = change(current);
      if (after !== undefined && !mayWrite(after.types)) {
        throw new Problem(
          "Forbidden",
          "Entities of this type may not be written",
        );
      }
      return after;
    };
  }

  const guard = guardFor();

  function write(
    id: string,
    change: Change,
    only?: TypeSelection,
  ): Promise<Changed> {
    return writer.write(
      id,
      change,
      only === undefined ? guard : guardFor(only),
    );
  }

  async function outcomes(
    writes: readonly Write[],
    isPartial: (i: number, before: Entity | undefined) => boolean = () => false,
  ): Promise<BatchOutcome[]> {
    const results = await writer.writeAll(writes, guard);
    return results.map((result, i) => {
      if ("error" in result) return expected(result.error);
      if (isPartial(i, result.before)) {
        return new Problem(
          "AlreadyExists",
          "Some attributes stayed as they were",
        );
      }
      return result.before === undefined ? "created" : "changed";
    });
  }

  return {
    async create(draft) {
      await write(draft.id, creation(draft, now()));
    },
    async updateAttributes(id, fragment, only) {
      const change = attributeUpdate(fragment, now());
      const { before } = await write(id, change, only);
      const ignored = fragment.scopes !== undefined &&
        before?.scopes.length === 0;
      return ignored ? [SCOPE] : [];
    },
    async appendAttributes(id, fragment, overwrite, only) {
      const change = attributeAppend(fragment, overwrite, now());
      const { before } = await write(id, change, only);
      return overwrite ? [] : alreadyThere(before, fragment);
    },
    async updateAttribute(id, patch, only) {
      await write(id, partialUpdate(patch, now()), only);
    },
    async deleteAttribute(id, attribute, only) {
      await write(id, attributeDeletion(attribute, now()), only);
    },
    async deleteScope(id, only) {
      await write(id, scopeDeletion(now()), only);
    },
    async delete(id, only) {
      await write(id, deletion(), only);
    },
    async merge(id, patch, only) {
      await write(id, merge(patch, now()), only);
    },
    async replace(draft, only) {
      await write(draft.id, replacement(draft, now()), only);
    },
    async replaceAttribute(id, { iri, draft }, only) {
      await write(id, attributeReplacement({ iri }, draft, now()), only);
    },
    purge(ids, purge) {
      const change = purging(purge, now());
      return outcomes(ids.map((id) => ({ id, change })));
    },
    createAll(drafts) {
      const at = now();
      return outcomes(
        drafts.map((draft) => ({ id: draft.id, change: creation(draft, at) })),
      );
    },
    upsert(drafts, mode) {
      const at = now();
      const make = mode === "replace" ? createOrReplace : createOrUpdate;
      return outcomes(
        drafts.map((draft) => ({ id: draft.id, change: make(draft, at) })),
      );
    },
    updateAll(fragments, overwrite) {
      const at = now();
      return outcomes(
        fragments.map(({ id, sent }) => ({
          id,
          change: attributeAppend(sent, overwrite, at),
        })),
        (i, before) => {
          const sent = fragments[i]?.sent;
          return !overwrite && sent !== undefined &&
            alreadyThere(before, sent).length > 0;
        },
      );
    },
    deleteAll: (ids) => outcomes(ids.map((id) => ({ id, change: deletion() }))),
    mergeAll(patches) {
      const at = now();
      return outcomes(
        patches.map(({ id, sent }) => ({ id, change: merge(sent, at) })),
      );
    },
  };
}

function expected(error: unknown): Problem {
  if (error instanceof Problem) return error;
  throw error;
}

function alreadyThere(
  before: Entity | undefined,
  { attributes }: EntityFragment,
): string[] {
  return Object.entries(attributes).flatMap(([iri, sent]) => {
    const datasets = before?.attributes[iri]?.map(datasetOf) ?? [];
    const stayed = sent.some((one) =>
      !("deletes" in one) && datasets.includes(datasetOf(one))
    );
    return stayed ? [iri] : [];
  });
}
