import assert from "node:assert/strict";
import { LONGEST_BACKLOG, type StreamEvent } from "./backlog.ts";
import { EVERYONE, openNotifyingStore } from "./_notifying_store.ts";
import { openReceiver } from "./_receiver.ts";
import { STREAM_ENDPOINT } from "./subscription_members.ts";

const ROOM = {
  id: "urn:ngsi-ld:Room:1",
  type: "Room",
  places: { type: "Property", value: 0 },
};
const SOMEBODY = { id: "public", operator: false, seesAll: false };
const streamed = (uri = STREAM_ENDPOINT) => ({
  entities: [{ type: "Room" }],
  notification: { endpoint: { uri } },
});

function valueOf({ body }: StreamEvent): number {
  return JSON.parse(body).data[0].places.value;
}

async function take(
  events: AsyncIterator<StreamEvent, void>,
  count: number,
): Promise<StreamEvent[]> {
  const taken: StreamEvent[] = [];
  while (taken.length < count) {
    const { value } = await events.next();
    if (value === undefined) break;
    taken.push(value);
  }
  return taken;
}

Deno.test("stream() goes on after the last event, also after a restart, and misses none", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/broker.sqlite`;
  const first = await openNotifyingStore({ path });
  await first.create(ROOM);
  const id = await first.subscribe(streamed());
  const ended = new AbortController();
  const opened = await first.subscriptions.stream(
    id,
    SOMEBODY,
    undefined,
    ended.signal,
  );
  const reading = take(opened.events, 2);
  for (const places of [1, 2, 3, 4]) await first.update(ROOM.id, { places });
  const heard = await reading;
  assert.deepEqual(heard.map(valueOf), [1, 2]);
  await first.close();
  assert.deepEqual((await take(opened.events, 9)).map(valueOf), [3, 4]);

  const second = await openNotifyingStore({ path });
  const resumed = await second.subscriptions.stream(
    id,
    SOMEBODY,
    heard.at(-1)?.id,
    ended.signal,
  );
  const more = take(resumed.events, 3);
  await second.update(ROOM.id, { places: 5 });
  assert.deepEqual((await more).map(valueOf), [3, 4, 5]);
  assert.equal(resumed.isComplete, true);
  assert.equal(second.subscriptions.waiting, 0);

  ended.abort();
  assert.equal((await resumed.events.next()).done, true);
  await second.close();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("stream() says when what was missed is forgotten, and keeps a bounded backlog", async () => {
  const store = await openNotifyingStore();
  await store.create(ROOM);
  const id = await store.subscribe(streamed());
  const { signal } = new AbortController();
  const live = await store.subscriptions.stream(
    id,
    SOMEBODY,
    undefined,
    signal,
  );
  const first = take(live.events, 1);
  await Promise.all(
    Array.from(
      { length: 2 * LONGEST_BACKLOG },
      (_, i) => store.update(ROOM.id, { places: i + 1 }),
    ),
  );
  const [oldest] = await first;

  const goOn = () =>
    store.subscriptions.stream(id, SOMEBODY, oldest?.id, signal);
  let late = await goOn();
  while (late.isComplete) late = await goOn();
  const kept = await take(late.events, LONGEST_BACKLOG);
  const [next = NaN] = kept.map(valueOf);

  assert.equal(kept.length, LONGEST_BACKLOG);
  assert.ok(next > 2 && next <= LONGEST_BACKLOG + 1);
  await store.subscriptions.delete(id, EVERYONE);
  await live.events.return();
  await store.close();
});

Deno.test("stream() lets anyone read what is public, and only who may what is pushed or operational", async () => {
  const receiver = openReceiver();
  const store = await openNotifyingStore();
  const pushed = await store.subscribe(streamed(receiver.uri));
  const operational = await store.subscribe(streamed(), { operator: true });
  const { signal } = new AbortController();
  const open = (id: string, by = SOMEBODY) =>
    store.subscriptions.stream(id, by, undefined, signal);
  const missing = { kind: "ResourceNotFound" };

  await assert.rejects(open(pushed), missing);
  await assert.rejects(open(operational), missing);
  await assert.rejects(open(operational, EVERYONE), missing);
  await assert.rejects(open("urn:x:unknown"), missing);
  const operator = { ...SOMEBODY, operator: true };
  assert.equal((await open(operational, operator)).operator, true);

  const both = await open(pushed, EVERYONE);
  const heard = take(both.events, 1);
  await store.create(ROOM);
  const [event] = await heard;
  const [push] = await receiver.until(1);
  assert.equal(JSON.parse(event?.body ?? "{}").id, push?.body.id);
  await store.close();
  await receiver.close();
});
