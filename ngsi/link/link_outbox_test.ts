import assert from "node:assert/strict";
import {
  due,
  lastHeard,
  postpone,
  putAllOut,
  putOut,
  settle,
  waitingCount,
} from "./link_outbox.ts";
import { clearLink, type LinkStore, openLinkStore } from "./link_tables.ts";

const LINK = "01JD3W8Q4XK0V7M2T5R9ZB6CYH";
const NOW = new Date("2026-11-01T00:00:00Z");

async function withOutbox(
  body: (store: LinkStore, ids: () => Promise<string[]>) => Promise<void>,
): Promise<void> {
  const store = await openLinkStore(":memory:");
  const ids = async () =>
    (await due(store, LINK, NOW, 100)).map(({ id }) => id).sort();
  try {
    await body(store, ids);
  } finally {
    await store.destroy();
  }
}

Deno.test("putOut() keeps an entity once and remembers the notification with it", () =>
  withOutbox(async (store, ids) => {
    await putOut(store, LINK, ["urn:a", "urn:b", "urn:a"], "E1");
    await putOut(store, LINK, ["urn:a"], "E2");
    await putOut(store, "another", ["urn:c"]);

    assert.deepEqual(await ids(), ["urn:a", "urn:b"]);
    assert.equal(await waitingCount(store, LINK), 2);
    assert.equal(await lastHeard(store, LINK), "E2");
    assert.equal(await lastHeard(store, "another"), undefined);
  }));

Deno.test("settle() leaves due what has changed while it was being sent", () =>
  withOutbox(async (store, ids) => {
    await putOut(store, LINK, ["urn:a", "urn:b", "urn:c", "urn:d"]);
    const [a, b, c, d] = await due(store, LINK, NOW, 100);
    assert.ok(a && b && c && d);
    await putOut(store, LINK, ["urn:a", "urn:c"]);

    await settle(store, LINK, { sent: [a, b], gone: [c, d] });

    assert.deepEqual(await ids(), ["urn:a", "urn:c"]);
    await putAllOut(store, LINK);
    // What was deleted outside and has not come back is not sent again.
    assert.deepEqual(await ids(), ["urn:a", "urn:b", "urn:c"]);
  }));

Deno.test("postpone() lets a refused entity wait, longer each time, until it changes", () =>
  withOutbox(async (store, ids) => {
    await putOut(store, LINK, ["urn:a"]);
    const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

    await postpone(store, LINK, await due(store, LINK, NOW, 1), NOW);
    assert.deepEqual(await ids(), []);
    const [again] = await due(store, LINK, later(5), 1);
    assert.equal(again?.attempts, 1);
    await postpone(store, LINK, again ? [again] : [], NOW);
    assert.deepEqual(await due(store, LINK, later(9), 1), []);
    assert.equal((await due(store, LINK, later(10), 1)).length, 1);
    assert.equal(await waitingCount(store, LINK), 1);

    await putOut(store, LINK, ["urn:a"]);
    assert.deepEqual(await ids(), ["urn:a"]);
  }));

Deno.test("clearLink() forgets one link and no other", () =>
  withOutbox(async (store, ids) => {
    await putOut(store, LINK, ["urn:a"], "E1");
    await putOut(store, "another", ["urn:b"], "E2");

    await clearLink(store, LINK);

    assert.deepEqual(await ids(), []);
    assert.equal(await lastHeard(store, LINK), undefined);
    assert.equal(await waitingCount(store, "another"), 1);
    assert.equal(await lastHeard(store, "another"), "E2");
  }));
