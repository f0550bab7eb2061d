import { Problem } from "@hiraku/kernel";
import {
  type Brokers,
  isNotificationId,
  type NotificationStream,
} from "@hiraku/ngsi";
import { type Context as HonoContext, Hono } from "hono";
import { callerOf, type Env } from "./identity/caller.ts";
import type { Audit } from "./ngsi_reads.ts";
import { subscriberOf } from "./subscriber.ts";

export interface NotificationStreamParts {
  readonly brokers: Brokers;
  readonly audit: Audit;
  /** Milliseconds between two signs of life. */
  readonly heartbeatMs?: number;
}

const HEADERS = {
  "Content-Type": "text/event-stream",
  "Cache-Control": "no-store",
  "X-Accel-Buffering": "no",
};
const RETRY_MS = 3000;

/**
 * Notifications as Server-Sent Events. Each has an id, with which a reader goes
 * on where it stopped (`Last-Event-ID`); the event `gap` says that what was
 * missed is not kept any more.
 */
export function notificationStream(
  { brokers, audit, heartbeatMs = 15_000 }: NotificationStreamParts,
): Hono<Env> {
  const app = new Hono<Env>();

  app.get("/api/v1/broker/:tenant/subscriptions/:id/events", async (c) => {
    const broker = brokers.get(c.req.param("tenant"));
    const by = subscriberOf(callerOf(c), broker);
    const id = c.req.param("id");
    const ended = new AbortController();
    const stream = await broker.subscriptions.stream(
      id,
      by,
      lastEventId(c),
      ended.signal,
    );
    if (stream.operator) {
      await audit({
        caller: by.id,
        municipality: broker.code,
        action: "stream",
        object: id,
      });
    }
    return new Response(eventText(stream, ended, heartbeatMs), {
      headers: HEADERS,
    });
  });

  return app;
}

function lastEventId(c: HonoContext<Env>): string | undefined {
  const sent = c.req.header("Last-Event-ID") ?? c.req.query("lastEventId");
  if (sent === undefined || isNotificationId(sent)) return sent;
  throw new Problem("BadRequestData", "The Last-Event-ID is none of ours");
}

function eventText(
  { events, isComplete }: NotificationStream,
  ended: AbortController,
  heartbeatMs: number,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let heartbeat: ReturnType<typeof setInterval> | undefined;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const say = (text: string) => controller.enqueue(encoder.encode(text));
      say(`retry: ${RETRY_MS}\n\n`);
      if (!isComplete) say("event: gap\ndata: {}\n\n");
      heartbeat = setInterval(() => say(": alive\n\n"), heartbeatMs);
    },
    async pull(controller) {
      const next = await events.next();
      if (next.done) {
        clearInterval(heartbeat);
        return controller.close();
      }
      const { id, body } = next.value;
      controller.enqueue(encoder.encode(`id: ${id}\ndata: ${body}\n\n`));
    },
    async cancel() {
      clearInterval(heartbeat);
      ended.abort();
      await events.return();
    },
  });
}
