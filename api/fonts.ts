import { Problem } from "@hiraku/kernel";
import { Hono, type MiddlewareHandler } from "hono";
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

interface Fonts {
  /** The sheet that names every file. */
  readonly sheet: string;
  /** Part of the address of every file. */
  readonly hash: string;
}

let made: Fonts | undefined;

function fonts(): Fonts {
  if (made !== undefined) return made;
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
  return made = { sheet, hash };
}

const JAPANESE_BOARDS = /^\/(dashboards|embed)(\/|$)/;
/** Systems that may have no Japanese font; phones and Chromebooks have one. */
const MAY_LACK_FONT = /X11; (?!CrOS)/;

/**
 * Tells readers whose system may have no Japanese font to fetch the letters of
 * boards with the page. Until they come Chromium asks such a system for a font
 * letter by letter, which takes longer than all else before the first paint.
 */
export function lettersAhead(): MiddlewareHandler {
  const { hash } = fonts();
  const link = ["letters-1", "letters-2"].map((name) =>
    `</assets/fonts/${hash}/${name}.woff2>; rel=preload; as=font; type="font/woff2"; crossorigin`
  ).join(", ");
  return async (c, next) => {
    await next();
    const { req, res } = c;
    const page = req.method === "GET" && JAPANESE_BOARDS.test(req.path) &&
      (res.headers.get("Content-Type") ?? "").startsWith("text/html");
    if (page && MAY_LACK_FONT.test(req.header("User-Agent") ?? "")) {
      res.headers.append("Link", link);
    }
  };
}

/**
 * Fonts for readers whose system has no Japanese one: pages name them after
 * those of systems, and a browser takes only the files whose letters it has to
 * draw.
 */
export function fontRoutes(): Hono<Env> {
  const app = new Hono<Env>();
  const { sheet, hash } = fonts();
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
