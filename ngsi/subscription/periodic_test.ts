import assert from "node:assert/strict";
import { openNotifyingStore } from "./_notifying_store.ts";
import { openReceiver } from "./_receiver.ts";

const ROOM = {
  id: "urn:ngsi-ld:Room:1",
  type: "Room",
  places: { type: "Property", value: 0 },
};

Deno.test("CIM 009 5.8.6: timeInterval tells of all that match, again and again, changed or not", async () => {
  const receiver = openReceiver();
  const store = await openNotifyingStore();
  const endpoint = { uri: receiver.uri };
  await store.create(ROOM);
  await store.create({ ...ROOM, id: "urn:ngsi-ld:Room:2", places: 5 });
  await store.create({ ...ROOM, id: "urn:ngsi-ld:Ward:1", type: "Ward" });
  const every = { timeInterval: 0.05, entities: [{ type: "Room" }] };
  await store.subscribe({ ...every, notification: { endpoint } });
  await store.subscribe({
    ...every,
    q: "places>100",
    notification: { endpoint: { uri: `${receiver.uri}/nothing` } },
  });

  const received = await receiver.until(3);

  for (const { body } of received) {
    assert.deepEqual(body.data.map(({ id }: { id: string }) => id), [
      "urn:ngsi-ld:Room:1",
      "urn:ngsi-ld:Room:2",
    ]);
  }
  assert.equal(
    new Set(received.map(({ body }) => body.id)).size,
    received.length,
  );
  assert.equal(
    new Set(received.map(({ body }) => body.subscriptionId)).size,
    1,
  );
  await store.close();
  const { length } = receiver.received;
  await new Promise((resolve) => setTimeout(resolve, 60));
  assert.equal(receiver.received.length, length);
  await receiver.close();
});
