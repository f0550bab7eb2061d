import type { Clock } from "@hiraku/kernel";
import type { Store } from "@hiraku/kernel/store";
import type { EntityStore } from "../entity/entity_store.ts";
import type { Follower } from "../entity/entity_writer.ts";
import type { OutboundRules } from "../outbound.ts";
import type { EntityPage, EntityQuery } from "../query/entity_query.ts";
import type { Tables } from "../tables.ts";
import { backlogHas, type StreamEvent } from "./backlog.ts";
import { reviveLetters } from "./dead_letters.ts";
import { Delivery, type DeliveryPolicy, USUAL_POLICY } from "./delivery.ts";
import { Ledger } from "./ledger.ts";
import { NotificationIds } from "./notification_ids.ts";
import { NotificationStreams } from "./notification_streams.ts";
import { isStreamOnly } from "./notification_text.ts";
import { Periodic } from "./periodic.ts";
import { periodicNotifications } from "./periodic_notifications.ts";
import { NotificationSender } from "./send_notification.ts";
import type { Subscription } from "./subscription.ts";
import {
  keepNotifications,
  type Made,
  SubscriptionFollower,
} from "./subscription_follower.ts";
import { SubscriptionIndex } from "./subscription_buckets.ts";

export interface NotifierParts {
  readonly db: Store<Tables>;
  readonly store: EntityStore;
  readonly clock: Clock;
  readonly outbound: OutboundRules;
  readonly policy?: Partial<DeliveryPolicy>;
  /** Finds entities, those of running services only for `operator`. */
  query(query: EntityQuery, operator: boolean): Promise<EntityPage>;
}

/** A subscription read as a stream. */
export interface NotificationStream {
  readonly events: AsyncGenerator<StreamEvent, void>;
  /** Whether nothing is missing after the event it goes on from. */
  readonly isComplete: boolean;
  /** Whether it may tell of running services. */
  readonly operator: boolean;
}

const FLUSH_MS = 200;
const CLOSING_MS = 2000;

/** Makes notifications of commits and of intervals, and brings them to who is to have them. */
export class Notifier {
  /** Makes notifications of every commit. */
  readonly follower: Follower;
  readonly #parts: NotifierParts;
  readonly #known: ReadonlyMap<string, Subscription>;
  readonly #index = new SubscriptionIndex();
  readonly #ledger = new Ledger();
  readonly #sender: NotificationSender;
  readonly #delivery: Delivery;
  readonly #streams: NotificationStreams;
  readonly #periodic: Periodic;
  readonly #ids: NotificationIds;
  readonly #flushing: ReturnType<typeof setInterval>;

  /** `known` are the subscriptions there are, `lastId` the newest notification. */
  constructor(
    parts: NotifierParts,
    known: ReadonlyMap<string, Subscription>,
    lastId: string | undefined,
  ) {
    const { db, store, clock } = parts;
    this.#parts = parts;
    this.#known = known;
    this.#ids = new NotificationIds(lastId);
    this.#sender = new NotificationSender(parts.outbound);
    this.#streams = new NotificationStreams(db);
    this.#periodic = new Periodic(clock, (one) => this.#notifyOnTime(one));
    this.#delivery = new Delivery({
      db,
      clock,
      ledger: this.#ledger,
      policy: { ...USUAL_POLICY, ...parts.policy },
      subscription: (id) => known.get(id),
      send: (subscription, body) => this.#sender.send(subscription, body),
    });
    this.follower = new SubscriptionFollower({
      store,
      clock,
      index: this.#index,
      ledger: this.#ledger,
      ids: this.#ids,
      made: (made) => this.#made(made),
    });
    this.#flushing = setInterval(() => void this.#flush(), FLUSH_MS);
  }

  /** Notifications that wait for their endpoints. */
  get waiting(): number {
    return this.#delivery.waiting;
  }

  /** Takes up what was left in the outbox. */
  resume(
    outbox: readonly { readonly id: string; readonly subscription: string }[],
  ): void {
    for (const { id, subscription } of outbox) {
      if (this.#known.has(subscription)) {
        this.#delivery.enqueue(id, subscription);
      } else this.#ledger.taken(id);
    }
  }

  /** Begins to tell of what a subscription asks for. */
  start(subscription: Subscription): void {
    if (subscription.kept.document.timeInterval === undefined) {
      this.#index.add(subscription);
    } else this.#periodic.add(subscription);
    this.#delivery.revised(subscription.kept.id);
  }

  /** Makes no more of it; what was made before goes out still. */
  stop(subscription: Subscription): void {
    const { id, document } = subscription.kept;
    if (document.timeInterval === undefined) this.#index.remove(subscription);
    else this.#periodic.remove(id);
  }

  /** Forgets what waits for it and ends its streams. */
  forget(id: string): void {
    this.#delivery.drop(id);
    this.#streams.end(id);
  }

  /** Tries again what was given up; resolves to how many there were. */
  async replay(ids: readonly string[]): Promise<number> {
    const revived = await reviveLetters(this.#parts.db, ids);
    this.resume(revived);
    return revived.length;
  }

  async stream(
    subscription: Subscription,
    after: string | undefined,
    signal: AbortSignal,
  ): Promise<NotificationStream> {
    if (!subscription.counters.streamed) {
      subscription.counters.streamed = true;
      this.#ledger.counted(subscription);
      await this.#flush();
    }
    const { id, operator } = subscription.kept;
    const isComplete = after === undefined ||
      await backlogHas(this.#parts.db, id, after);
    const events = this.#streams.read(id, after, signal);
    return { events, isComplete, operator };
  }

  /** Ends streams, lets what is being sent arrive, and leaves the rest in the outbox. */
  async close(): Promise<void> {
    clearInterval(this.#flushing);
    this.#streams.end();
    await this.#periodic.close();
    this.#delivery.close();
    let timer: ReturnType<typeof setTimeout> | undefined;
    await Promise.race([
      this.#delivery.quiet(),
      new Promise((resolve) => timer = setTimeout(resolve, CLOSING_MS)),
    ]);
    clearTimeout(timer);
    this.#delivery.abandon();
    this.#sender.close();
    await this.#delivery.quiet();
    await this.#flush();
  }

  #made(made: readonly Made[]): void {
    for (const { id, subscription, body } of made) {
      const key = subscription.kept.id;
      if (!this.#known.has(key)) {
        this.#ledger.taken(id);
        continue;
      }
      if (!isStreamOnly(subscription)) this.#delivery.enqueue(id, key, body);
      if (subscription.counters.streamed) {
        this.#streams.publish(key, { id, body });
      }
    }
  }

  async #notifyOnTime(subscription: Subscription): Promise<void> {
    const { db, clock, query, store } = this.#parts;
    const at = clock.now().toISOString();
    const made = await periodicNotifications(
      subscription,
      at,
      store,
      (one) => query(one, subscription.kept.operator),
      () => this.#ids.next(clock.now()),
    );
    subscription.counters.lastMade = at;
    this.#ledger.counted(subscription);
    if (made.length === 0) return;
    await db.transaction().execute((trx) => keepNotifications(trx, made));
    this.#made(made);
  }

  async #flush(): Promise<void> {
    if (this.#ledger.isEmpty) return;
    try {
      await this.#parts.db.transaction()
        .execute((trx) => this.#ledger.write(trx));
    } catch {
      // The ledger has it still; the next time will do.
    }
  }
}
