import { Hono } from "hono";
import { etag } from "hono/etag";
import type { Env } from "./identity/caller.ts";

const ASSETS = {
  "hiraku.css": "text/css; charset=utf-8",
  "boards.css": "text/css; charset=utf-8",
  "hiraku.svg": "image/svg+xml",
} as const;

/** Style sheets and the icon of the pages. */
export function assetRoutes(): Hono<Env> {
  const app = new Hono<Env>();
  app.use("/assets/*", etag());
  for (const [name, type] of Object.entries(ASSETS)) {
    const content = Deno.readTextFileSync(
      new URL(`assets/${name}`, import.meta.url),
    );
    app.get(`/assets/${name}`, (c) =>
      c.body(content, 200, {
        "Content-Type": type,
        "Cache-Control": "public, max-age=300",
      }));
  }
  return app;
}
