import { Problem } from "@hiraku/kernel";
import { Hono } from "hono";
import { createHash } from "node:crypto";
import type { Env } from "./identity/caller.ts";

const SHEET = import.meta.resolve(
  "@fontsource-variable/noto-sans-jp/index.css",
);
const FILE = /^noto-sans-jp-[a-z0-9-]+-wght-normal\.woff2$/;

/**
 * Noto Sans JP in 124 parts, for readers whose system has no Japanese font: the
 * sheet names it after those of systems, and a browser takes only the parts
 * whose letters it has to draw.
 */
export function fontRoutes(): Hono<Env> {
  const app = new Hono<Env>();
  const given = Deno.readTextFileSync(new URL(SHEET));
  const hash = createHash("sha256").update(given).digest("hex").slice(0, 16);
  const sheet = given.replaceAll(/\/\*.*?\*\/\s*/g, "")
    .replaceAll("./files/", `/assets/fonts/${hash}/`);
  app.get("/assets/fonts.css", (c) =>
    c.body(sheet, 200, {
      "Content-Type": "text/css; charset=utf-8",
      "Cache-Control": "public, max-age=86400",
    }));
  app.get("/assets/fonts/:hash/:file", async (c) => {
    const { hash: asked, file } = c.req.param();
    const content = asked === hash && FILE.test(file)
      ? await Deno.readFile(new URL(`./files/${file}`, SHEET)).catch(() =>
        undefined
      )
      : undefined;
    if (content === undefined) {
      throw new Problem("ResourceNotFound", "There is no such font");
    }
    return c.body(content, 200, {
      "Content-Type": "font/woff2",
      "Cache-Control": "public, max-age=31536000, immutable",
    });
  });
  return app;
}
