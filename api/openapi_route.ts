import { Hono } from "hono";
import type { Env } from "./identity/caller.ts";
import { openapi } from "./openapi/document.ts";

/** What the broker's interface is, for programs. */
export function openapiRoute(origin: string): Hono<Env> {
  const app = new Hono<Env>();
  const text = JSON.stringify(openapi(origin));
  app.get("/api/v1/broker/openapi.json", (c) =>
    c.body(text, 200, {
      "Content-Type": "application/json",
      "Access-Control-Allow-Origin": "*",
      "Cache-Control": "public, max-age=300",
    }));
  return app;
}
