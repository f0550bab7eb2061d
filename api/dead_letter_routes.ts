import { type Brokers, readId } from "@hiraku/ngsi";
import { Hono } from "hono";
import { z } from "zod";
import { callerOf, type Env } from "./identity/caller.ts";
import { jsonInput } from "./input.ts";
import { requireCaretaker } from "./subscriber.ts";

const Replay = z.strictObject({
  ids: z.array(z.string().min(1)).min(1).max(10_000),
});
const PATH = "/api/v1/broker/:tenant/dead-letters";

/** Notifications that could not be delivered, to look at and to try again. */
export function deadLetterRoutes(brokers: Brokers): Hono<Env> {
  const app = new Hono<Env>();

  app.get(PATH, async (c) => {
    const broker = brokers.get(c.req.param("tenant"));
    requireCaretaker(callerOf(c), broker.code);
    const subscription = c.req.query("subscription");
    if (subscription !== undefined) readId(subscription);
    return c.json(await broker.subscriptions.deadLetters(subscription));
  });

  app.post(`${PATH}/replay`, async (c) => {
    const broker = brokers.get(c.req.param("tenant"));
    requireCaretaker(callerOf(c), broker.code);
    const { ids } = jsonInput(Replay, await c.req.text());
    return c.json({ replayed: await broker.subscriptions.replay(ids) });
  });

  return app;
}
