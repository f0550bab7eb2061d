import type { Store } from "@hiraku/kernel/store";
import type { Contexts } from "../context/contexts.ts";
import { CORE_CONTEXT } from "../context/core_context.ts";
import type { Tables } from "../tables.ts";
import { IRIS } from "./kept_terms.ts";
import { timeOfId } from "./notification_ids.ts";
import { type Subscription, useSubscription } from "./subscription.ts";
import type { Counters, KeptSubscription } from "./subscription_document.ts";

/** What a broker finds when it starts. */
export interface Loaded {
  /** In the order of creation. */
  readonly subscriptions: readonly Subscription[];
  /** What waits for delivery, oldest first. */
  readonly outbox: readonly {
    readonly id: string;
    readonly subscription: string;
  }[];
  /** The newest notification there is. */
  readonly lastId: string | undefined;
}

export async function loadSubscriptions(
  db: Store<Tables>,
  contexts: Pick<Contexts, "names" | "addressOf">,
): Promise<Loaded> {
  const rows = await db.selectFrom("subscription")
    .select(["document", "counters"]).execute();
  const subscriptions: Subscription[] = [];
  for (const row of rows) {
    const kept = JSON.parse(row.document) as KeptSubscription;
    const counters = JSON.parse(row.counters) as Counters;
    const context = await contextOf(kept, contexts);
    subscriptions.push(useSubscription(kept, context, counters));
  }
  const outbox = await db.selectFrom("notification_outbox")
    .select(["id", "subscription"]).orderBy("id").execute();
  const newest = new Map(outbox.map((one) => [one.subscription, one.id]));
  for (const { kept, counters } of subscriptions) {
    const id = newest.get(kept.id);
    const made = id && new Date(timeOfId(id)).toISOString();
    if (made && made > (counters.lastMade ?? "")) counters.lastMade = made;
  }
  return {
    subscriptions: subscriptions.toSorted(byCreation),
    outbox,
    lastId: await lastId(db),
  };
}

function byCreation({ kept: a }: Subscription, { kept: b }: Subscription) {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** A context that cannot be had any more leaves the names as they are, in full. */
async function contextOf(
  { context }: KeptSubscription,
  contexts: Pick<Contexts, "names" | "addressOf">,
): Promise<Pick<Subscription, "names" | "contextUrl">> {
  try {
    return {
      names: await contexts.names(context),
      contextUrl: await contexts.addressOf(context),
    };
  } catch {
    return { names: IRIS, contextUrl: CORE_CONTEXT };
  }
}

async function lastId(db: Store<Tables>): Promise<string | undefined> {
  const newest: (string | null)[] = [];
  for (
    const table of [
      "notification_outbox",
      "notification_dead_letter",
      "notification_backlog",
    ] as const
  ) {
    const row = await db.selectFrom(table)
      .select((e) => e.fn.max("id").as("id")).executeTakeFirst();
    newest.push(row?.id ?? null);
  }
  return newest.flatMap((id) => id ?? []).toSorted().at(-1);
}
