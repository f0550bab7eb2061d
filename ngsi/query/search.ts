import { Problem } from "@hiraku/kernel";
import type { Entity } from "../entity/entity.ts";
import type { EntityStore } from "../entity/entity_store.ts";
import { alive } from "../entity/expiry.ts";
import type { Candidates } from "./candidates.ts";
import { type EntityFilter, matchesFilter } from "./entity_query.ts";
import { type Fetch, lookupFor } from "./linked_entities.ts";

/** From where and as whom entities are read. */
export interface Reading {
  readonly store: EntityStore;
  /** Types of which entities are as if they did not exist. */
  readonly hiddenTypes: readonly string[];
  /** What has expired by then is gone. */
  readonly now: string;
  /** Entities that one query may look at, one by one. */
  readonly mostLooked: number;
}

const TRIED = 500;
const SMALLEST_CHUNK = 32;
const LARGEST_CHUNK = 2000;

/** Reads entities by id that the reader may see. */
export function fetching({ store, hiddenTypes, now }: Reading): Fetch {
  return async (ids) => {
    const seen = new Map<string, Entity>();
    if (ids.length === 0) return seen;
    for (const [id, { entity }] of await store.keptById(ids)) {
      const left = alive(entity, now);
      if (left && !isHidden(left, hiddenTypes)) seen.set(id, left);
    }
    return seen;
  };
}

/** Holds entities one by one against a filter. */
export class Search {
  readonly #reading: Reading;
  readonly #filter: EntityFilter;
  readonly #fetch: Fetch;
  readonly #candidates: Candidates;
  #looked = 0;

  constructor(reading: Reading, filter: EntityFilter, candidates: Candidates) {
    this.#reading = reading;
    this.#filter = filter;
    this.#fetch = fetching(reading);
    this.#candidates = candidates;
  }

  get looked(): number {
    return this.#looked;
  }

  get candidates(): Candidates {
    return this.#candidates;
  }

  /** The first entities that match, in the order of creation. */
  async take(most: number): Promise<Entity[]> {
    const { entities } = this.#candidates;
    const found: Entity[] = [];
    let after = -1;
    let chunk = Math.min(LARGEST_CHUNK, Math.max(SMALLEST_CHUNK, most));
    while (found.length < most) {
      const pks = entities.slice(chunk, { after });
      found.push(
        ...await this.matching(await this.#reading.store.entities(pks)),
      );
      if (pks.length < chunk) break;
      after = pks.at(-1) ?? after;
      // The store answers without a turn of the event loop; others want theirs.
      if (this.#looked > TRIED) await turn();
      chunk = Math.min(LARGEST_CHUNK, chunk * 4);
    }
    return found;
  }

  /** Those of the entities that match. */
  async matching(entities: readonly Entity[]): Promise<Entity[]> {
    this.#looked += entities.length;
    const { mostLooked } = this.#reading;
    if (this.#looked > mostLooked) {
      throw new Problem(
        "TooManyResults",
        `The query would look at more than ${mostLooked} entities one by one ` +
          `(${this.#candidates.label}); ` +
          "add a type or a comparison that fewer entities meet",
      );
    }
    const { hiddenTypes, now } = this.#reading;
    const seen = entities.flatMap((one) => alive(one, now) ?? [])
      .filter((one) => !isHidden(one, hiddenTypes));
    const lookup = await lookupFor(this.#filter.q, seen, this.#fetch);
    return seen.filter((one) => matchesFilter(this.#filter, one, lookup));
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

function isHidden({ types }: Entity, hiddenTypes: readonly string[]): boolean {
  return types.some((type) => hiddenTypes.includes(type));
}
