import { boundary } from "@hiraku/kernel";
import { type Link, recordLinkStatus } from "@hiraku/kernel/control";
import { lastHeard, putAllOut, putOut, STREAM_ENDPOINT } from "@hiraku/ngsi";
import { eventStream, type StreamedEvent } from "./event_stream.ts";
import {
  type AtWork,
  type LinkParts,
  pause,
  repeatedly,
  subscriptionId,
} from "./link_parts.ts";
import { dueSender } from "./send_due.ts";

// Older than every notification, so that none is missed by who has heard none.
const BEFORE_ALL = "0".repeat(26);
const PAGE = 1000;
// Pages overlap: what is deleted meanwhile moves others to the page before.
const STEP = 900;
const LOOK_AGAIN_MS = 1000;

/**
 * Keeps entities of the chosen types current at the outside broker. One loop
 * hears of changes at our broker and puts them into the outbox, the other
 * brings them out.
 */
export function pushLink(parts: LinkParts, started: Link): AtWork {
  const { store, own } = parts;
  const stop = new AbortController();
  const hearing = own.connect();
  const reading = own.connect();
  const send = dueSender(parts, reading);
  let link = started;
  let synced = started.status.synced ? started.replayAt : undefined;
  const connected = Promise.withResolvers<void>();
  let wake = () => {};

  async function hear(): Promise<void> {
    const id = subscriptionId(link);
    if (!await hearing.isSubscribed(id)) {
      await hearing.subscribe({
        id,
        type: "Subscription",
        entities: link.types.map((type) => ({ type })),
        notificationTrigger: [
          "entityCreated",
          "entityUpdated",
          "entityDeleted",
        ],
        notification: { pick: ["id"], endpoint: { uri: STREAM_ENDPOINT } },
      });
    }
    const after = await lastHeard(store, link.id);
    let isWhole = after !== undefined;
    const stream = eventStream(
      `${own.origin}/api/v1/broker/${own.tenant}/subscriptions/${id}/events`,
      {
        Authorization: `Bearer ${own.token}`,
        "Last-Event-ID": after ?? BEFORE_ALL,
      },
      stop.signal,
    );
    for await (const events of stream) {
      if (events.some(({ kind }) => kind === "gap")) {
        await putEverything();
        isWhole = true;
      }
      const heard = events.filter(({ kind }) => kind === "message");
      const last = heard.at(-1);
      if (last !== undefined) {
        await putOut(store, link.id, heard.flatMap(idsIn), last.id);
        boundary("link.heard");
      }
      if (isWhole) connected.resolve();
      wake();
    }
  }

  /** All that is here, and all that ever went out and may have gone meanwhile. */
  async function putEverything(): Promise<void> {
    const { id, replayAt, types } = link;
    await putAllOut(store, id);
    for (let offset = 0;; offset += STEP) {
      const page = await reading.entities({
        types,
        limit: PAGE,
        offset,
        keyValues: true,
      });
      await putOut(store, id, page.map((one) => String(one.id)));
      if (page.length < PAGE) break;
    }
    await recordLinkStatus(parts.control, id, { synced: replayAt });
    synced = replayAt;
    boundary("link.all-out");
  }

  async function bringOut(): Promise<void> {
    await connected.promise;
    const woken = new AbortController();
    wake = () => woken.abort();
    if (synced !== link.replayAt) await putEverything();
    if (await send(link) > 0) return;
    await pause(LOOK_AGAIN_MS, AbortSignal.any([woken.signal, stop.signal]));
  }

  const loops = Promise.all([
    repeatedly(parts, started, stop.signal, async () => {
      await hear();
      // The stream has ended; our broker may be starting anew.
      await pause(LOOK_AGAIN_MS / 5, stop.signal);
    }),
    repeatedly(parts, started, stop.signal, bringOut),
  ]);

  return {
    update(changed) {
      link = changed;
      if (synced !== link.replayAt) wake();
    },
    async stop() {
      stop.abort();
      connected.resolve();
      wake();
      hearing.close();
      reading.close();
      parts.outside.close();
      await loops;
    },
  };
}

function idsIn({ data }: StreamedEvent): string[] {
  const notification = JSON.parse(data) as { data: { id: string }[] };
  return notification.data.map(({ id }) => id);
}
