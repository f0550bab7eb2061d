import { type Clock, Problem } from "@hiraku/kernel";
import type { Store } from "@hiraku/kernel/store";
import type { Contexts } from "../context/contexts.ts";
import type { Names } from "../context/names.ts";
import type { EntityStore } from "../entity/entity_store.ts";
import type { Follower } from "../entity/entity_writer.ts";
import type { OutboundRules } from "../outbound.ts";
import type { EntityPage, EntityQuery } from "../query/entity_query.ts";
import type { Tables } from "../tables.ts";
import { backlogHas, type StreamEvent } from "./backlog.ts";
import { type DeadLetter, deadLetters, reviveLetters } from "./dead_letters.ts";
import { Delivery, type DeliveryPolicy, USUAL_POLICY } from "./delivery.ts";
import { Ledger } from "./ledger.ts";
import { loadSubscriptions } from "./load_subscriptions.ts";
import { NotificationIds } from "./notification_ids.ts";
import { NotificationStreams } from "./notification_streams.ts";
import { isStreamOnly } from "./notification_text.ts";
import { Periodic } from "./periodic.ts";
import { periodicNotifications } from "./periodic_notifications.ts";
import {
  readSubscription,
  readSubscriptionFragment,
} from "./read_subscription.ts";
import { renderSubscription } from "./render_subscription.ts";
import { NotificationSender } from "./send_notification.ts";
import { type Subscription, useSubscription } from "./subscription.ts";
import type { KeptSubscription } from "./subscription_document.ts";
import {
  keepNotifications,
  type Made,
  SubscriptionFollower,
} from "./subscription_follower.ts";
import { SubscriptionIndex } from "./subscription_index.ts";

/** Who asks for subscriptions. */
export interface Subscriber {
  readonly id: string;
  /** Whether entities of running services may be told of. */
  readonly operator: boolean;
  /** Whether the subscriptions of others are seen too. */
  readonly seesAll: boolean;
}

export interface SubscriptionParts {
  readonly db: Store<Tables>;
  readonly store: EntityStore;
  readonly clock: Clock;
  readonly contexts: Pick<Contexts, "names" | "addressOf">;
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

/** A part of the subscriptions that somebody sees. */
export interface SubscriptionPage {
  readonly subscriptions: readonly Subscription[];
  readonly total: number;
}

const FLUSH_MS = 200;
const CLOSING_MS = 2000;

/** The subscriptions of one broker and the delivery of what they ask for, CIM 009 5.8. */
export class Subscriptions {
  /** Makes notifications of every commit. */
  readonly follower: Follower;
  readonly #parts: SubscriptionParts;
  readonly #all = new Map<string, Subscription>();
  readonly #index = new SubscriptionIndex();
  readonly #ledger = new Ledger();
  readonly #sender: NotificationSender;
  readonly #delivery: Delivery;
  readonly #streams: NotificationStreams;
  readonly #periodic: Periodic;
  readonly #ids: NotificationIds;
  readonly #flushing: ReturnType<typeof setInterval>;
  /** Writes of subscriptions wait for each other. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(parts: SubscriptionParts, lastId: string | undefined) {
    const { db, store, clock } = parts;
    this.#parts = parts;
    this.#ids = new NotificationIds(lastId);
    this.#sender = new NotificationSender(parts.outbound);
    this.#streams = new NotificationStreams(db);
    this.#periodic = new Periodic(clock, (one) => this.#notifyOnTime(one));
    this.#delivery = new Delivery({
      db,
      clock,
      ledger: this.#ledger,
      policy: { ...USUAL_POLICY, ...parts.policy },
      subscription: (id) => this.#all.get(id),
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

  /** Takes up where the broker stopped: what is in the outbox goes out. */
  static async open(parts: SubscriptionParts): Promise<Subscriptions> {
    const { subscriptions, outbox, lastId } = await loadSubscriptions(
      parts.db,
      parts.contexts,
    );
    const opened = new Subscriptions(parts, lastId);
    for (const one of subscriptions) opened.#put(one);
    for (const { id, subscription } of outbox) {
      if (opened.#all.has(subscription)) {
        opened.#delivery.enqueue(id, subscription);
      } else opened.#ledger.taken(id);
    }
    return opened;
  }

  /** 5.8.1. Resolves to its id. Throws `BadRequestData`, `AlreadyExists`, `LdContextNotAvailable`. */
  async create(
    sent: unknown,
    names: Names,
    by: Subscriber & { readonly tenant?: string },
  ): Promise<string> {
    const now = this.#now();
    const rules = this.#parts.outbound;
    const read = readSubscription(sent, { names, now, rules });
    const { id = `urn:ngsi-ld:Subscription:${crypto.randomUUID()}` } = read;
    const kept: KeptSubscription = {
      id,
      document: read.document,
      terms: read.terms,
      context: read.document.jsonldContext ?? names.reference,
      owner: by.id,
      operator: by.operator,
      ...(by.tenant === undefined ? {} : { tenant: by.tenant }),
      createdAt: now,
      modifiedAt: now,
    };
    await this.#inTurn(async () => {
      if (this.#all.has(id)) {
        throw new Problem("AlreadyExists", "The subscription already exists");
      }
      const counters = { timesSent: 0, timesFailed: 0 };
      const subscription = await this.#used(kept, counters);
      await this.#parts.db.insertInto("subscription").values({
        id,
        document: JSON.stringify(kept),
        counters: JSON.stringify(subscription.counters),
      }).execute();
      this.#put(subscription);
    });
    return id;
  }

  /** 5.8.3. Throws `ResourceNotFound`. */
  retrieve(id: string, by: Subscriber): Subscription {
    const subscription = this.#all.get(id);
    if (subscription !== undefined && isSeen(subscription, by)) {
      return subscription;
    }
    throw new Problem("ResourceNotFound", "The subscription does not exist");
  }

  /** 5.8.4, in the order of creation. */
  list(
    { limit, offset }: { readonly limit: number; readonly offset: number },
    by: Subscriber,
  ): SubscriptionPage {
    const seen = [...this.#all.values()].filter((one) => isSeen(one, by));
    return {
      subscriptions: seen.slice(offset, offset + limit),
      total: seen.length,
    };
  }

  /** A subscription as CIM 009 5.2.12 shows it, without `@context`. */
  render(
    subscription: Subscription,
    names: Names,
    sysAttrs: boolean,
  ): Record<string, unknown> {
    return renderSubscription(subscription, names, this.#now(), sysAttrs);
  }

  /** 5.8.2. Throws `ResourceNotFound`, `BadRequestData`, `LdContextNotAvailable`. */
  update(
    id: string,
    sent: unknown,
    names: Names,
    by: Subscriber,
  ): Promise<void> {
    return this.#inTurn(async () => {
      const { kept, counters } = this.retrieve(id, by);
      const now = this.#now();
      const rules = this.#parts.outbound;
      const read = readSubscriptionFragment(sent, kept, { names, now, rules });
      const { jsonldContext } = read.document;
      const changed: KeptSubscription = {
        ...kept,
        ...read,
        context: jsonldContext ?? kept.context,
        modifiedAt: now,
      };
      const subscription = await this.#used(changed, counters);
      await this.#parts.db.updateTable("subscription")
        .set({ document: JSON.stringify(changed) })
        .where("id", "=", id).execute();
      this.#take(id);
      this.#put(subscription);
      this.#delivery.revised(id);
    });
  }

  /** 5.8.5. Throws `ResourceNotFound`. */
  delete(id: string, by: Subscriber): Promise<void> {
    return this.#inTurn(async () => {
      this.retrieve(id, by);
      await this.#parts.db.transaction().execute(async (trx) => {
        await trx.deleteFrom("subscription").where("id", "=", id).execute();
        for (
          const table of [
            "notification_outbox",
            "notification_dead_letter",
            "notification_backlog",
          ] as const
        ) {
          await trx.deleteFrom(table).where("subscription", "=", id).execute();
        }
      });
      this.#take(id);
      this.#all.delete(id);
      this.#delivery.drop(id);
      this.#streams.end(id);
    });
  }

  /** Notifications that were given up, the newest first. */
  deadLetters(subscription?: string): Promise<DeadLetter[]> {
    return deadLetters(this.#parts.db, subscription);
  }

  /** Tries again what was given up; resolves to how many there were. */
  async replay(ids: readonly string[]): Promise<number> {
    const revived = await reviveLetters(this.#parts.db, ids);
    for (const { id, subscription } of revived) {
      this.#delivery.enqueue(id, subscription);
    }
    return revived.length;
  }

  /**
   * Notifications as they are made, after those that followed the event
   * `after`; not all of those if it is so old that it is forgotten. A subscription without a push endpoint may be read by anyone who
   * knows its id, unless it tells of running services. Throws `ResourceNotFound`.
   */
  async stream(
    id: string,
    by: Subscriber,
    after: string | undefined,
    signal: AbortSignal,
  ): Promise<NotificationStream> {
    const subscription = this.#all.get(id);
    const may = subscription !== undefined &&
      (isStreamOnly(subscription) || isSeen(subscription, by)) &&
      (by.operator || !subscription.kept.operator);
    if (!may) {
      throw new Problem("ResourceNotFound", "The subscription does not exist");
    }
    if (!subscription.counters.streamed) {
      subscription.counters.streamed = true;
      this.#ledger.counted(subscription);
      await this.#flush();
    }
    const isComplete = after === undefined ||
      await backlogHas(this.#parts.db, id, after);
    const events = this.#streams.read(id, after, signal);
    return { events, isComplete, operator: subscription.kept.operator };
  }

  /** Notifications that wait for their endpoints. */
  get waiting(): number {
    return this.#delivery.waiting;
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
    this.#sender.close();
    await this.#delivery.quiet();
    await this.#turn;
    await this.#flush();
  }

  async #used(
    kept: KeptSubscription,
    counters: Subscription["counters"],
  ): Promise<Subscription> {
    const { contexts } = this.#parts;
    const names = await contexts.names(kept.context);
    const contextUrl = await contexts.addressOf(kept.context);
    const used = useSubscription(kept, { names, contextUrl }, counters);
    if (isStreamOnly(used)) used.counters.streamed = true;
    return used;
  }

  #put(subscription: Subscription): void {
    const { id, document } = subscription.kept;
    this.#all.set(id, subscription);
    if (document.timeInterval === undefined) this.#index.add(subscription);
    else this.#periodic.add(subscription);
  }

  #take(id: string): void {
    const subscription = this.#all.get(id);
    if (subscription === undefined) return;
    if (subscription.kept.document.timeInterval === undefined) {
      this.#index.remove(subscription);
    } else this.#periodic.remove(id);
  }

  #made(made: readonly Made[]): void {
    for (const { id, subscription, body } of made) {
      const key = subscription.kept.id;
      if (!this.#all.has(key)) {
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
    const { db, query } = this.#parts;
    const at = this.#now();
    const made = await periodicNotifications(
      subscription,
      at,
      this.#parts.store,
      (one) => query(one, subscription.kept.operator),
      () => this.#ids.next(this.#parts.clock.now()),
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

  async #inTurn<T>(write: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(write);
    this.#turn = turn.catch(() => {});
    return await turn;
  }

  #now(): string {
    return this.#parts.clock.now().toISOString();
  }
}

function isSeen({ kept }: Subscription, by: Subscriber): boolean {
  return by.seesAll || kept.owner === by.id;
}
