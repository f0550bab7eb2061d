import type { EntityStore } from "../entity/entity_store.ts";
import type { EntityPage, EntityQuery } from "../query/entity_query.ts";
import { textsOfEntity } from "./entity_texts.ts";
import { LinkedEntities } from "./linked_entities.ts";
import { notificationText } from "./notification_text.ts";
import type { Subscription } from "./subscription.ts";
import type { Made } from "./subscription_follower.ts";

const PAGE = 1000;

/**
 * What a subscription with a `timeInterval` is told: all entities that match,
 * CIM 009 5.8.6, a thousand in a notification; nothing when there are none.
 */
export async function periodicNotifications(
  subscription: Subscription,
  at: string,
  store: EntityStore,
  find: (query: EntityQuery) => Promise<EntityPage>,
  newId: () => string,
): Promise<Made[]> {
  const { kept, query, join } = subscription;
  const made: Made[] = [];
  let offset = 0;
  let page: EntityPage;
  do {
    page = await find({ ...query.filter, limit: PAGE, offset, count: false });
    offset += PAGE;
    if (page.entities.length === 0) break;
    const linked = new LinkedEntities(store, at);
    if (join !== undefined) await linked.load(page.entities, join.level);
    const texts = new Map<string, string>();
    for (const entity of page.entities) {
      const lookup = linked.lookup(kept.operator);
      for (const [id, text] of textsOfEntity(subscription, entity, lookup)) {
        if (id === entity.id || !texts.has(id)) texts.set(id, text);
      }
    }
    const id = newId();
    const body = notificationText(id, subscription, at, texts.values());
    made.push({ id, subscription, body, at });
  } while (page.more);
  return made;
}
