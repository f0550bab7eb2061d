import { type Clock, isoInstant, type Role } from "@hiraku/kernel";
import { OPERATIONAL_TYPES } from "../context/hosted_context.ts";
import {
  type InventoryPart,
  type InventoryRow,
  readInventory,
} from "../discovery/available.ts";
import { existing } from "../entity/change.ts";
import type { Entity } from "../entity/entity.ts";
import type { EntityStore } from "../entity/entity_store.ts";
import { alive } from "../entity/expiry.ts";
import type { EntityFilter, EntityPage, EntityQuery } from "./entity_query.ts";
import { linkedEntities } from "./linked_entities.ts";
import { queryEntities, selectIds } from "./run_query.ts";
import { fetching, type Reading } from "./search.ts";
import { namedTypes } from "./type_selection.ts";

/** What reads of entities there are. */
export interface EntityReads {
  /** CIM 009 5.7.1. Throws `ResourceNotFound`. */
  retrieve(id: string): Promise<Entity>;
  /** CIM 009 5.7.2. Throws `TooManyResults`. */
  query(query: EntityQuery): Promise<EntityPage>;
  /** The ids of all entities that a filter selects. Throws `TooManyResults`. */
  selectIds(filter: EntityFilter): Promise<string[]>;
  /**
   * Entities by id to which relationships of these lead within so many steps,
   * CIM 009 4.5.23; those of `passedBy` are not followed again.
   */
  linked(
    entities: readonly Entity[],
    levels: number,
    passedBy?: ReadonlySet<string>,
  ): Promise<ReadonlyMap<string, Entity>>;
  /** Counts of types and attributes, CIM 009 5.7.5 to 5.7.10. */
  inventory(part: InventoryPart): Promise<readonly InventoryRow[]>;
}

/** What somebody is about to learn of running services. */
export interface OperationalRead {
  /** The operational entities of the answer. */
  readonly ids: readonly string[];
  /** Whether the answer also tells how many there are. */
  readonly counted: boolean;
}

/** Who holds which roles: by municipality code, `*` for every one. */
export type Roles = ReadonlyMap<string, ReadonlySet<Role>>;

const OPERATORS: readonly Role[] = ["hq", "section"];

/** Whether these are roles that run services of the municipality. */
export function runsServices(roles: Roles, code: string): boolean {
  return [code, "*"].some((at) =>
    OPERATORS.some((role) => roles.get(at)?.has(role) ?? false)
  );
}

/** Entities that one query may look at one by one, unless configured. */
export const MOST_LOOKED = 200_000;

/** Reads for everyone: entities of operational types are as if they did not exist. */
export function publicReads(
  store: EntityStore,
  clock: Clock,
  mostLooked = MOST_LOOKED,
): EntityReads {
  return readsWithout(OPERATIONAL_TYPES, store, clock, mostLooked);
}

/** Reads of everything; nothing operational is handed out before it is recorded. */
export function operatorReads(
  store: EntityStore,
  clock: Clock,
  record: (read: OperationalRead) => Promise<void>,
  mostLooked = MOST_LOOKED,
): EntityReads {
  const reads = readsWithout([], store, clock, mostLooked);

  async function recorded<T extends Iterable<Entity>>(entities: T): Promise<T> {
    const ids = [...entities].filter(isOperational).map(({ id }) => id);
    if (ids.length > 0) await record({ ids, counted: false });
    return entities;
  }

  return {
    async retrieve(id) {
      const entity = await reads.retrieve(id);
      await recorded([entity]);
      return entity;
    },
    async query(query) {
      const page = await reads.query(query);
      const asked = asksForOperational(query);
      const ids = page.entities.filter(isOperational).map(({ id }) => id);
      const counted = asked && page.total !== undefined;
      if (asked || ids.length > 0) await record({ ids, counted });
      return page;
    },
    async selectIds(filter) {
      const ids = await reads.selectIds(filter);
      if (asksForOperational(filter)) await record({ ids, counted: true });
      return ids;
    },
    async linked(entities, levels, passedBy) {
      const linked = await reads.linked(entities, levels, passedBy);
      await recorded(linked.values());
      return linked;
    },
    async inventory(part) {
      const rows = await reads.inventory(part);
      const counted = rows.some(({ type }) => OPERATIONAL_TYPES.includes(type));
      if (counted) await record({ ids: [], counted });
      return rows;
    },
  };
}

function readsWithout(
  hiddenTypes: readonly string[],
  store: EntityStore,
  clock: Clock,
  mostLooked: number,
): EntityReads {
  const reading = (): Reading => ({
    store,
    hiddenTypes,
    mostLooked,
    now: isoInstant(clock),
  });
  return {
    async retrieve(id) {
      const kept = await store.entity(id);
      const entity = kept && alive(kept, isoInstant(clock));
      const hidden = entity?.types.some((type) => hiddenTypes.includes(type));
      return existing(hidden === true ? undefined : entity);
    },
    query: (query) => queryEntities(reading(), query),
    selectIds: (filter) => selectIds(reading(), filter),
    linked: (entities, levels, passedBy = new Set()) =>
      linkedEntities(entities, levels, passedBy, fetching(reading())),
    inventory: (part) =>
      readInventory(store.db, part, hiddenTypes.length === 0),
  };
}

function asksForOperational({ selectors }: EntityFilter): boolean {
  return selectors?.some(({ types }) =>
    types === "*" ||
    namedTypes(types).some((type) => OPERATIONAL_TYPES.includes(type))
  ) ?? true;
}

function isOperational({ types }: Entity): boolean {
  return types.some((type) => OPERATIONAL_TYPES.includes(type));
}
