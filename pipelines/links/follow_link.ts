import {
  issueLinkToken,
  type Link,
  recordLinkStatus,
} from "@hiraku/kernel/control";
import { followedBefore, outsideContext, outwardNames } from "@hiraku/ngsi";
import { LinkFailure } from "./link_failure.ts";
import {
  type AtWork,
  type LinkParts,
  pause,
  repeatedly,
  subscriptionId,
} from "./link_parts.ts";

// What brokers commonly give at once.
const PAGE = 100;
// Pages overlap: what is deleted meanwhile moves others to the page before.
const STEP = 90;
const MOST_ABSENT = 500;

/**
 * Follows entities of the chosen types at the outside broker: it tells our
 * broker of changes by itself, and now and then everything is compared.
 */
export function followLink(parts: LinkParts, started: Link): AtWork {
  const { control, clock, outside, store } = parts;
  const stop = new AbortController();
  let link = started;
  let synced = started.status.synced ? started.replayAt : undefined;
  let comparedAt = -Infinity;
  let woken = new AbortController();

  async function subscribe(): Promise<void> {
    const { id, tokenHash } = link;
    const name = subscriptionId(link);
    if (tokenHash !== null && await outside.isSubscribed(name)) return;
    await outside.subscribe({
      id: name,
      type: "Subscription",
      entities: theirTypes().map((type) => ({ type })),
      notificationTrigger: ["entityCreated", "entityUpdated", "entityDeleted"],
      notification: {
        format: "normalized",
        sysAttrs: true,
        endpoint: {
          uri: `${parts.origin}/api/v1/links/${id}/notifications`,
          accept: "application/json",
          receiverInfo: [{
            key: "Hiraku-Link-Token",
            value: await issueLinkToken(control, id),
          }],
        },
      },
      "@context": outsideContext(link.mapping),
    });
  }

  function theirTypes(): string[] {
    const theirs = outwardNames(link.mapping, parts.ours);
    return link.types.map((type) => theirs.compact(parts.ours.expand(type)));
  }

  /** Takes over everything that is outside, and lets go what is not. */
  async function compare(): Promise<void> {
    const before = clock.now();
    const { id, replayAt, mapping } = link;
    const found = new Set<string>();
    for (let offset = 0; !stop.signal.aborted; offset += STEP) {
      const data = await outside.entities({
        types: theirTypes(),
        limit: PAGE,
        offset,
        sysAttrs: true,
        context: outsideContext(mapping),
      });
      for (const one of data) found.add(String(one.id));
      if (data.length > 0) await tell({ data });
      if (data.length < PAGE) break;
    }
    const missing = (await followedBefore(store, id, before))
      .filter((one) => !found.has(one));
    const absent: string[] = [];
    for (const one of missing) {
      if (!await outside.has(one)) absent.push(one);
    }
    for (
      let from = 0;
      from === 0 || from < absent.length;
      from += MOST_ABSENT
    ) {
      const ids = absent.slice(from, from + MOST_ABSENT);
      await tell({ absent: { ids, before: before.toISOString() } });
    }
    await recordLinkStatus(control, id, {
      synced: replayAt,
      last_success_at: clock.now().toISOString(),
    });
    synced = replayAt;
    comparedAt = clock.now().getTime();
  }

  async function tell(state: unknown): Promise<void> {
    const { origin, token } = parts.own;
    const url = `${origin}/api/v1/links/${link.id}/state`;
    try {
      const { ok, body } = await fetch(url, {
        method: "POST",
        headers: { Authorization: `Bearer ${token}` },
        body: JSON.stringify(state),
        signal: stop.signal,
      });
      await body?.cancel();
      if (ok) return;
    } catch {
      // Said below.
    }
    throw new LinkFailure("own_broker");
  }

  const loop = repeatedly(parts, started, stop.signal, async () => {
    woken = new AbortController();
    const since = clock.now().getTime() - comparedAt;
    const left = parts.compareEveryMs - since;
    if (left > 0 && synced === link.replayAt) {
      return await pause(left, AbortSignal.any([woken.signal, stop.signal]));
    }
    await subscribe();
    await compare();
  });

  return {
    update(changed) {
      link = changed;
      if (synced !== link.replayAt) woken.abort();
    },
    async stop() {
      stop.abort();
      outside.close();
      await loop;
    },
  };
}
