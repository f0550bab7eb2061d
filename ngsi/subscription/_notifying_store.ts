import { type Clock, systemClock } from "@hiraku/kernel";
import { type Names, namesOf } from "../context/names.ts";
import { attributeDeletion } from "../entity/attribute_change.ts";
import {
  attributeAppend,
  attributeUpdate,
  creation,
  deletion,
} from "../entity/change.ts";
import { EntityStore } from "../entity/entity_store.ts";
import { EntityWriter } from "../entity/entity_writer.ts";
import { readEntity, readFragment } from "../entity/read_entity.ts";
import { OPERATIONAL_TYPES } from "../context/hosted_context.ts";
import { matchesFilter } from "../query/entity_query.ts";
import { openTestStore } from "../_test_store.ts";
import type { DeliveryPolicy } from "./delivery.ts";
import { Subscriptions } from "./subscriptions.ts";

export const CONTEXT = "https://city.example/terms.jsonld";
const TERMS = "https://city.example/terms#";
export const NAMES: Names = namesOf(
  {
    iris: new Map(
      [..."Shelter Room name open places ring seat".split(" "), "Ward"]
        .map((term) => [term, TERMS + term]),
    ),
  },
  CONTEXT,
);
export const EVERYONE = { id: "tester", operator: false, seesAll: true };

/** Entities and their subscriptions in one store. */
export interface NotifyingStore {
  readonly subscriptions: Subscriptions;
  create(entity: Record<string, unknown>): Promise<void>;
  createAll(entities: readonly Record<string, unknown>[]): Promise<void>;
  update(id: string, fragment: Record<string, unknown>): Promise<void>;
  append(id: string, fragment: Record<string, unknown>): Promise<void>;
  /** All instances of it. */
  deleteAttribute(id: string, name: string): Promise<void>;
  delete(id: string): Promise<void>;
  subscribe(
    members: Record<string, unknown>,
    by?: Partial<typeof EVERYONE> & { tenant?: string },
  ): Promise<string>;
  /** Resolves when everything that was made is delivered. */
  delivered(): Promise<void>;
  close(): Promise<void>;
}

export async function openNotifyingStore(
  { path = ":memory:", clock = systemClock, policy, allowPrivate = true }: {
    path?: string;
    clock?: Clock;
    policy?: Partial<DeliveryPolicy>;
    allowPrivate?: boolean;
  } = {},
): Promise<NotifyingStore> {
  const db = await openTestStore(path);
  const store = new EntityStore(db);
  const subscriptions = await Subscriptions.open({
    db,
    store,
    clock,
    contexts: {
      names: () => Promise.resolve(NAMES),
      addressOf: () => Promise.resolve(CONTEXT),
    },
    outbound: { allowPrivate, allowedHosts: [] },
    ...(policy && { policy }),
    async query(query, operator) {
      const rows = await db.selectFrom("entity").select("id").execute();
      const kept = await store.keptById(rows.map(({ id }) => id));
      const entities = [...kept.values()].map(({ entity }) => entity)
        .filter((one) => matchesFilter(query, one))
        .filter(({ types }) =>
          operator || !types.some((type) => OPERATIONAL_TYPES.includes(type))
        );
      const explained = { index: "", rows: undefined, looked: 0 };
      return { entities, total: undefined, more: false, explained };
    },
  });
  const writer = new EntityWriter(store, clock, [subscriptions.follower]);
  const now = () => clock.now().toISOString();
  const create = async (entity: Record<string, unknown>) => {
    const draft = readEntity(entity, NAMES);
    await writer.write(draft.id, creation(draft, now()));
  };
  return {
    subscriptions,
    create,
    async createAll(entities) {
      await Promise.all(entities.map(create));
    },
    async update(id, fragment) {
      const read = readFragment(fragment, NAMES);
      await writer.write(id, attributeUpdate(read, now()));
    },
    async append(id, fragment) {
      const read = readFragment(fragment, NAMES);
      await writer.write(id, attributeAppend(read, true, now()));
    },
    async deleteAttribute(id, name) {
      const iri = NAMES.expand(name);
      await writer.write(id, attributeDeletion({ iri }, now()));
    },
    async delete(id) {
      await writer.write(id, deletion());
    },
    subscribe: (members, by = {}) =>
      subscriptions.create(
        { type: "Subscription", ...members },
        NAMES,
        { ...EVERYONE, ...by },
      ),
    async delivered() {
      while (subscriptions.waiting > 0) {
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    },
    async close() {
      await writer.settled();
      await subscriptions.close();
      await db.destroy();
    },
  };
}
