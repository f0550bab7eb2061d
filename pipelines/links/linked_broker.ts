import type { LinkFailureKind } from "@hiraku/kernel/control";
import type { OutboundRules } from "@hiraku/ngsi";
import NGSI from "ngsijs";
import {
  type Answer,
  type AskOptions,
  guardedRequests,
} from "./guarded_request.ts";
import { LinkFailure } from "./link_failure.ts";

export interface LinkedBrokerAddress {
  /** Base address, without `ngsi-ld/v1`. */
  readonly address: string;
  readonly tenant: string | null;
  /** With which the broker knows us. */
  readonly headers: Readonly<Record<string, string>>;
  readonly rules: OutboundRules;
  /** What every failure is called, where it does not matter why. */
  readonly failAs?: LinkFailureKind;
}

/** An entity as a broker hands it out or takes it. */
export type Document = Readonly<Record<string, unknown>>;

export interface Asked {
  readonly types: readonly string[];
  readonly ids?: readonly string[];
  readonly limit: number;
  readonly offset?: number;
  readonly keyValues?: boolean;
  readonly sysAttrs?: boolean;
  /** The context of the types and of the answer; that of the broker without it. */
  readonly context?: string;
}

/** One end of a link, asked one thing at a time. Everything fails with `LinkFailure`. */
export interface LinkedBroker {
  /** Creates or replaces them; resolves to the ids of those that the broker does not want. */
  upsert(entities: readonly Document[], context: string): Promise<Set<string>>;
  /** Deletes one, if it is there. */
  remove(id: string): Promise<void>;
  entities(asked: Asked): Promise<Document[]>;
  has(id: string): Promise<boolean>;
  /** Makes a subscription instead of the one with its id. */
  subscribe(subscription: Document & { readonly id: string }): Promise<void>;
  isSubscribed(id: string): Promise<boolean>;
  /** Deletes a subscription, if it is there. */
  unsubscribe(id: string): Promise<void>;
  close(): void;
}

/** What is used of ngsijs, which has no types of its own. */
interface Connection {
  readonly url: URL;
  readonly ld: {
    queryEntities(options: unknown): Promise<{ results: unknown }>;
    getEntity(options: unknown): Promise<unknown>;
    deleteEntity(options: unknown): Promise<unknown>;
    createSubscription(
      subscription: unknown,
      options: unknown,
    ): Promise<unknown>;
    getSubscription(
      options: unknown,
    ): Promise<{ subscription: { isActive?: unknown; status?: unknown } }>;
    deleteSubscription(options: unknown): Promise<unknown>;
  };
  makeRequest(url: URL, options: AskOptions): Promise<Answer>;
}

export function linkedBroker(
  { address, tenant, headers, rules, failAs }: LinkedBrokerAddress,
): LinkedBroker {
  const requests = guardedRequests(rules);
  const connection: Connection = new NGSI.Connection(address, {
    headers,
    requestFunction: requests.ask,
  });
  const { ld } = connection;
  const of = tenant === null ? {} : { tenant };
  const failure = () => new LinkFailure(failAs ?? requests.failure());

  async function answered<T>(request: PromiseLike<T>): Promise<T> {
    try {
      return await request;
    } catch {
      throw failure();
    }
  }

  /** False when the broker says that there is no such thing. */
  async function found(request: PromiseLike<unknown>): Promise<boolean> {
    try {
      await request;
      return true;
    } catch {
      // ngsijs knows its NotFoundError by one media type only.
      if (requests.wasMissing()) return false;
      throw failure();
    }
  }

  // ngsijs knows no batch operations; its own request function carries ours.
  async function upsertSome(
    entities: readonly Document[],
    context: string,
  ): Promise<string[]> {
    const { status, responseText } = await answered(connection.makeRequest(
      new URL("ngsi-ld/v1/entityOperations/upsert", connection.url),
      {
        method: "POST",
        contentType: "application/ld+json",
        postBody: JSON.stringify(
          entities.map((one) => ({ ...one, "@context": context })),
        ),
        requestHeaders: {
          ...headers,
          ...tenant === null ? {} : { "NGSILD-Tenant": tenant },
        },
      },
    ));
    if ([200, 201, 204].includes(status)) return [];
    if (status === 207) return refusedIn(responseText);
    if (![400, 413, 422].includes(status)) {
      throw failure();
    }
    // One that is not wanted may keep all others out: they go in smaller parts.
    if (entities.length === 1) return entities.map(({ id }) => String(id));
    const half = entities.length >> 1;
    return [
      ...await upsertSome(entities.slice(0, half), context),
      ...await upsertSome(entities.slice(half), context),
    ];
  }

  return {
    async upsert(entities, context) {
      if (entities.length === 0) return new Set();
      return new Set(await upsertSome(entities, context));
    },
    async remove(id) {
      await found(ld.deleteEntity({ id, ...of }));
    },
    async entities({ types, ids, context, ...asked }) {
      const { results } = await answered(ld.queryEntities({
        ...asked,
        type: types,
        ...ids === undefined ? {} : { id: ids },
        ...context === undefined ? {} : { "@context": context },
        ...of,
      }));
      if (Array.isArray(results)) return results;
      throw new LinkFailure("unreadable");
    },
    has: (id) => found(ld.getEntity({ id, ...of })),
    async subscribe(subscription) {
      await found(ld.deleteSubscription({ id: subscription.id, ...of }));
      await answered(ld.createSubscription({ ...subscription }, of));
    },
    async isSubscribed(id) {
      let active = true;
      const asking = ld.getSubscription({ id, ...of }).then(
        ({ subscription: { isActive, status } }) => {
          active = isActive !== false && status !== "expired";
        },
      );
      return await found(asking) && active;
    },
    async unsubscribe(id) {
      await found(ld.deleteSubscription({ id, ...of }));
    },
    close: () => requests.close(),
  };
}

// CIM 009 5.2.16
function refusedIn(text: string): string[] {
  try {
    const { errors } = JSON.parse(text) as { errors: { entityId: string }[] };
    return errors.map(({ entityId }) => entityId);
  } catch {
    throw new LinkFailure("unreadable");
  }
}
