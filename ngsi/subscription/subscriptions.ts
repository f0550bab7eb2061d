import { boundary, Problem } from "@hiraku/kernel";
import type { Contexts } from "../context/contexts.ts";
import type { Names } from "../context/names.ts";
import type { Follower } from "../entity/entity_writer.ts";
import { type DeadLetter, deadLetters } from "./dead_letters.ts";
import { loadSubscriptions } from "./load_subscriptions.ts";
import { isStreamOnly } from "./notification_text.ts";
import {
  type NotificationStream,
  Notifier,
  type NotifierParts,
} from "./notifier.ts";
import {
  readSubscription,
  readSubscriptionFragment,
} from "./read_subscription.ts";
import { renderSubscription } from "./render_subscription.ts";
import { type Subscription, useSubscription } from "./subscription.ts";
import type { KeptSubscription } from "./subscription_document.ts";

/** Who asks for subscriptions. */
export interface Subscriber {
  readonly id: string;
  /** Whether entities of running services may be told of. */
  readonly operator: boolean;
  /** Whether the subscriptions of others are seen too. */
  readonly seesAll: boolean;
}

export interface SubscriptionParts extends NotifierParts {
  readonly contexts: Pick<Contexts, "names" | "addressOf">;
}

/** A part of the subscriptions that somebody sees. */
export interface SubscriptionPage {
  readonly subscriptions: readonly Subscription[];
  readonly total: number;
}

/** The subscriptions of one broker, CIM 009 5.8. */
export class Subscriptions {
  readonly #parts: SubscriptionParts;
  readonly #all = new Map<string, Subscription>();
  readonly #notifier: Notifier;
  /** Writes of subscriptions wait for each other. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(parts: SubscriptionParts, lastId: string | undefined) {
    this.#parts = parts;
    this.#notifier = new Notifier(parts, this.#all, lastId);
  }

  /** Takes up where the broker stopped: what is in the outbox goes out. */
  static async open(parts: SubscriptionParts): Promise<Subscriptions> {
    const { subscriptions, outbox, lastId } = await loadSubscriptions(
      parts.db,
      parts.contexts,
    );
    const opened = new Subscriptions(parts, lastId);
    for (const one of subscriptions) opened.#put(one);
    opened.#notifier.resume(outbox);
    return opened;
  }

  /** Makes notifications of every commit. */
  get follower(): Follower {
    return this.#notifier.follower;
  }

  /** Notifications that wait for their endpoints. */
  get waiting(): number {
    return this.#notifier.waiting;
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
      boundary("subscription.committed");
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
      const before = this.retrieve(id, by);
      const { kept, counters } = before;
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
      this.#notifier.stop(before);
      this.#put(subscription);
    });
  }

  /** 5.8.5. Throws `ResourceNotFound`. */
  delete(id: string, by: Subscriber): Promise<void> {
    return this.#inTurn(async () => {
      const subscription = this.retrieve(id, by);
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
      this.#notifier.stop(subscription);
      this.#all.delete(id);
      this.#notifier.forget(id);
    });
  }

  /** Notifications that were given up, the newest first. */
  deadLetters(subscription?: string): Promise<DeadLetter[]> {
    return deadLetters(this.#parts.db, subscription);
  }

  /** Tries again what was given up; resolves to how many there were. */
  replay(ids: readonly string[]): Promise<number> {
    return this.#notifier.replay(ids);
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
    return await this.#notifier.stream(subscription, after, signal);
  }

  /** Ends streams, lets what is being sent arrive, and leaves the rest in the outbox. */
  async close(): Promise<void> {
    await this.#turn;
    await this.#notifier.close();
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
    this.#all.set(subscription.kept.id, subscription);
    this.#notifier.start(subscription);
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
