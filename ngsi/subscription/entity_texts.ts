import type { Entity } from "../entity/entity.ts";
import { renderEntity, renderText } from "../entity/render_entity.ts";
import { renderFeature } from "../entity/render_geojson.ts";
import { type Linked, shows, type View, viewBehind } from "../entity/view.ts";
import { linkedIds, type Lookup } from "../query/target.ts";
import { acceptedBy } from "./notification_text.ts";
import { shownChange } from "./shown_change.ts";
import type { Join, Subscription } from "./subscription.ts";
import type { EntityChange } from "./trigger.ts";

/** Texts of entities by id: the one that is told of first, then those it is linked to. */
export type EntityTexts = ReadonlyMap<string, string>;

/** What a notification says of a change. */
export function textsOfChange(
  subscription: Subscription,
  change: EntityChange,
  lookup: Lookup,
): EntityTexts {
  const { showChanges = false } = subscription.kept.document.notification;
  const shown = shownChange(change, { ...subscription, showChanges });
  if (change.after !== undefined) {
    return textsOfEntity(subscription, shown, lookup);
  }
  const rendered = rendering(subscription)(shown, subscription.view);
  const told = acceptedBy(subscription) === "application/geo+json"
    ? rendered.properties as Record<string, unknown>
    : rendered;
  told.deletedAt = change.at;
  return new Map([[shown.id, JSON.stringify(rendered)]]);
}

/** What a notification says of an entity as it is. */
export function textsOfEntity(
  subscription: Subscription,
  entity: Entity,
  lookup: Lookup,
): EntityTexts {
  const { view, join, names } = subscription;
  if (
    join === undefined && acceptedBy(subscription) !== "application/geo+json"
  ) {
    return new Map([[entity.id, renderText(entity, view, names)]]);
  }
  const render = rendering(subscription);
  if (join === undefined) {
    return new Map([[entity.id, JSON.stringify(render(entity, view))]]);
  }
  const reached = new Map([[entity.id, { entity, view }]]);
  follow(reached, entity, view, join.level, lookup);
  if (join.kind === "flat") {
    return new Map([...reached].map(([id, one]) => [
      id,
      JSON.stringify(render(one.entity, one.view)),
    ]));
  }
  const entities = new Map([...reached].map(([id, one]) => [id, one.entity]));
  const linked = { entities, level: join.level };
  return new Map([
    [entity.id, JSON.stringify(render(entity, view, linked))],
  ]);
}

function rendering(subscription: Subscription) {
  const { names } = subscription;
  return (entity: Entity, view: View, linked?: Linked) =>
    acceptedBy(subscription) === "application/geo+json"
      ? renderFeature(entity, view, names, undefined, linked)
      : renderEntity(entity, view, names, linked);
}

// CIM 009 4.5.23
function follow(
  reached: Map<string, { entity: Entity; view: View }>,
  entity: Entity,
  view: View,
  level: Join["level"],
  lookup: Lookup,
): void {
  if (level < 1) return;
  for (const iri of Object.keys(entity.attributes)) {
    if (!shows(view, iri)) continue;
    for (const id of linkedIds(entity, iri)) {
      const target = reached.has(id) ? undefined : lookup(id);
      if (target === undefined) continue;
      const behind = viewBehind(view, iri);
      reached.set(id, { entity: target, view: behind });
      follow(reached, target, behind, level - 1, lookup);
    }
  }
}
