import type { Entity } from "../entity/entity.ts";
import type { Difference } from "./attribute_differences.ts";
import type { Subscription } from "./subscription.ts";

/** One change of an entity, as subscriptions look at it. */
export interface EntityChange {
  readonly before: Entity | undefined;
  readonly after: Entity | undefined;
  readonly at: string;
  readonly differences: ReadonlyMap<string, Difference>;
}

/** Whether the change is of a kind the subscription waits for, CIM 009 5.2.12. */
export function isTriggered(
  { triggers, watched }: Pick<Subscription, "triggers" | "watched">,
  { before, after, differences }: EntityChange,
): boolean {
  const came = before === undefined && triggers.has("entityCreated");
  const went = after === undefined && triggers.has("entityDeleted");
  if ((came || went) && watched === undefined) return true;
  const created = triggers.has("attributeCreated") || came;
  const updated = triggers.has("attributeUpdated");
  const deleted = triggers.has("attributeDeleted") || went;
  for (const [iri, difference] of differences) {
    if (watched !== undefined && !watched.has(iri)) continue;
    if (
      (created && difference.created) || (updated && difference.updated) ||
      (deleted && difference.deleted)
    ) return true;
  }
  return false;
}
