import { Hono } from "hono";
import { callerOf, type Env } from "./identity/caller.ts";
import type { Collector } from "./collector.ts";
import { readBody } from "./event_body.ts";

/** `POST /api/v1/events`: 202 once what was accepted is durable. */
export function eventRoutes(collector: Collector): Hono<Env> {
  const app = new Hono<Env>();
  app.post("/", async (c) => {
    const body = await readBody(c.req.raw);
    return c.json(await collector.accept(callerOf(c), body), 202);
  });
  return app;
}
