import { type Municipalities, shadesOf } from "@hiraku/kernel";
import { Hono } from "hono";
import { etag } from "hono/etag";
import type { Env } from "./identity/caller.ts";

const ASSETS = {
  "hiraku.css": "text/css; charset=utf-8",
  "boards.css": "text/css; charset=utf-8",
  "hiraku.svg": "image/svg+xml",
} as const;

/** Style sheets and the icon of the pages, and each city's colour. */
export function assetRoutes(municipalities: Municipalities): Hono<Env> {
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
  for (const { code, colour } of municipalities.values()) {
    if (colour === undefined) continue;
    const { light, dark } = shadesOf(colour);
    const rule = ({ accent, soft }: typeof light) =>
      `:root{--accent:${accent};--accent-soft:${soft}}`;
    const style = `${rule(light)}
@media (prefers-color-scheme:dark){${rule(dark)}}
`;
    app.get(`/assets/city/${code}.css`, (c) =>
      c.body(style, 200, {
        "Content-Type": "text/css; charset=utf-8",
        "Cache-Control": "public, max-age=300",
      }));
  }
  return app;
}
