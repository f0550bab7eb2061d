import { markChange, type PublishedVersion, withdraw } from "@hiraku/opendata";
import type { Layout } from "@hiraku/kernel";
import type { Hono } from "hono";
import assert from "node:assert/strict";
import { gunzipSync, zstdDecompressSync } from "node:zlib";
import { BASE, CSV, ORIGIN, withSite } from "./_opendata_site.ts";
import type { Env } from "./identity/caller.ts";

const ID = "412015_miniapp_usage";

async function action(
  app: Hono<Env>,
  name: string,
  query: Record<string, string> = {},
) {
  const response = await app.request(
    `/api/3/action/${name}?${new URLSearchParams(query)}`,
  );
  return { status: response.status, ...await response.json() };
}

/** More datasets of the city, by their manifests alone. */
async function more(
  data: Layout,
  { manifest }: PublishedVersion,
  names: readonly string[],
): Promise<void> {
  for (const dataset of names) {
    const dir = `${data.released("412015", dataset)}/${manifest.version}`;
    await Deno.mkdir(dir, { recursive: true });
    await Deno.writeTextFile(
      `${dir}/manifest.json`,
      JSON.stringify({ ...manifest, dataset }),
    );
  }
  await markChange(data, "412015");
}

Deno.test("the CKAN actions list, find and show a dataset by name and by id", () =>
  withSite([120], async (app) => {
    const list = await action(app, "package_list");
    const found = await action(app, "package_search", {
      q: "ﾐﾆｱﾌﾟﾘ",
      fq: 'organization:412015 res_format:CSV +license_id:"cc-by"',
      "facet.field": '["organization","tags","res_format"]',
    });
    const none = await action(app, "package_search", { fq: "tags:nothing" });
    const shown = await action(app, "package_show", { id: ID });
    const again = await action(app, "package_show", { id: shown.result.id });
    const resource = shown.result.resources[0];
    const file = await action(app, "resource_show", { id: resource.id });
    const city = await action(app, "organization_show", { id: "412015" });
    const posted = await app.request("/api/3/action/package_show", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ id: ID }),
    });

    assert.deepEqual(list.result, [ID]);
    assert.equal(found.result.count, 1);
    assert.equal(found.result.facets.res_format.CSV, 1);
    assert.equal(none.result.count, 0);
    assert.deepEqual(again.result, shown.result);
    assert.deepEqual((await posted.json()).result, shown.result);
    assert.equal(shown.result.license_id, "cc-by");
    assert.equal(resource.url, `${ORIGIN}${BASE}/2026-11-21.1/${CSV}`);
    assert.deepEqual(file.result, resource);
    assert.equal(city.result.package_count, 1);
    for (
      const name of [
        "organization_list",
        "group_list",
        "tag_list",
        "license_list",
        "status_show",
        "current_package_list_with_resources",
      ]
    ) assert.equal((await action(app, name)).success, true, name);
  }));

Deno.test("the CKAN actions refuse by name what there is not", () =>
  withSite([120], async (app) => {
    const unknown = await action(app, "package_delete");
    const missing = await action(app, "package_show", { id: "nothing" });
    const parameter = await action(app, "package_search", {
      defType: "edismax",
    });
    const syntax = await action(app, "package_search", { fq: "a:b OR c:d" });
    const field = await action(app, "package_search", { fq: "secret:1" });

    assert.equal(unknown.status, 404);
    assert.ok(unknown.error.message.includes("package_delete"));
    assert.equal(missing.error.__type, "Not Found Error");
    for (const refused of [parameter, syntax, field]) {
      assert.equal(refused.status, 409);
      assert.equal(refused.success, false);
      assert.equal(refused.error.__type, "Validation Error");
    }
    assert.ok(parameter.error.message.includes("defType"));
  }));

Deno.test("datastore_search answers rows in parts, filtered and sorted, and the dump all of them", () =>
  withSite([120], async (app) => {
    const { result } = await action(app, "package_show", { id: ID });
    const { id } = result.resources.find((one: { name: string }) =>
      one.name === CSV
    );
    const all = await action(app, "datastore_search", { resource_id: id });
    const filtered = await action(app, "datastore_search", {
      resource_id: id,
      filters: JSON.stringify({ month: "2026-09" }),
    });
    const refused = await action(app, "datastore_search", {
      resource_id: id,
      sort: "secret desc",
    });
    const dump = await app.request(`/datastore/dump/${id}`);
    const json = await app.request(`/datastore/dump/${id}?format=json`);
    const xml = await app.request(`/datastore/dump/${id}?format=xml`);

    assert.equal(all.result.total, 1);
    assert.equal(all.result.records[0].users, 120);
    assert.deepEqual(filtered.result.records, []);
    assert.equal(refused.status, 409);
    assert.ok((await dump.text()).startsWith('"_id","month"'));
    assert.equal((await json.json()).records.length, 1);
    assert.equal(xml.status, 400);
  }));

Deno.test("a harvester that follows the pages of the catalogue sees every dataset once, whatever is withdrawn meanwhile", () =>
  withSite([120], async (app, [first], data) => {
    assert.ok(first);
    const names = Array.from(
      { length: 204 },
      (_, at) => `set_${String(at).padStart(3, "0")}`,
    );
    await more(data, first.version, names);
    const seen: string[] = [];
    let next: string | undefined = "/opendata/catalog.jsonld";
    let pages = 0;
    while (next !== undefined) {
      const response = await app.request(next.replace(ORIGIN, ""));
      assert.equal(response.status, 200);
      const { "@graph": [catalogue, page] } = await response.json();
      const datasets = [catalogue["dcat:dataset"] ?? []].flat();
      seen.push(...datasets.map((one: { "@id": string }) => one["@id"]));
      assert.equal(
        page["hydra:totalItems"]["@value"],
        pages === 0 ? "205" : "204",
      );
      next = page["hydra:next"]?.["@id"];
      pages += 1;
      if (pages > 1) continue;
      // One that was told of already goes; no other may take its place unseen.
      await withdraw(first.version, { ja: "誤り", en: "A mistake" });
    }
    const beyond = await app.request("/opendata/catalog.ttl?page=9");

    assert.equal(pages, 3);
    assert.equal(new Set(seen).size, 205);
    assert.equal(seen.length, 205);
    assert.equal(beyond.status, 404);
  }));

Deno.test("GET of a dataset answers in the form that is asked for, and names all of them", () =>
  withSite([120], async (app) => {
    const ask = async (path: string, accept: string) => {
      const response = await app.request(path, { headers: { Accept: accept } });
      return response.headers.get("Content-Type");
    };
    const page = await (await app.request(BASE)).text();

    assert.match(await ask(BASE, "text/turtle") ?? "", /^text\/turtle/);
    assert.match(
      await ask(BASE, "application/rdf+xml, */*;q=0.1") ?? "",
      /rdf\+xml/,
    );
    assert.match(
      await ask("/opendata", "application/ld+json") ?? "",
      /ld\+json/,
    );
    assert.match(
      await ask(BASE, "text/html,text/turtle;q=0.5") ?? "",
      /^text\/html/,
    );
    assert.match(await ask(BASE, "*/*") ?? "", /^text\/html/);
    for (
      const type of [
        "application/ld+json",
        "text/turtle",
        "application/rdf+xml",
      ]
    ) {
      assert.ok(page.includes(`rel="alternate" type="${type}"`), type);
    }
  }));

Deno.test("GET of a file packs it where the client can unpack, and tells both forms apart", () =>
  withSite([120], async (app) => {
    const path = `${BASE}/2026-11-21.1/${ID}.json`;
    const get = async (headers: Record<string, string>) => {
      const response = await app.request(path, { headers });
      return {
        response,
        bytes: new Uint8Array(await response.arrayBuffer()),
        tag: response.headers.get("ETag") ?? "",
      };
    };
    const plain = await get({});
    const gzip = await get({ "Accept-Encoding": "gzip" });
    const zstd = await get({ "Accept-Encoding": "gzip, zstd" });
    const part = await get({ "Accept-Encoding": "gzip", Range: "bytes=0-9" });
    const known = await get({ "If-None-Match": zstd.tag });
    const parquet = await app.request(path.replace(".json", ".parquet"), {
      headers: { "Accept-Encoding": "gzip" },
    });
    await parquet.body?.cancel();

    assert.deepEqual(new Uint8Array(gunzipSync(gzip.bytes)), plain.bytes);
    assert.deepEqual(
      new Uint8Array(zstdDecompressSync(zstd.bytes)),
      plain.bytes,
    );
    assert.equal(new Set([plain.tag, gzip.tag, zstd.tag]).size, 3);
    assert.deepEqual(part.bytes, plain.bytes.slice(0, 10));
    assert.equal(part.response.headers.has("Content-Encoding"), false);
    assert.equal(known.response.status, 304);
    assert.equal(parquet.headers.has("Content-Encoding"), false);
    assert.match(
      parquet.headers.get("Content-Disposition") ?? "",
      /filename="412015_/,
    );
  }));

Deno.test("descriptors, news, sitemap and robots name what is published and nothing of this machine", () =>
  withSite([120, 150], async (app) => {
    const paths = [
      `${BASE}/latest/datapackage.json`,
      `${BASE}/2026-11-21.2/datapackage.json`,
      `${BASE}/2026-11-21.2/${CSV}-metadata.json`,
      `${BASE}/2026-11-21.2/${ID}.schema.json`,
      `${BASE}/2026-11-21.2/${ID}.tableschema.json`,
      `${BASE}/2026-11-21.2/changes.json`,
      `${BASE}/codebook`,
      `/en${BASE}/codebook`,
      `${BASE}.atom`,
      "/opendata/feed.atom",
      "/sitemap.xml",
      "/robots.txt",
    ];
    const texts: string[] = [];
    for (const path of paths) {
      const response = await app.request(path);
      texts.push(await response.text());

      assert.equal(response.status, path.includes("latest") ? 302 : 200, path);
      assert.equal(texts.at(-1)?.includes("/tmp/"), false);
    }
    const [, , , , , changes = "", , , feed = ""] = texts;
    assert.equal(JSON.parse(changes).tables[0].changed, 1);
    assert.ok(feed.includes("変更3行") && feed.includes("最初の版"));
    assert.equal(
      (await app.request(`${BASE}/2026-11-21.1/changes.json`)).status,
      404,
    );
  }));

Deno.test("POST /opendata/request keeps what is said and refuses what tells who somebody is", () =>
  withSite([120], async (app) => {
    const send = (text: string) =>
      app.request("/opendata/request", {
        method: "POST",
        body: new URLSearchParams({ dataset: ID, text }),
      });
    const kept = await send("町別の数値もほしいです");
    const refused = await send("連絡は090-1234-5678へ");
    const empty = await send(" ");
    const huge = await send("あ".repeat(50_000));

    assert.equal(kept.status, 200);
    assert.ok((await kept.text()).includes("ありがとうございます"));
    assert.equal(refused.status, 400);
    assert.ok((await refused.text()).includes("電話番号"));
    assert.equal(empty.status, 400);
    assert.equal(huge.status, 413);
  }));
