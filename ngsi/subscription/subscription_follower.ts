import type { Clock } from "@hiraku/kernel";
import { sql, type Transaction } from "@hiraku/kernel/store";
import type { Entity } from "../entity/entity.ts";
import type { EntityStore } from "../entity/entity_store.ts";
import { plain } from "../entity/ready_entity.ts";
import type { Changed, Follower } from "../entity/entity_writer.ts";
import { matchesFilter } from "../query/entity_query.ts";
import { listed } from "../rows.ts";
import { rowStatement } from "../statement.ts";
import type { Tables } from "../tables.ts";
import { attributeDifferences } from "./attribute_differences.ts";
import { isSelected } from "./compile_query.ts";
import { type EntityTexts, textsOfChange } from "./entity_texts.ts";
import type { Ledger, Page } from "./ledger.ts";
import { isOperational, LinkedEntities } from "./linked_entities.ts";
import type { NotificationIds } from "./notification_ids.ts";
import { isStreamOnly, notificationText } from "./notification_text.ts";
import { statusOf, type Subscription } from "./subscription.ts";
import type { SubscriptionIndex } from "./subscription_buckets.ts";
import { type EntityChange, isTriggered } from "./trigger.ts";

/** A notification that is on disk, or about to be. */
export interface Made {
  readonly id: string;
  readonly subscription: Subscription;
  readonly body: string;
  readonly at: string;
}

interface Wanted {
  readonly subscription: Subscription;
  readonly change: EntityChange;
}

export interface FollowerParts {
  readonly store: EntityStore;
  readonly clock: Clock;
  readonly index: SubscriptionIndex;
  readonly ledger: Ledger;
  readonly ids: NotificationIds;
  /** Called with what a commit has made certain. */
  made(notifications: readonly Made[]): void;
}

const MOST_ENTITIES = 1000;
const LARGEST_BODY = 1024 * 1024;

/** Makes the notifications of every commit, in its transaction, CIM 009 5.8.6. */
export class SubscriptionFollower implements Follower {
  readonly #parts: FollowerParts;
  #making: readonly Made[] = [];
  #page: Page | undefined;

  constructor(parts: FollowerParts) {
    this.#parts = parts;
  }

  async follow(
    trx: Transaction<Tables>,
    changes: readonly Changed[],
  ): Promise<void> {
    // What the last commit wrote of the ledger came to nothing, if it is still here.
    this.#page?.undo();
    this.#page = undefined;
    const wanted = this.#wanted(changes);
    const made = wanted.length === 0
      ? []
      : await this.#make(trx, wanted, changes);
    // A commit that failed has happened all the same if its answer got lost.
    this.#making = [...await keptAlready(trx, this.#making), ...made];
    await keepNotifications(trx, made);
    const { ledger } = this.#parts;
    // What waits is written a few times a second anyway.
    if (ledger.isLong) this.#page = await ledger.write(trx);
  }

  committed(): void {
    this.#page = undefined;
    const made = this.#making;
    this.#making = [];
    if (made.length === 0) return;
    for (const { subscription, at } of made) {
      subscription.counters.lastMade = at;
      if (subscription.kept.document.throttling !== undefined) {
        this.#parts.ledger.counted(subscription);
      }
    }
    this.#parts.made(made);
  }

  #wanted(changes: readonly Changed[]): Wanted[] {
    const { index } = this.#parts;
    const wanted: Wanted[] = [];
    if (index.isEmpty) return wanted;
    for (const { id, before, after, at } of changes) {
      const subject = after ?? before;
      if (subject === undefined) continue;
      const differences = attributeDifferences(before, after);
      const candidates = index.candidates(
        id,
        subject.types,
        differences.keys(),
      );
      if (candidates.size === 0) continue;
      const hidden = [before, after].some((one) => one && isOperational(one));
      const change = { before, after: plain(after), at, differences };
      for (const subscription of candidates) {
        if (hidden && !subscription.kept.operator) continue;
        if (this.#isDue(subscription, change, subject)) {
          wanted.push({ subscription, change });
        }
      }
    }
    return wanted;
  }

  #isDue(
    subscription: Subscription,
    change: EntityChange,
    subject: Entity,
  ): boolean {
    return isTriggered(subscription, change) &&
      isSelected(subscription.query, subject) &&
      statusOf(subscription.kept, change.at) === "active" &&
      !isThrottled(subscription, change.at) &&
      !isCoolingDown(subscription, change.at);
  }

  async #make(
    trx: Transaction<Tables>,
    wanted: readonly Wanted[],
    changes: readonly Changed[],
  ): Promise<Made[]> {
    const { store } = this.#parts;
    const left = new Map(changes.map(({ id, after }) => [id, plain(after)]));
    const now = changes[0]?.at ?? "";
    const linked = new LinkedEntities(store, now, left, trx);
    for (const { subscription, change } of wanted) {
      const { query, join } = subscription;
      const level = Math.max(query.linkDepth, join?.level ?? 0);
      const entity = change.after ?? change.before;
      if (level > 0 && entity) await linked.load([entity], level);
    }
    const drafts = new Map<Subscription, Draft[]>();
    for (const { subscription, change } of wanted) {
      const entity = change.after ?? change.before;
      const lookup = linked.lookup(subscription.kept.operator);
      const { filter } = subscription.query;
      if (!entity || !matchesFilter(filter, entity, lookup)) continue;
      const texts = textsOfChange(subscription, change, lookup);
      collect(drafts, subscription, entity.id, texts);
    }
    return this.#written(drafts, now);
  }

  #written(
    drafts: ReadonlyMap<Subscription, readonly Draft[]>,
    at: string,
  ): Made[] {
    const { ids, clock } = this.#parts;
    const made: Made[] = [];
    for (const [subscription, notifications] of drafts) {
      for (const { texts } of notifications) {
        const id = ids.next(clock.now());
        const body = notificationText(id, subscription, at, texts.values());
        made.push({ id, subscription, body, at });
      }
    }
    return made;
  }
}

/** Those notifications that are on disk. */
async function keptAlready(
  trx: Transaction<Tables>,
  made: readonly Made[],
): Promise<Made[]> {
  if (made.length === 0) return [];
  const ids = listed(trx, made.map(({ id }) => id));
  const pushed = await trx.selectFrom("notification_outbox").select("id")
    .where("id", "in", ids).execute();
  const streamed = await trx.selectFrom("notification_backlog").select("id")
    .where("id", "in", ids).execute();
  const kept = new Set([...pushed, ...streamed].map(({ id }) => id));
  return made.filter(({ id }) => kept.has(id));
}

/** Writes notifications for delivery, and for those who read them as a stream. */
export async function keepNotifications(
  trx: Transaction<Tables>,
  made: readonly Made[],
): Promise<void> {
  const pushed: string[] = [];
  const streamed: string[] = [];
  for (const { id, subscription, body } of made) {
    const row = [id, subscription.kept.id, body];
    if (!isStreamOnly(subscription)) pushed.push(...row);
    if (subscription.counters.streamed) streamed.push(...row);
  }
  await keepPushed(trx, pushed);
  await keepStreamed(trx, streamed);
}

const keepPushed = rowStatement(3, (values) =>
  sql`
  INSERT INTO notification_outbox (id, subscription, body) VALUES ${values}`);
const keepStreamed = rowStatement(3, (values) =>
  sql`
  INSERT INTO notification_backlog (id, subscription, body) VALUES ${values}`);

interface Draft {
  /** The entities it tells of, not those they are linked to. */
  readonly told: Set<string>;
  readonly texts: Map<string, string>;
  length: number;
}

/** Entities of one commit share a notification; one that changed twice is told twice. */
function collect(
  drafts: Map<Subscription, Draft[]>,
  subscription: Subscription,
  id: string,
  texts: EntityTexts,
): void {
  let notifications = drafts.get(subscription);
  if (notifications === undefined) {
    drafts.set(subscription, notifications = []);
  }
  let draft = notifications.at(-1);
  const fits = draft !== undefined && !draft.told.has(id) &&
    draft.told.size < MOST_ENTITIES && draft.length < LARGEST_BODY;
  if (draft === undefined || !fits) {
    const throttled = subscription.kept.document.throttling !== undefined;
    if (draft !== undefined && throttled) return;
    draft = { told: new Set(), texts: new Map(), length: 0 };
    notifications.push(draft);
  }
  draft.told.add(id);
  for (const [other, text] of texts) {
    if (other !== id && draft.texts.has(other)) continue;
    draft.texts.set(other, text);
    draft.length += text.length;
  }
}

// CIM 009 5.2.12: what comes too early is left out, the next change is told whole.
function isThrottled(
  { kept, counters }: Subscription,
  now: string,
): boolean {
  const { throttling } = kept.document;
  if (throttling === undefined || counters.lastMade === undefined) return false;
  return Date.parse(now) - Date.parse(counters.lastMade) < throttling * 1000;
}

// CIM 009 5.2.15: what comes before the cooldown is over is not sent.
function isCoolingDown({ kept, counters }: Subscription, now: string): boolean {
  const { cooldown } = kept.document.notification.endpoint;
  const { status, lastFailure } = counters;
  if (cooldown === undefined || status !== "failed" || !lastFailure) {
    return false;
  }
  return Date.parse(now) - Date.parse(lastFailure) < cooldown;
}
