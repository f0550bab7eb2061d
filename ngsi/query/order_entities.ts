import type { Entity } from "../entity/entity.ts";
import type { Geometry } from "../entity/geometry.ts";
import { distance } from "../geo/distance.ts";
import { dateOf, dateTimeOf, timeOf } from "./instant.ts";
import type { Ordering, OrderTerm } from "./ordering.ts";
import { isObject, someTarget } from "./target.ts";

// CIM 009 4.23.2
const RANKS = {
  distance: 0,
  number: 1,
  text: 2,
  object: 3,
  array: 4,
  boolean: 5,
  time: 6,
  date: 7,
  dateTime: 8,
  null: 9,
  absent: 10,
};
interface Key {
  readonly rank: number;
  readonly value: number | string;
}

/** Entities in the order asked for; equal ones stay as they came. */
export function ordered(
  entities: readonly Entity[],
  ordering: Ordering,
): Entity[] {
  const keyed = entities.map((entity) => ({
    entity,
    keys: ordering.by.map((term) => keyOf(term, entity, ordering.from)),
  }));
  keyed.sort((a, b) => {
    for (const [i, { direction }] of ordering.by.entries()) {
      const order = compare(a.keys[i] ?? LAST, b.keys[i] ?? LAST, {
        falls: direction.endsWith("desc"),
        texts: ordering.compareTexts,
      });
      if (order !== 0) return order;
    }
    return 0;
  });
  return keyed.map(({ entity }) => entity);
}

const LAST: Key = { rank: RANKS.absent, value: 0 };

/** Data types keep their order in both directions, and what is absent stays last. */
function compare(
  a: Key,
  b: Key,
  { falls, texts }: {
    readonly falls: boolean;
    readonly texts: Ordering["compareTexts"];
  },
): number {
  if (a.rank !== b.rank) return a.rank - b.rank;
  const order = typeof a.value === "number"
    ? a.value - Number(b.value)
    : texts(a.value, String(b.value));
  return falls ? -order : order;
}

function keyOf(
  { path, direction }: OrderTerm,
  entity: Entity,
  from: Geometry | undefined,
): Key {
  if (direction.startsWith("dist") && from !== undefined) {
    const metres = distanceTo(entity, path.names[0] ?? "", from);
    if (metres !== undefined) return { rank: RANKS.distance, value: metres };
  }
  let key = LAST;
  someTarget(path, entity, undefined, ({ values, elements }) => {
    const value = elements.length > 0 || values.length !== 1
      ? [...values, ...elements]
      : values[0];
    key = keyOfValue(value);
    return true;
  });
  return key;
}

/** Metres to the nearest instance of a GeoProperty. */
export function distanceTo(
  { attributes }: Entity,
  property: string,
  from: Geometry,
): number | undefined {
  const all =
    attributes[property]?.flatMap(({ content }) =>
      content.type === "GeoProperty" ? distance(content.value, from) : []
    ) ?? [];
  return all.length === 0 ? undefined : Math.min(...all);
}

function keyOfValue(value: unknown): Key {
  switch (typeof value) {
    case "number":
      return { rank: RANKS.number, value };
    case "boolean":
      return { rank: RANKS.boolean, value: Number(value) };
    case "string":
      return keyOfText(value);
    default:
      if (value === null) return { rank: RANKS.null, value: 0 };
      if (isObject(value)) {
        return { rank: RANKS.object, value: JSON.stringify(value) };
      }
      return Array.isArray(value)
        ? { rank: RANKS.array, value: JSON.stringify(value) }
        : LAST;
  }
}

function keyOfText(text: string): Key {
  const time = timeOf(text);
  if (time !== undefined) return { rank: RANKS.time, value: time };
  const date = dateOf(text);
  if (date !== undefined) return { rank: RANKS.date, value: date };
  const at = dateTimeOf(text);
  return at === undefined
    ? { rank: RANKS.text, value: text }
    : { rank: RANKS.dateTime, value: at };
}
