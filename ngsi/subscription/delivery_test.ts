import assert from "node:assert/strict";
import { EVERYONE, openNotifyingStore } from "./_notifying_store.ts";
import { openReceiver } from "./_receiver.ts";

const ROOM = {
  id: "urn:ngsi-ld:Room:1",
  type: "Room",
  places: { type: "Property", value: 0 },
};
const told = (uri: string, endpoint = {}) => ({
  entities: [{ type: "Room" }],
  notification: { endpoint: { uri, ...endpoint } },
});
const soon = { firstWaitMs: 5, longestWaitMs: 5 };
/** A port that nobody listens on. */
const NOBODY = "http://127.0.0.1:9/notify";

function values(
  received: readonly { body: { data: { places: { value: number } }[] } }[],
): number[] {
  return received.map(({ body }) => body.data[0]?.places.value ?? NaN);
}

Deno.test("a notification survives a stop between commit and delivery, under the same id", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/broker.sqlite`;
  const receiver = openReceiver();
  receiver.status = 503;
  const policy = { firstWaitMs: 3_600_000, longestWaitMs: 3_600_000 };
  const first = await openNotifyingStore({ path, policy });
  await first.create(ROOM);
  const id = await first.subscribe(told(receiver.uri));
  await first.update(ROOM.id, { places: 1 });
  await first.update(ROOM.id, { places: 2 });
  const [lost] = await receiver.until(1);
  await first.close();
  receiver.status = 200;

  const second = await openNotifyingStore({ path });
  const received = await receiver.until(3);
  await second.delivered();

  assert.deepEqual(values(received), [1, 1, 2]);
  assert.equal(received[1]?.body.id, lost?.body.id);
  const { counters } = second.subscriptions.retrieve(id, EVERYONE);
  assert.equal(counters.status, "ok");
  assert.equal(counters.timesFailed, 1);
  await second.close();
  const third = await openNotifyingStore({ path });
  assert.equal(third.subscriptions.waiting, 0);
  await third.close();
  await receiver.close();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("endpoints that are dead or silent delay no other", async () => {
  const receiver = openReceiver();
  const silent = openReceiver();
  silent.silent = true;
  const policy = { ...soon, mostConnections: 4 };
  const store = await openNotifyingStore({ policy });
  await store.create(ROOM);
  await store.subscribe(told(NOBODY));
  for (let i = 0; i < 4; i++) {
    await store.subscribe(told(`${silent.uri}/${i}`, { timeout: 20 }));
  }
  await store.subscribe(told(receiver.uri));

  for (let places = 1; places <= 20; places++) {
    await store.update(ROOM.id, { places });
  }
  const received = await receiver.until(20);

  assert.deepEqual(
    values(received),
    Array.from({ length: 20 }, (_, i) => i + 1),
  );
  assert.ok(store.subscriptions.waiting >= 5 * 20);
  assert.equal(silent.received.length, 0);
  await silent.close();
  await store.close();
  await receiver.close();
});

Deno.test("what a receiver refuses is given up alone, listed, and delivered when replayed", async () => {
  const receiver = openReceiver();
  receiver.status = 404;
  const store = await openNotifyingStore({ policy: soon });
  const { subscriptions } = store;
  await store.create(ROOM);
  const id = await store.subscribe(told(receiver.uri));

  await store.update(ROOM.id, { places: 1 });
  await store.delivered();
  receiver.status = 200;
  await store.update(ROOM.id, { places: 2 });
  await store.delivered();

  const [dead, ...others] = await subscriptions.deadLetters(id);
  assert.deepEqual(others, []);
  assert.equal(dead?.attempts, 3);
  assert.equal(dead?.reason, "The receiver answered 404");
  assert.deepEqual(values(receiver.received), [1, 1, 1, 2]);
  assert.deepEqual(await subscriptions.deadLetters("urn:x:other"), []);

  assert.equal(await subscriptions.replay([dead?.id ?? "", "unknown"]), 1);
  await store.delivered();
  assert.deepEqual(values(receiver.received), [1, 1, 1, 2, 1]);
  assert.deepEqual(await subscriptions.deadLetters(), []);
  assert.equal(await subscriptions.replay([dead?.id ?? ""]), 0);
  await store.close();
  await receiver.close();
});

Deno.test("what nobody takes for too long is given up, and the endpoint tried again", async () => {
  const store = await openNotifyingStore({
    policy: { ...soon, giveUpAfterMs: 0 },
  });
  await store.create(ROOM);
  const id = await store.subscribe(told(NOBODY));
  await store.update(ROOM.id, { places: 1 });
  await store.update(ROOM.id, { places: 2 });
  await store.delivered();

  const dead = await store.subscriptions.deadLetters();
  assert.equal(dead.length, 2);
  assert.match(dead[0]?.reason ?? "", /ConnectionRefused/);
  const { counters } = store.subscriptions.retrieve(id, EVERYONE);
  assert.equal(counters.status, "failed");
  assert.equal(counters.lastSuccess, undefined);
  await store.close();
});

Deno.test("more notifications than may wait push the oldest out", async () => {
  const store = await openNotifyingStore({
    policy: { firstWaitMs: 3_600_000, mostWaiting: 10 },
  });
  await store.create(ROOM);
  await store.subscribe(told(NOBODY));
  for (let places = 1; places <= 30; places++) {
    await store.update(ROOM.id, { places });
  }

  while (store.subscriptions.waiting > 10) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const dead = await store.subscriptions.deadLetters();
  assert.ok(dead.every(({ reason }) => reason.startsWith("Too many")));
  assert.equal(dead.length, 20);
  assert.deepEqual(await store.subscriptions.deadLetters("urn:x:other"), []);
  await store.close();
});

Deno.test("CIM 009 5.2.15: within the cooldown after a failure nothing is told", async () => {
  const receiver = openReceiver();
  receiver.status = 503;
  let now = Date.parse("2026-11-01T00:00:00Z");
  const clock = { now: () => new Date(now) };
  const store = await openNotifyingStore({ clock, policy: soon });
  await store.create(ROOM);
  const id = await store.subscribe(told(receiver.uri, { cooldown: 100 }));
  await store.update(ROOM.id, { places: 1 });
  const { counters } = store.subscriptions.retrieve(id, EVERYONE);
  while (counters.status !== "failed") {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  receiver.status = 200;

  await store.update(ROOM.id, { places: 2 });
  await store.delivered();
  now += 101;
  await store.update(ROOM.id, { places: 3 });
  await store.delivered();

  assert.deepEqual(values(receiver.received), [1, 1, 3]);
  await store.close();
  await receiver.close();
});

Deno.test("nothing is sent to addresses that are not public, by name or by number", async () => {
  const receiver = openReceiver();
  const folder = await Deno.makeTempDir();
  const path = `${folder}/broker.sqlite`;
  const open = await openNotifyingStore({ path });
  await open.create(ROOM);
  await open.subscribe(told(receiver.uri));
  const named = receiver.uri.replace("127.0.0.1", "localhost");
  await open.subscribe(told(named));
  await open.close();

  const policy = { ...soon, giveUpAfterMs: 0, mostRefusals: 1 };
  const strict = await openNotifyingStore({
    path,
    allowPrivate: false,
    policy,
  });
  await strict.update(ROOM.id, { places: 1 });
  await strict.delivered();

  assert.equal(receiver.received.length, 0);
  const dead = await strict.subscriptions.deadLetters();
  assert.deepEqual(
    dead.map(({ reason }) => reason),
    Array(2).fill("The address is not a public one"),
  );
  await assert.rejects(strict.subscribe(told(named)), {
    kind: "BadRequestData",
    message: "Does not fit: notification.endpoint.uri: not a public address",
  });
  await strict.close();
  await receiver.close();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("CIM 009 5.8.5: a deleted subscription is told nothing more, whatever waits", async () => {
  const store = await openNotifyingStore({ policy: soon });
  await store.create(ROOM);
  const receiver = openReceiver();
  receiver.status = 503;
  const id = await store.subscribe(told(receiver.uri));
  await store.update(ROOM.id, { places: 1 });
  await receiver.until(1);

  await store.subscriptions.delete(id, EVERYONE);
  const { length } = receiver.received;
  await store.update(ROOM.id, { places: 2 });

  assert.equal(store.subscriptions.waiting, 0);
  assert.ok(receiver.received.length - length <= 1);
  assert.deepEqual(await store.subscriptions.deadLetters(), []);
  await store.close();
  await receiver.close();
});
