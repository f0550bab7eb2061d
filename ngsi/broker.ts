import { type Clock, Problem } from "@hiraku/kernel";
import { migrateStore, openSqlite } from "@hiraku/kernel/store";
import {
  attributeAppend,
  attributeUpdate,
  type Change,
  createOrReplace,
  createOrUpdate,
  creation,
  deletion,
} from "./entity/change.ts";
import type { Entity } from "./entity/entity.ts";
import { EntityStore } from "./entity/entity_store.ts";
import { EntityWriter } from "./entity/entity_writer.ts";
import { datasetOf } from "./entity/attribute.ts";
import type { EntityDraft, EntityFragment } from "./entity/read_entity.ts";
import {
  type EntityReads,
  type OperationalRead,
  operatorReads,
  publicReads,
  type Roles,
  runsServices,
} from "./query/entity_reads.ts";
import { MIGRATIONS, type Tables } from "./tables.ts";

/**
 * The current state of one tenant's entities, read as everyone may. Every write
 * is on disk when its promise resolves. Expected failures are `Problem`s named
 * by CIM 009.
 */
export interface Broker extends EntityReads {
  /** The municipality code, or `default`. */
  readonly code: string;
  /** CIM 009 5.6.1. Throws `AlreadyExists`. */
  create(draft: EntityDraft): Promise<void>;
  /**
   * Reads that also hand out exact figures of running services, each recorded
   * before it is handed out; none for who has no role that runs them.
   */
  forOperators(
    roles: Roles,
    record: (read: OperationalRead) => Promise<void>,
  ): EntityReads | undefined;
  /** CIM 009 5.6.2. Throws `ResourceNotFound`. */
  updateAttributes(id: string, fragment: EntityFragment): Promise<void>;
  /**
   * CIM 009 5.6.3. Throws `ResourceNotFound`. Resolves to the IRIs of attributes
   * of which an instance was left as it was, because `overwrite` is false.
   */
  appendAttributes(
    id: string,
    fragment: EntityFragment,
    overwrite: boolean,
  ): Promise<string[]>;
  /** CIM 009 5.6.8, one outcome for each draft, all in as few commits as fit. */
  upsert(
    drafts: readonly EntityDraft[],
    mode: "replace" | "update",
  ): Promise<("created" | "updated" | Problem)[]>;
  /** CIM 009 5.6.6. Throws `ResourceNotFound`. */
  delete(id: string): Promise<void>;
  /** Finishes what was asked for and closes the file. */
  close(): Promise<void>;
}

/** Opens one tenant's store at `path` (or `:memory:`), bringing its tables up to date. */
export async function openBroker(
  { path, code, clock }: { path: string; code: string; clock: Clock },
): Promise<Broker> {
  const db = openSqlite<Tables>(path);
  await migrateStore(db, MIGRATIONS);
  const store = new EntityStore(db);
  const writer = new EntityWriter(store, clock, []);
  const now = () => clock.now().toISOString();

  return {
    code,
    async create(draft) {
      await writer.write(draft.id, creation(draft, now()));
    },
    ...publicReads(store),
    forOperators(roles, record) {
      return runsServices(roles, code)
        ? operatorReads(store, record)
        : undefined;
    },
    async updateAttributes(id, fragment) {
      await writer.write(id, attributeUpdate(fragment, now()));
    },
    async appendAttributes(id, fragment, overwrite) {
      const { before } = await writer.write(
        id,
        attributeAppend(fragment, overwrite, now()),
      );
      return overwrite ? [] : alreadyThere(before, fragment);
    },
    upsert(drafts, mode) {
      const make = mode === "replace" ? createOrReplace : createOrUpdate;
      return Promise.all(
        drafts.map((draft) => upsertOne(writer, draft.id, make(draft, now()))),
      );
    },
    async delete(id) {
      await writer.write(id, deletion());
    },
    async close() {
      await writer.settled();
      await db.destroy();
    },
  };
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

async function upsertOne(
  writer: EntityWriter,
  id: string,
  change: Change,
): Promise<"created" | "updated" | Problem> {
  try {
    const { before } = await writer.write(id, change);
    return before === undefined ? "created" : "updated";
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}
