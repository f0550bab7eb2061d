import { sql } from "@hiraku/kernel/store";
import type { Entity } from "../entity/entity.ts";
import type { Geometry } from "../entity/geometry.ts";
import { boxesAround, boxOf } from "../geo/box.ts";
import { distance } from "../geo/distance.ts";
import type { EntityPage, EntityQuery } from "./entity_query.ts";
import { geometryPath } from "./index_path.ts";
import { insideBoxes } from "./plan.ts";
import { distanceTo, ordered } from "./order_entities.ts";
import type { Ordering } from "./ordering.ts";
import { type Reading, Search } from "./run_query.ts";

const FIRST_RADIUS = 50;
const GROWTH = 3;
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
): Promise<EntityPage | undefined> {
  const { ordering, limit, offset, geo } = query;
  const property = ordering?.by[0]?.path.names[0];
  const from = ordering?.from;
  if (ordering === undefined || property === undefined || from === undefined) {
    return undefined;
  }
  const path = geometryPath(property);
  const label = "rings of cells";
  const search = new Search(reading, query, {
    label,
    rows: undefined,
    exact: false,
    all: sql`SELECT pk AS entity FROM entity`,
  });
  const { db, index } = reading.store;
  const id = (await index.paths.find(db, [path])).get(path);
  if (id === undefined) return undefined;
  const rings = new Rings(reading, search, { from, property, id });
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
    radius *= GROWTH;
  }
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

interface Row {
  readonly entity: number;
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** Remembers what wider and wider rings around a place have shown. */
class Rings {
  readonly #reading: Reading;
  readonly #search: Search;
  readonly #from: Geometry;
  readonly #property: string;
  readonly #path: number;
  readonly #looked = new Set<number>();
  #found: Ranked[] = [];
  rows = 0;

  constructor(
    reading: Reading,
    search: Search,
    { from, property, id }: {
      readonly from: Geometry;
      readonly property: string;
      readonly id: number;
    },
  ) {
    this.#reading = reading;
    this.#search = search;
    this.#from = from;
    this.#property = property;
    this.#path = id;
  }

  /** At least the `needed` nearest matches within a radius, all if there are fewer. */
  async within(radius: number, needed: number): Promise<readonly Ranked[]> {
    const bounds = await this.#bounds(radius);
    const waiting = [...bounds].filter(([pk, metres]) =>
      metres <= radius && !this.#looked.has(pk)
    ).toSorted(([, a], [, b]) => a - b);
    for (let i = 0; i < waiting.length; i += AT_ONCE) {
      if (this.#search.looked > MOST_IN_RINGS) break;
      const batch = waiting.slice(i, i + AT_ONCE);
      const nearest = batch[0]?.[1] ?? 0;
      const before = this.#found.filter(({ metres }) => metres <= nearest);
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

  /** For each entity in reach, a distance that it is not nearer than. */
  async #bounds(radius: number): Promise<Map<number, number>> {
    const bounds = new Map<number, number>();
    const { db } = this.#reading.store;
    const boxes = boxesAround(boxOf(this.#from), radius);
    const { rows } = await sql<Row>`
      SELECT b.entity, b.west, b.south, b.east, b.north
      ${insideBoxes(db, this.#path, boxes)}`.execute(db);
    this.rows += rows.length;
    for (const row of rows) {
      const pk = Number(row.entity);
      const metres = this.#bound(row);
      bounds.set(pk, Math.min(metres, bounds.get(pk) ?? Infinity));
    }
    return bounds;
  }

  #bound({ west, south, east, north }: Row): number {
    if (west !== east || south !== north) return 0;
    return distance({ type: "Point", coordinates: [west, south] }, this.#from);
  }
}
