import type { Transaction } from "@hiraku/kernel/store";
import { OPERATIONAL_TYPES } from "../context/hosted_context.ts";
import type { Entity } from "../entity/entity.ts";
import type { EntityStore } from "../entity/entity_store.ts";
import { alive } from "../entity/expiry.ts";
import { linkedIds, type Lookup } from "../query/target.ts";
import type { Tables } from "../tables.ts";

/** Entities as they will be when a transaction is done. */
export class LinkedEntities {
  readonly #store: EntityStore;
  readonly #db: Transaction<Tables> | undefined;
  readonly #now: string;
  readonly #known: Map<string, Entity | undefined>;

  /** `changed` are those that the transaction leaves otherwise than the store has them. */
  constructor(
    store: EntityStore,
    now: string,
    changed: ReadonlyMap<string, Entity | undefined> = new Map(),
    db?: Transaction<Tables>,
  ) {
    this.#store = store;
    this.#db = db;
    this.#now = now;
    this.#known = new Map(changed);
  }

  /** Loads what relationships of `entities` lead to, and on from there. */
  async load(entities: readonly Entity[], level: number): Promise<void> {
    let from = entities;
    for (let left = level; left > 0 && from.length > 0; left--) {
      const ids = [...new Set(from.flatMap(allLinkedIds))];
      const missing = ids.filter((id) => !this.#known.has(id));
      if (missing.length > 0) {
        const found = await this.#store.keptById(missing, this.#db);
        for (const id of missing) {
          const entity = found.get(id)?.entity;
          this.#known.set(id, entity && alive(entity, this.#now));
        }
      }
      from = ids.flatMap((id) => this.#known.get(id) ?? []);
    }
  }

  /** Finds loaded entities; those of running services for operators only. */
  lookup(operator: boolean): Lookup {
    return (id) => {
      const entity = this.#known.get(id);
      return entity !== undefined && (operator || !isOperational(entity))
        ? entity
        : undefined;
    };
  }
}

export function isOperational({ types }: Pick<Entity, "types">): boolean {
  return types.some((type) => OPERATIONAL_TYPES.includes(type));
}

function allLinkedIds(entity: Entity): string[] {
  return Object.keys(entity.attributes)
    .flatMap((iri) => linkedIds(entity, iri));
}
