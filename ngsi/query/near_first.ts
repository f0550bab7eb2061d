import type { Entity } from "../entity/entity.ts";
import type { Geometry } from "../entity/geometry.ts";
import { boxesAround, boxOf } from "../geo/box.ts";
import { distance } from "../geo/distance.ts";
import type { EntityPage, EntityQuery } from "./entity_query.ts";
import { geometryPath } from "../index/index_path.ts";
import type { Candidates } from "./candidates.ts";
import type { Placed } from "../index/column.ts";
import { distanceTo, ordered } from "./order_entities.ts";
import type { Ordering } from "./ordering.ts";
import { type Reading, Search } from "./search.ts";

const FIRST_RADIUS = 50;
const LEAST_GROWTH = 2;
const MOST_GROWTH = 8;
/** Half way around the Earth, in metres. */
const FARTHEST = 20_100_000;
const AT_ONCE = 64;
/** Beyond, what else is asked for is so rare that it had better be read first. */
const MOST_IN_RINGS = 3000;

/** Whether a page can be found by rings around a place. */
export function canRankNear({ ordering, count }: EntityQuery): boolean {
  const [first] = ordering?.by ?? [];
  if (count || first === undefined || first.direction !== "dist-asc") {
    return false;
  }
  const { names, system, members } = first.path;
  return names.length === 1 && system === undefined && members === undefined;
}

/**
 * The nearest first, without reading what is far; undefined if there are too
 * few with a place, so that others would have to follow.
 */
export async function nearFirst(
  reading: Reading,
  query: EntityQuery,
  candidates: Candidates,
): Promise<EntityPage | undefined> {
  const { ordering, limit, offset, geo } = query;
  const property = ordering?.by[0]?.path.names[0];
  const from = ordering?.from;
  if (ordering === undefined || property === undefined || from === undefined) {
    return undefined;
  }
  const path = geometryPath(property);
  const label = "rings of cells";
  const search = new Search(reading, query, { ...candidates, label });
  const rings = new Rings(reading, search, { from, property, path });
  const needed = offset + limit + 1;
  let radius = FIRST_RADIUS;
  while (true) {
    const within = await rings.within(radius, needed);
    if (search.looked > MOST_IN_RINGS && within.length < needed) {
      return undefined;
    }
    if (within.length >= needed || isLast(radius, query)) {
      if (within.length < needed && geo?.property !== property) {
        return undefined;
      }
      const page = inOrder(within, ordering).slice(offset, offset + limit + 1);
      return {
        entities: page.slice(0, limit),
        total: undefined,
        more: page.length > limit,
        explained: { index: label, rows: rings.rows, looked: search.looked },
      };
    }
    radius *= growth(needed, rings.nearby);
  }
}

/** How much wider the next ring must be if places lie as thick as in the last one. */
function growth(needed: number, nearby: number): number {
  const wider = 1.5 * Math.sqrt(needed / nearby);
  return Math.min(MOST_GROWTH, Math.max(LEAST_GROWTH, wider));
}

function isLast(radius: number, { geo, ordering }: EntityQuery): boolean {
  if (radius > FARTHEST) return true;
  return geo?.relation === "near" && "max" in geo.distance &&
    radius > geo.distance.max &&
    JSON.stringify(geo.geometry) === JSON.stringify(ordering?.from);
}

interface Ranked {
  readonly entity: Entity;
  readonly metres: number;
}

function inOrder(ranked: readonly Ranked[], ordering: Ordering): Entity[] {
  const byPlace = ranked.toSorted((a, b) => a.metres - b.metres)
    .map(({ entity }) => entity);
  return ordering.by.length === 1 ? byPlace : ordered(byPlace, ordering);
}

/** Remembers what wider and wider rings around a place have shown. */
class Rings {
  readonly #reading: Reading;
  readonly #search: Search;
  readonly #from: Geometry;
  readonly #property: string;
  readonly #path: string;
  readonly #looked = new Set<number>();
  #found: Ranked[] = [];
  /** Rows that all rings have shown. */
  rows = 0;
  /** Candidates in the last ring. */
  nearby = 0;

  constructor(
    reading: Reading,
    search: Search,
    { from, property, path }: {
      readonly from: Geometry;
      readonly property: string;
      readonly path: string;
    },
  ) {
    this.#reading = reading;
    this.#search = search;
    this.#from = from;
    this.#property = property;
    this.#path = path;
  }

  /** At least the `needed` nearest matches within a radius, all if there are fewer. */
  async within(radius: number, needed: number): Promise<readonly Ranked[]> {
    const bounds = await this.#bounds(radius);
    const waiting = [...bounds].filter(([pk, metres]) =>
      metres <= radius && !this.#looked.has(pk)
    ).toSorted(([one, a], [other, b]) => a - b || one - other);
    const size = Math.min(AT_ONCE, needed);
    for (let i = 0; i < waiting.length; i += size) {
      if (this.#search.looked > MOST_IN_RINGS) break;
      const batch = waiting.slice(i, i + size);
      const nearest = batch[0]?.[1] ?? 0;
      const before = this.#found.filter(({ metres }) => metres < nearest);
      if (before.length >= needed) return before;
      await this.#look(batch.map(([pk]) => pk));
    }
    return this.#found.filter(({ metres }) => metres <= radius);
  }

  async #look(pks: readonly number[]): Promise<void> {
    for (const pk of pks) this.#looked.add(pk);
    const entities = await this.#reading.store.entities(pks);
    for (const entity of await this.#search.matching(entities)) {
      const metres = distanceTo(entity, this.#property, this.#from);
      if (metres !== undefined) this.#found.push({ entity, metres });
    }
  }

  /** For each candidate in reach, a distance that it is not nearer than. */
  async #bounds(radius: number): Promise<Map<number, number>> {
    const bounds = new Map<number, number>();
    const boxes = boxesAround(boxOf(this.#from), radius);
    const { entities } = this.#search.candidates;
    await this.#reading.store.index.ask([this.#path], (parts, ids) => {
      const id = ids.get(this.#path);
      if (id === undefined) return;
      for (const part of parts) {
        for (const one of part.placed(id, { table: "box", boxes })) {
          if (!entities.has(one.pk)) continue;
          const metres = this.#bound(one);
          bounds.set(one.pk, Math.min(metres, bounds.get(one.pk) ?? Infinity));
        }
      }
    });
    this.nearby = bounds.size;
    this.rows += bounds.size;
    return bounds;
  }

  #bound({ west, south, east, north }: Placed): number {
    if (west !== east || south !== north) return 0;
    return distance({ type: "Point", coordinates: [west, south] }, this.#from);
  }
}
