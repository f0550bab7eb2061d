import {
  type Entity,
  type EntityReads,
  linkedIds,
  shows,
  type View,
  viewBehind,
} from "@hiraku/ngsi";
import type { Join } from "./entity_request.ts";
import type { Shown } from "./shown.ts";

/** Entities of an answer with those that relationships lead to, CIM 009 4.5.23. */
export async function joined(
  reads: EntityReads,
  entities: readonly Entity[],
  view: View,
  join: Join | undefined,
): Promise<readonly Shown[]> {
  if (join === undefined) return entities.map((entity) => ({ entity, view }));
  const { kind, level, containedBy } = join;
  const linked = await reads.linked(entities, level, containedBy);
  if (kind === "inline") {
    const put = { entities: linked, level, containedBy };
    return entities.map((entity) => ({ entity, view, linked: put }));
  }
  return flat(entities.map((entity) => ({ entity, view })), linked, join);
}

/** Every entity once, in the order in which relationships lead there. */
function flat(
  first: readonly Shown[],
  linked: ReadonlyMap<string, Entity>,
  { level, containedBy }: Join,
): readonly Shown[] {
  const all = new Map(first.map((shown) => [shown.entity.id, shown]));
  let from = first;
  for (let step = 0; step < level; step++) {
    const next: Shown[] = [];
    for (const { entity, view } of from) {
      for (const relationship in entity.attributes) {
        if (!shows(view, relationship)) continue;
        for (const id of linkedIds(entity, relationship)) {
          const to = containedBy.has(id) ? undefined : linked.get(id);
          if (to === undefined || all.has(id)) continue;
          const shown = { entity: to, view: viewBehind(view, relationship) };
          all.set(id, shown);
          next.push(shown);
        }
      }
    }
    from = next;
  }
  return [...all.values()];
}
