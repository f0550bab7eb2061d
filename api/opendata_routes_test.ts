import { type FileEntry, withdraw } from "@hiraku/opendata";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { BASE, CSV, ORIGIN, withSite } from "./_opendata_site.ts";

Deno.test("GET /opendata lists what is published in both languages", () =>
  withSite([120], async (app) => {
    const ja = await (await app.request("/opendata")).text();
    const en = await (await app.request("/en/opendata")).text();

    assert.ok(ja.startsWith("<!DOCTYPE html>"));
    assert.ok(ja.includes('lang="ja"') && ja.includes("ミニアプリ利用状況"));
    assert.ok(en.includes('lang="en"') && en.includes("Mini-app usage"));
    assert.equal(en.includes("ミニアプリ利用状況"), false);
    assert.equal(/ style=|<script(?! type="application)/.test(ja), false);
  }));

Deno.test("GET /opendata is friendly before anything is published", () =>
  withSite([], async (app) => {
    const response = await app.request("/opendata");
    const landing = await app.request(BASE);

    assert.equal(response.status, 200);
    assert.ok((await response.text()).includes("まだありません"));
    assert.equal(landing.status, 404);
  }));

Deno.test("GET /opendata/protection explains disclosure control in both languages", () =>
  withSite([120], async (app) => {
    const ja = await (await app.request("/opendata/protection")).text();
    const en = await (await app.request("/en/opendata/protection")).text();
    const dataset = await (await app.request(`/en${BASE}`)).text();

    assert.ok(ja.includes("逆算できない") && en.includes("by subtraction"));
    assert.equal(en.includes("秘匿"), false);
    assert.ok(dataset.includes('href="/en/opendata/protection"'));
    assert.equal(/ style=|<script/.test(ja), false);
  }));

Deno.test("GET of a landing page offers downloads and schema.org data", () =>
  withSite([120], async (app) => {
    const html = await (await app.request(BASE)).text();

    const [, json = ""] =
      /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html) ?? [];
    const described = JSON.parse(json);
    assert.equal(described["@type"], "Dataset");
    assert.equal(described.distribution.length, 23);
    assert.ok(html.includes(`href="${BASE}/2026-11-21.1/${CSV}"`));
    assert.equal(html.includes("/tmp/"), false);
  }));

Deno.test("GET of a file answers its bytes, a range, and 304", () =>
  withSite([120], async (app, [first]) => {
    const path = `${BASE}/2026-11-21.1/${CSV}`;
    const whole = await app.request(path);
    const bytes = new Uint8Array(await whole.arrayBuffer());
    const etag = whole.headers.get("ETag") ?? "";

    const part = await app.request(path, { headers: { Range: "bytes=3-12" } });
    const tail = await app.request(path, { headers: { Range: "bytes=-5" } });
    const beyond = await app.request(path, {
      headers: { Range: "bytes=999999-" },
    });
    const again = await app.request(path, {
      headers: { "If-None-Match": etag },
    });

    const entry: FileEntry | undefined = first?.version.manifest.files[0];
    const sum = createHash("sha256").update(bytes).digest("hex");
    assert.equal(sum, entry?.sha256);
    assert.equal(whole.headers.get("Content-Type"), "text/csv; charset=utf-8");
    assert.equal(part.status, 206);
    assert.deepEqual(
      new Uint8Array(await part.arrayBuffer()),
      bytes.slice(3, 13),
    );
    assert.deepEqual(new Uint8Array(await tail.arrayBuffer()), bytes.slice(-5));
    assert.equal(beyond.status, 416);
    assert.equal(again.status, 304);
    assert.equal((await again.text()).length, 0);
  }));

Deno.test("GET of latest redirects to the newest valid version", () =>
  withSite([120, 150], async (app, [, second]) => {
    const before = await app.request(`${BASE}/latest/${CSV}`);
    if (second) {
      await withdraw(second.version, { ja: "誤りのため", en: "A mistake" });
    }

    const after = await app.request(`${BASE}/latest/${CSV}`);
    const gone = await app.request(`${BASE}/2026-11-21.2/${CSV}`);

    assert.equal(
      before.headers.get("Location"),
      `${BASE}/2026-11-21.2/${CSV}`,
    );
    assert.equal(after.headers.get("Location"), `${BASE}/2026-11-21.1/${CSV}`);
    assert.equal(gone.status, 410);
    assert.ok((await gone.json()).detail.includes("誤りのため"));
    assert.notEqual(after.status, 200);
  }));

Deno.test("GET of what was withdrawn tells a browser the reason in the language of the address", () =>
  withSite([120], async (app, [only]) => {
    if (only) {
      await withdraw(only.version, { ja: "誤りのため", en: "A mistake" });
    }
    const headers = { Accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
    const file = `${BASE}/2026-11-21.1/${CSV}`;

    const ja = await app.request(file, { headers });
    const en = await app.request(`/en${BASE}`, { headers });

    for (
      const [page, reason] of [[ja, "誤りのため"], [en, "A mistake"]] as const
    ) {
      const html = await page.text();
      assert.equal(page.status, 410);
      assert.match(page.headers.get("Content-Type") ?? "", /^text\/html/);
      assert.ok(html.includes(reason));
      assert.equal(html.includes("A mistake"), page === en);
    }
  }));

Deno.test("GET of anything the manifest does not list answers 404", () =>
  withSite([120], async (app) => {
    const paths = [
      `${BASE}/2026-11-21.1/..%2F..%2F..%2Fcontrol.sqlite`,
      `${BASE}/2026-11-21.1/%2e%2e%2fmanifest.json`,
      `${BASE}/..%2F..%2Flanding/2026-11-21.1/x.json`,
      `${BASE}/2026-11-21.9/${CSV}`,
      `${BASE}/latest/nothing.csv`,
      "/opendata/999999",
      "/opendata/999999/miniapp_usage",
      "/opendata/412015/..%2F..",
      "/opendata/412015/nothing.jsonld",
    ];

    for (const path of paths) {
      const response = await app.request(path);
      const text = await response.text();

      assert.equal(response.status, 404, path);
      assert.equal(text.includes("stack"), false);
    }
  }));

Deno.test("GET of the catalogue answers DCAT with absolute addresses", () =>
  withSite([120], async (app) => {
    const response = await app.request("/opendata/catalog.jsonld");
    const record = await app.request(`${BASE}.jsonld`);

    const catalogue = await response.json();
    assert.equal(response.headers.get("Content-Type"), "application/ld+json");
    const [node] = catalogue["@graph"];
    assert.equal(node["dcat:dataset"][0]["@id"], `${ORIGIN}${BASE}`);
    assert.equal((await record.json())["@type"], "dcat:Dataset");
    assert.equal(JSON.stringify(catalogue).includes("/tmp/"), false);
  }));
