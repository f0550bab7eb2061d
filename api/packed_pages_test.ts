import { Hono } from "hono";
import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { packedPages } from "./packed_pages.ts";

const PAGE = `<p>${"市".repeat(1_000)}</p>`;

Deno.test("public pages are packed as their reader takes them, once for each tag, and pages of staff never", async () => {
  let made = 0;
  const app = new Hono();
  app.use(packedPages());
  app.get("*", (c) => {
    made++;
    c.header("ETag", '"one"');
    return c.req.path.endsWith(".csv")
      ? c.body(PAGE, 200, { "Content-Type": "text/csv" })
      : c.html(c.req.path.endsWith("small") ? "<p>" : PAGE);
  });
  const ask = async (path: string, accepted = "gzip, br") => {
    const response = await app.request(path, {
      headers: { "Accept-Encoding": accepted },
    });
    const { headers } = response;
    return {
      coding: headers.get("Content-Encoding"),
      tag: headers.get("ETag"),
      varies: headers.get("Vary"),
      bytes: new Uint8Array(await response.arrayBuffer()),
    };
  };

  const packed = await ask("/en/dashboards/412015");
  const again = await ask("/en/dashboards/412015");
  assert.equal(packed.coding, "gzip");
  assert.equal(packed.tag, 'W/"one"');
  assert.equal(gunzipSync(packed.bytes).toString(), PAGE);
  assert.deepEqual(again, packed);
  assert.equal(made, 2);
  assert.equal((await ask("/assets/hiraku.css", "gzip, zstd")).coding, "zstd");

  const plain = await ask("/dashboards/412015", "identity");
  assert.deepEqual([plain.coding, plain.varies, plain.tag], [
    null,
    "Accept-Encoding",
    '"one"',
  ]);
  assert.equal(new TextDecoder().decode(plain.bytes), PAGE);
  for (
    const path of [
      "/operations/412015/registers",
      "/dashboardsx",
      "/opendata/412015/miniapp_usage.csv",
      "/dashboards/small",
    ]
  ) {
    assert.equal((await ask(path)).coding, null, path);
  }
});
