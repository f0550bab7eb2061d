import { boundary, Problem } from "@hiraku/kernel";
import { type Link, recordLinkStatus } from "@hiraku/kernel/control";
import {
  carryOver,
  type Due,
  due,
  outsideContext,
  outwardNames,
  postpone,
  settle,
  waitingCount,
} from "@hiraku/ngsi";
import type { Document, LinkedBroker } from "./linked_broker.ts";
import type { LinkParts } from "./link_parts.ts";

const MOST = 100;
/** What a request line may hold of ids. */
const LONGEST = 6000;
const COUNT_EVERY_MS = 1000;

/**
 * Brings entities of the outbox to the outside broker as they are now; resolves
 * to how many there were to bring.
 */
export function dueSender(
  { store, clock, control, outside, ours }: LinkParts,
  own: LinkedBroker,
): (link: Link) => Promise<number> {
  let countedAt = 0;

  async function send(link: Link, waiting: readonly Due[]): Promise<void> {
    const current = new Map(
      (await own.entities({
        types: link.types,
        ids: waiting.map(({ id }) => id),
        limit: MOST,
      })).map((one) => [String(one.id), one]),
    );
    const { documents, refused } = carried(current.values(), link);
    const context = outsideContext(link.mapping);
    for (const id of await outside.upsert(documents, context)) refused.add(id);
    const gone = waiting.filter(({ id }) => !current.has(id));
    for (const { id } of gone) await outside.remove(id);
    boundary("link.sent");
    const kept = waiting.filter(({ id }) => refused.has(id));
    const sent = waiting.filter(({ id }) =>
      current.has(id) && !refused.has(id)
    );
    const now = clock.now();
    await settle(store, link.id, { sent, gone });
    await postpone(store, link.id, kept, now);
    boundary("link.settled");
    const at = now.toISOString();
    await recordLinkStatus(control, link.id, {
      ...kept.length < waiting.length ? { last_success_at: at } : {},
      ...kept.length > 0
        ? { last_failure_at: at, last_failure: "refused" }
        : {},
    });
  }

  function carried(all: Iterable<Document>, { mapping }: Link) {
    const theirs = outwardNames(mapping, ours);
    const documents: Document[] = [];
    const refused = new Set<string>();
    for (const one of all) {
      try {
        documents.push(carryOver(one, ours, theirs));
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        refused.add(String(one.id));
      }
    }
    return { documents, refused };
  }

  async function recordWaiting({ id, status }: Link): Promise<void> {
    countedAt = clock.now().getTime();
    const waiting = await waitingCount(store, id);
    if (waiting === status.waiting) return;
    await recordLinkStatus(control, id, { waiting });
  }

  return async (link) => {
    const waiting = fitting(await due(store, link.id, clock.now(), MOST));
    const now = clock.now().getTime();
    if (waiting.length === 0 || now - countedAt > COUNT_EVERY_MS) {
      await recordWaiting(link);
    }
    if (waiting.length > 0) await send(link, waiting);
    return waiting.length;
  };
}

function fitting(waiting: readonly Due[]): Due[] {
  let length = 0;
  return waiting.filter(({ id }, i) => {
    length += encodeURIComponent(id).length + 3;
    return i === 0 || length <= LONGEST;
  });
}
