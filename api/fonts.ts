import { Problem } from "@hiraku/kernel";
import { Hono } from "hono";
import { createHash } from "node:crypto";
import type { Env } from "./identity/caller.ts";

/** Letters that our own pages write, and all of Noto Sans JP in 124 parts. */
const SHEETS: readonly { sheet: URL; file: RegExp; files: string }[] = [
  {
    sheet: new URL("fonts/letters.css", import.meta.url),
    file: /^letters-\d\.woff2$/,
    files: "./",
  },
  {
    sheet: new URL(
      import.meta.resolve("@fontsource-variable/noto-sans-jp/index.css"),
    ),
    file: /^noto-sans-jp-[a-z0-9-]+-wght-normal\.woff2$/,
    files: "./files/",
  },
];

/**
 * Fonts for readers whose system has no Japanese one: pages name them after
 * those of systems, and a browser takes only the files whose letters it has to
 * draw.
 */
export function fontRoutes(): Hono<Env> {
  const app = new Hono<Env>();
  const given = SHEETS.map(({ sheet }) => Deno.readTextFileSync(sheet));
  const hash = createHash("sha256").update(given.join("\n")).digest("hex")
    .slice(0, 16);
  const sheet = given.map((text, at) =>
    text.replaceAll(/\/\*.*?\*\/\s*/g, "")
      .replaceAll(
        `url(${SHEETS[at]?.files ?? ""}`,
        `url(/assets/fonts/${hash}/`,
      )
  ).join("\n");
  app.get("/assets/fonts.css", (c) =>
    c.body(sheet, 200, {
      "Content-Type": "text/css; charset=utf-8",
      "Cache-Control": "public, max-age=86400",
    }));
  app.get("/assets/fonts/:hash/:file", async (c) => {
    const { hash: asked, file } = c.req.param();
    const from = SHEETS.find((one) => one.file.test(file));
    const content = asked === hash && from !== undefined
      ? await Deno.readFile(new URL(from.files + file, from.sheet)).catch(() =>
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
