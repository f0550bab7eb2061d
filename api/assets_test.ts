import assert from "node:assert/strict";
import { Hono } from "hono";
import { assetRoutes } from "./assets.ts";
import { lettersAhead } from "./fonts.ts";
import { problemResponse } from "./problem_response.ts";

Deno.test("assets are served with their type: styles, a script by its hash, and fonts from our own address alone", async () => {
  const script = { name: "explore-1.js", content: new Uint8Array([49]) };
  const app = assetRoutes(
    () => Promise.resolve({ explore: script, charts: script }),
    new Map(),
  );
  app.onError(problemResponse);
  const get = async (path: string) => {
    const response = await app.request(`/assets/${path}`);
    return {
      status: response.status,
      cached: response.headers.get("Cache-Control") ?? "",
      type: response.headers.get("Content-Type") ?? "",
      bytes: new Uint8Array(await response.arrayBuffer()),
    };
  };

  const sheet = new TextDecoder().decode((await get("fonts.css")).bytes);
  const addresses = [...sheet.matchAll(/url\(\/assets\/([^)]+)\)/g)]
    .map(([, path]) => path ?? "");
  assert.ok(addresses.length > 100);
  assert.equal(sheet.match(/url\(/g)?.length, addresses.length);
  // Our own letters and the last part of all.
  for (const address of [addresses[0] ?? "", addresses.at(-1) ?? ""]) {
    const font = await get(address);
    assert.equal(font.type, "font/woff2");
    assert.match(font.cached, /immutable/);
    assert.equal(new TextDecoder().decode(font.bytes.slice(0, 4)), "wOF2");
  }
  assert.match((await get("explore-1.js")).type, /^text\/javascript/);
  assert.match((await get("boards.css")).type, /^text\/css/);

  for (
    const strange of [
      "explore-2.js",
      addresses[0]?.replace("letters", "other") ?? "",
      addresses[0]?.replace(/fonts\/./, "fonts/x") ?? "",
      "fonts/../../deno.json",
    ]
  ) {
    assert.equal((await get(strange)).status, 404, strange);
  }
});

Deno.test("letters of boards are told ahead of Japanese pages to readers whose system may lack them, and to nobody else", async () => {
  const app = new Hono();
  app.use(lettersAhead());
  app.get(
    "*",
    (c) => c.req.path.endsWith(".csv") ? c.text("1") : c.html("<h1>表</h1>"),
  );
  const assets = assetRoutes(
    () => Promise.reject(new Error("not asked for")),
    new Map(),
  );
  const LINUX = "Mozilla/5.0 (X11; Linux x86_64) Chrome/153.0";
  const told = async (path: string, agent: string) =>
    (await app.request(path, { headers: { "User-Agent": agent } }))
      .headers.get("Link");
  const board = "/dashboards/412015/boards/use";

  const link = await told(board, LINUX) ?? "";
  const files = [...link.matchAll(/<([^>]+)>; rel=preload; as=font/g)];

  assert.equal(files.length, 2);
  for (const [, file = ""] of files) {
    const response = await assets.request(file);
    assert.equal(response.headers.get("Content-Type"), "font/woff2");
    await response.body?.cancel();
  }
  for (
    const [path, agent] of [
      [board, "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/153.0"],
      [board, "Mozilla/5.0 (Linux; Android 15) Chrome/153.0 Mobile"],
      [`/en${board}`, LINUX],
      ["/opendata/412015", LINUX],
      [`${board}/clicks.csv`, LINUX],
    ] as const
  ) {
    assert.equal(await told(path, agent), null, `${path} ${agent}`);
  }
});
