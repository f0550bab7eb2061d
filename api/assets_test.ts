import assert from "node:assert/strict";
import { assetRoutes } from "./assets.ts";
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
