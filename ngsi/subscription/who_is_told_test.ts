import assert from "node:assert/strict";
import { OPERATIONAL_TYPES } from "../context/hosted_context.ts";
import { EVERYONE, NAMES, openNotifyingStore } from "./_notifying_store.ts";
import { openReceiver } from "./_receiver.ts";

const OCCUPANCY = {
  id: "urn:ngsi-ld:ShelterOccupancy:1",
  type: OPERATIONAL_TYPES[0],
  places: { type: "Property", value: 3 },
};
const ROOM = { ...OCCUPANCY, id: "urn:ngsi-ld:Room:1", type: "Room" };

Deno.test("follow() tells of running services only who may see them, joined, queried or not", async () => {
  const receiver = openReceiver();
  const store = await openNotifyingStore();
  const endpoint = { uri: receiver.uri };
  const all = {
    localOnly: true,
    notificationTrigger: ["entityCreated", "entityUpdated", "entityDeleted"],
    notification: { endpoint, join: "flat" },
  };
  const seat = { type: "Relationship", object: OCCUPANCY.id };

  const everyone = await store.subscribe(all);
  await store.subscribe({ ...all, q: "seat{places}==3" });
  const operator = await store.subscribe(all, { operator: true });
  await store.create(OCCUPANCY);
  await store.update(OCCUPANCY.id, { places: 4 });
  await store.update(OCCUPANCY.id, { places: 3 });
  await store.create({ ...ROOM, seat });
  await store.delete(OCCUPANCY.id);
  await store.delivered();

  const ids = (subscription: string) =>
    receiver.received.filter(({ body }) => body.subscriptionId === subscription)
      .map(({ body }) => body.data.map(({ id }: { id: string }) => id));
  assert.deepEqual(ids(everyone), [[ROOM.id]]);
  assert.deepEqual(ids(operator), [
    [OCCUPANCY.id],
    [OCCUPANCY.id],
    [OCCUPANCY.id],
    [ROOM.id, OCCUPANCY.id],
    [OCCUPANCY.id],
  ]);
  assert.equal(receiver.received.length, 6);
  await store.close();
  await receiver.close();
});

Deno.test("Subscriptions show themselves to their owner and to who sees all", async () => {
  const store = await openNotifyingStore();
  const owner = { ...EVERYONE, id: "key-1", seesAll: false };
  const other = { ...owner, id: "key-2" };
  const id = await store.subscribe({
    entities: [{ type: "Room" }],
    notification: { endpoint: { uri: "http://127.0.0.1:9/" } },
  }, owner);
  const { subscriptions } = store;
  const page = { limit: 10, offset: 0 };

  assert.equal(subscriptions.retrieve(id, owner).kept.id, id);
  assert.equal(subscriptions.list(page, EVERYONE).total, 1);
  assert.equal(subscriptions.list(page, other).total, 0);
  const missing = { kind: "ResourceNotFound" };
  assert.throws(() => subscriptions.retrieve(id, other), missing);
  await assert.rejects(subscriptions.delete(id, other), missing);
  await assert.rejects(
    subscriptions.stream(id, other, undefined, AbortSignal.abort()),
    missing,
  );
  await store.close();
});

Deno.test("CIM 009 5.8.2.4: a paused subscription is not told, a resumed one is; expiry ends it", async () => {
  const receiver = openReceiver();
  let now = "2026-11-01T00:00:00Z";
  const clock = { now: () => new Date(now) };
  const store = await openNotifyingStore({ clock });
  const { subscriptions } = store;
  await store.create(ROOM);
  const id = await store.subscribe({
    entities: [{ type: "Room" }],
    isActive: false,
    notification: { endpoint: { uri: receiver.uri } },
  });
  const change = (sent: unknown) =>
    subscriptions.update(id, sent, NAMES, EVERYONE);
  const heard = async (places: number) => {
    const before = receiver.received.length;
    await store.update(ROOM.id, { places });
    await store.delivered();
    return receiver.received.length > before;
  };

  assert.equal(await heard(1), false);
  await change({ isActive: true });
  assert.equal(await heard(2), true);
  await change({ expiresAt: "2026-11-01T00:00:05Z", isActive: false });
  now = "2026-11-01T00:00:06Z";
  assert.equal(await heard(4), false);
  await assert.rejects(change({ expiresAt: "2026-11-01T00:00:05Z" }), {
    kind: "BadRequestData",
  });
  await change({ expiresAt: "2026-11-02T00:00:00Z" });
  assert.equal(await heard(5), true);
  await store.close();
  await receiver.close();
});

Deno.test("CIM 009 5.2.12: throttling leaves out what comes too early, also after a restart", async () => {
  const receiver = openReceiver();
  const folder = await Deno.makeTempDir();
  const path = `${folder}/broker.sqlite`;
  let now = Date.parse("2026-11-01T00:00:00Z");
  const clock = { now: () => new Date(now) };
  const first = await openNotifyingStore({ path, clock });
  await first.create(ROOM);
  await first.subscribe({
    entities: [{ type: "Room" }],
    throttling: 15,
    notification: { endpoint: { uri: receiver.uri } },
  });

  await first.update(ROOM.id, { places: 1 });
  now += 5_000;
  await first.update(ROOM.id, { places: 2 });
  await first.delivered();
  await first.close();
  const second = await openNotifyingStore({ path, clock });
  now += 9_000;
  await second.update(ROOM.id, { places: 4 });
  now += 1_000;
  await second.update(ROOM.id, { places: 5 });
  await second.delivered();

  const values = receiver.received.map(({ body }) => body.data[0].places.value);
  assert.deepEqual(values, [1, 5]);
  await second.close();
  await receiver.close();
  await Deno.remove(folder, { recursive: true });
});
