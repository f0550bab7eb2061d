import type { MadeScripts, Script } from "@hiraku/dashboards";
import { type Municipalities, Problem, shadesOf } from "@hiraku/kernel";
import { Hono } from "hono";
import { etag } from "hono/etag";
import { fontRoutes } from "./fonts.ts";
import type { Env } from "./identity/caller.ts";

const ASSETS = {
  "hiraku.css": "text/css; charset=utf-8",
  "boards.css": "text/css; charset=utf-8",
  "explore.css": "text/css; charset=utf-8",
  "hiraku.svg": "image/svg+xml",
} as const;

/** Where a script of ours is fetched; undefined when there is none. */
export function scriptPath(script: Script | undefined): string | undefined {
  return script && `/assets/${script.name}`;
}

/** Scripts of pages with charts. */
export async function chartScripts(scripts: MadeScripts): Promise<string[]> {
  const path = scriptPath((await scripts())?.charts);
  return path === undefined ? [] : [path];
}

/** Style sheets, the icon and the scripts of the pages, and each city's colour. */
export function assetRoutes(
  scripts: MadeScripts,
  municipalities: Municipalities,
): Hono<Env> {
  const app = new Hono<Env>();
  app.use("/assets/*", etag());
  app.route("/", fontRoutes());
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
  app.get("/assets/:name{.+\\.js}", async (c) => {
    const known = Object.values(await scripts() ?? {}).find(({ name }) =>
      name === c.req.param("name")
    );
    if (known === undefined) {
      throw new Problem("ResourceNotFound", "There is no such script");
    }
    return c.body(known.content, 200, {
      "Content-Type": "text/javascript; charset=utf-8",
      "Cache-Control": "public, max-age=31536000, immutable",
    });
  });
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
