import { Problem } from "@hiraku/kernel";
import type { Entity } from "../entity/entity.ts";
import type { Path, Q } from "./q.ts";
import { termsOf } from "./q.ts";
import { linkedIds, type Lookup } from "./target.ts";

/** Reads entities that may be seen, by id. */
export type Fetch = (
  ids: readonly string[],
) => Promise<ReadonlyMap<string, Entity>>;

/** A lookup that knows every entity that a query follows relationships to. */
export async function lookupFor(
  q: Q | undefined,
  entities: readonly Entity[],
  fetch: Fetch,
): Promise<Lookup | undefined> {
  const paths = q === undefined
    ? []
    : termsOf(q).map(({ path }) => path).filter(({ hops }) => hops.length > 0);
  if (paths.length === 0) return undefined;
  const known = new Map<string, Entity>();
  for (const { hops } of paths) {
    let from = entities;
    for (const { relationship } of hops) {
      from = await step(from, [relationship], known, fetch);
    }
  }
  return (id) => known.get(id);
}

/** The entities that relationships of these lead to, step by step, CIM 009 4.5.23. */
export async function linkedEntities(
  entities: readonly Entity[],
  levels: number,
  passedBy: ReadonlySet<string>,
  fetch: Fetch,
): Promise<Map<string, Entity>> {
  const known = new Map<string, Entity>();
  const followed = new Set<string>();
  let from = entities;
  for (let level = 0; level < levels && from.length > 0; level++) {
    for (const { id } of from) followed.add(id);
    const next = await step(from, undefined, known, fetch, passedBy);
    // Who is reached again was followed farther before.
    from = next.filter(({ id }) => !followed.has(id));
    if (known.size > MOST_LINKED) {
      throw new Problem(
        "TooManyResults",
        `More than ${MOST_LINKED} linked entities; ask for less or a lower 'joinLevel'`,
      );
    }
  }
  return known;
}

const MOST_LINKED = 20_000;

const NOTHING: ReadonlySet<string> = new Set();

async function step(
  from: readonly Entity[],
  relationships: Path["names"] | undefined,
  known: Map<string, Entity>,
  fetch: Fetch,
  passedBy = NOTHING,
): Promise<Entity[]> {
  const ids = new Set(
    from.flatMap((entity) =>
      (relationships ?? Object.keys(entity.attributes))
        .flatMap((name) => linkedIds(entity, name))
    ),
  );
  const wanted = [...ids].filter((id) => !passedBy.has(id));
  const missing = wanted.filter((id) => !known.has(id));
  for (const [id, entity] of await fetch(missing)) known.set(id, entity);
  return wanted.flatMap((id) => known.get(id) ?? []);
}
