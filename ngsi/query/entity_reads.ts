import type { Role } from "@hiraku/kernel";
import { OPERATIONAL_TYPES } from "../context/hosted_context.ts";
import { existing } from "../entity/change.ts";
import type { Entity } from "../entity/entity.ts";
import type { EntityStore } from "../entity/entity_store.ts";
import {
  type EntityPage,
  type EntityQuery,
  queryEntities,
} from "./entity_query.ts";

/** What reads of entities there are. */
export interface EntityReads {
  /** CIM 009 5.7.1. Throws `ResourceNotFound`. */
  retrieve(id: string): Promise<Entity>;
  /** CIM 009 5.7.2 */
  query(query: EntityQuery): Promise<EntityPage>;
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

/** Reads for everyone: entities of operational types are as if they did not exist. */
export function publicReads(store: EntityStore): EntityReads {
  return {
    async retrieve(id) {
      const entity = await store.entity(id);
      return existing(entity && isOperational(entity) ? undefined : entity);
    },
    query: (query) => queryEntities(store, query, OPERATIONAL_TYPES),
  };
}

/** Reads of everything; nothing operational is handed out before it is recorded. */
export function operatorReads(
  store: EntityStore,
  record: (read: OperationalRead) => Promise<void>,
): EntityReads {
  return {
    async retrieve(id) {
      const entity = existing(await store.entity(id));
      if (isOperational(entity)) await record({ ids: [id], counted: false });
      return entity;
    },
    async query(query) {
      const page = await queryEntities(store, query, []);
      const asked = query.types?.some(isOperationalType) ?? true;
      const ids = page.entities.filter(isOperational).map(({ id }) => id);
      const counted = asked && page.total !== undefined;
      if (asked || ids.length > 0) await record({ ids, counted });
      return page;
    },
  };
}

function isOperational({ types }: Entity): boolean {
  return types.some(isOperationalType);
}

function isOperationalType(type: string): boolean {
  return OPERATIONAL_TYPES.includes(type);
}
