import { withdraw } from "@hiraku/opendata";
import assert from "node:assert/strict";
import { BASE, CSV, withSite } from "./_opendata_site.ts";
import { withQuickFiles } from "./quick_files.ts";

const FILE = `https://data.example.jp${BASE}/2026-11-21.1/${CSV}`;

Deno.test("withQuickFiles() gives a file again and counts it, but no part of it and none that is withdrawn", () =>
  withSite([120], async (site, [published]) => {
    assert.ok(published);
    let at = Date.parse("2026-11-22T00:00:00Z");
    let looked = 0;
    const counted: string[] = [];
    const fetch = withQuickFiles((request) => {
      looked += 1;
      return site.fetch(request);
    }, {
      clock: { now: () => new Date(at) },
      downloads: {
        count: (code, dataset) => void counted.push(`${code}/${dataset}`),
        total: () => Promise.resolve(0),
      },
    });
    const ask = async (headers: Record<string, string> = {}, url = FILE) => {
      const response = await fetch(new Request(url, { headers }));
      return { response, body: new Uint8Array(await response.arrayBuffer()) };
    };

    const first = await ask();
    const second = await ask();
    assert.equal(looked, 1);
    assert.deepEqual(second.body, first.body);
    assert.deepEqual(
      [...second.response.headers].sort(),
      [...first.response.headers].sort(),
    );
    assert.deepEqual(counted, ["412015/miniapp_usage"]);

    const part = await ask({ Range: "bytes=0-9" });
    const packed = await ask({ "Accept-Encoding": "gzip" });
    const known = await ask({
      "If-None-Match": first.response.headers.get("ETag") ?? "",
    });
    assert.deepEqual(
      [part.response.status, part.body.length, known.response.status],
      [206, 10, 304],
    );
    assert.deepEqual(packed.body, first.body);
    await ask({}, FILE.replace(CSV, "manifest.json"));
    assert.equal(looked, 5);
    assert.equal(counted.length, 1);

    await withdraw(published.version, { ja: "誤り", en: "An error" });
    at += 101;
    assert.equal((await ask()).response.status, 410);
  }));
