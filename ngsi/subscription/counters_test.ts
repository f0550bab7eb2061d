import assert from "node:assert/strict";
import { EVERYONE, NAMES, openNotifyingStore } from "./_notifying_store.ts";
import { openReceiver } from "./_receiver.ts";

const ID = "urn:ngsi-ld:Room:1";

Deno.test("CIM 009 5.2.14.2: counters and times of notifications say what became of them", async () => {
  const receiver = openReceiver();
  const store = await openNotifyingStore();
  try {
    const id = await store.subscribe({
      entities: [{ type: "Room" }],
      notification: { endpoint: { uri: receiver.uri } },
    });
    const shown = () => {
      const one = store.subscriptions.retrieve(id, EVERYONE);
      const { notification } = store.subscriptions.render(one, NAMES, false);
      return notification as Record<string, unknown>;
    };
    const before = shown();

    await store.create({ id: ID, type: "Room", name: "A" });
    await receiver.until(1);
    await store.delivered();
    const taken = shown();
    receiver.status = 400;
    await store.update(ID, { name: "B" });
    await receiver.until(2);
    await store.delivered();
    const refused = shown();

    assert.deepEqual(Object.keys(before), ["endpoint"]);
    assert.deepEqual([taken.timesSent, taken.status], [1, "ok"]);
    assert.equal(typeof taken.lastSuccess, "string");
    assert.equal(typeof taken.lastNotification, "string");
    assert.equal("timesFailed" in taken, false);
    assert.equal("lastFailure" in taken, false);
    // Every attempt counts.
    assert.equal(refused.status, "failed");
    assert.ok(Number(refused.timesFailed) >= 1);
    assert.equal(refused.timesSent, 1 + Number(refused.timesFailed));
    assert.equal(refused.lastSuccess, taken.lastSuccess);
    assert.equal(typeof refused.lastFailure, "string");
  } finally {
    await store.close();
    await receiver.close();
  }
});
