import { fixedClock, type Layout, layout, Problem } from "@hiraku/kernel";
import {
  checkHarvestUrl,
  findSource,
  harvest,
  harvestAll,
  type HarvestRules,
  HarvestSource,
  keepSource,
  removeSource,
} from "@hiraku/opendata";
import assert from "node:assert/strict";
import { withSite } from "./_opendata_site.ts";

const clock = fixedClock("2026-11-21T03:00:00Z");
const rules: HarvestRules = {
  hosts: ["localhost"],
  allowPrivateAddresses: true,
};

type Server = (url: URL, base: string) => Response | Promise<Response>;

/** A portal of the outside at an address of this machine. */
async function withPortal(
  answer: Server,
  use: (base: string) => Promise<void>,
): Promise<void> {
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    (request) => {
      const url = new URL(request.url);
      return answer(url, `http://localhost:${url.port}`);
    },
  );
  await use(`http://localhost:${server.addr.port}`);
}

async function withSource(
  kind: "ckan" | "dcat",
  address: string,
  use: (
    run: () => ReturnType<typeof harvest>,
    data: Layout,
  ) => Promise<void>,
  { at, origin = "https://data.example.jp", allowed = rules }: {
    at?: Layout;
    origin?: string;
    allowed?: HarvestRules;
  } = {},
): Promise<void> {
  const dir = await Deno.makeTempDir();
  const data = at ?? layout(dir);
  const source = HarvestSource.parse({
    id: "pref",
    municipality: "412015",
    kind,
    address,
    title: "佐賀県カタログ",
    entries: [],
  });
  try {
    await keepSource(data, source);
    await use(
      async () =>
        await harvest(
          { layout: data, clock, rules: allowed, origin },
          await findSource(data, "pref"),
        ),
      data,
    );
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

const pack = (n: number) => ({
  id: `id-${n}`,
  name: `data-${n}`,
  title: n === 7 ? "橋りょうの一覧 <script>" : `データ${n}`,
  notes: "説明",
  license_title: "CC BY 4.0",
  organization: { title: "道路課" },
  tags: [{ name: "橋" }],
  resources: [{ format: "CSV" }],
});
const found = (count: number, results: unknown[]) =>
  Response.json({ success: true, result: { count, results } });
const packs = (many: number, without = 0) =>
  Array.from({ length: many }, (_, n) => pack(n)).filter(({ id }) =>
    id !== `id-${without}`
  );
const paged = (all: unknown[], url: URL) => {
  const start = Number(url.searchParams.get("start"));
  return found(all.length, all.slice(start, start + 100));
};

Deno.test("harvest() takes a CKAN portal in page by page, and deletes only by a feed that is whole", async () => {
  let answer: Server = (url) => paged(packs(251), url);
  await withPortal(
    (url, base) => answer(url, base),
    (base) =>
      withSource("ckan", base, async (run, data) => {
        const first = await run();
        const again = await run();
        const kept = async () => (await findSource(data, "pref")).entries;
        const before = await kept();

        assert.deepEqual([first.added, first.removed], [250, 0]);
        assert.deepEqual([again.added, again.removed], [0, 0]);
        assert.equal(before[6]?.address, `${base}/dataset/data-7`);

        const broken: Record<string, Server> = {
          "fails on a later page": (url) =>
            url.searchParams.get("start") === "200"
              ? new Response("", { status: 503 })
              : paged(packs(251), url),
          "is short of a page": (url) =>
            url.searchParams.get("start") === "0"
              ? found(250, packs(51))
              : paged(packs(251), url),
          "changes between pages": (url) =>
            paged(
              packs(url.searchParams.get("start") === "0" ? 251 : 240),
              url,
            ),
          "names one twice": () => found(2, [pack(1), pack(1)]),
          "names nothing": () => found(0, []),
          "says that it failed": () => Response.json({ success: false }),
          "is no JSON": () => new Response("<html>"),
          "breaks off": () =>
            new Response(
              new ReadableStream({
                start(controller) {
                  controller.enqueue(new TextEncoder().encode('{"success":'));
                  controller.error(new Error("gone"));
                },
              }),
            ),
          "redirects to another host": () =>
            Response.redirect("http://127.0.0.1:1/x"),
          "redirects without end": (url, base) =>
            Response.redirect(base + url.pathname + url.search),
        };
        for (const [name, server] of Object.entries(broken)) {
          answer = server;
          await assert.rejects(run(), Problem, name);
          assert.deepEqual(await kept(), before, name);
          const { failure, harvestedAt } = await findSource(data, "pref");
          assert.ok(failure !== undefined && harvestedAt !== undefined, name);
        }

        answer = (url) => paged(packs(251, 7), url);
        const fewer = await run();
        assert.deepEqual([fewer.added, fewer.removed], [1, 1]);
        assert.equal((await findSource(data, "pref")).failure, undefined);
      }),
  );
});

Deno.test("harvest() follows a DCAT feed through Hydra and takes nothing of one that is not whole", async () => {
  const page = (
    ids: number[],
    more: Record<string, unknown>,
    described = ids,
  ) =>
    Response.json({
      "@context": {
        dcat: "http://www.w3.org/ns/dcat#",
        dct: "http://purl.org/dc/terms/",
        hydra: "http://www.w3.org/ns/hydra/core#",
      },
      "@graph": [
        {
          "@id": "urn:x:catalogue",
          "@type": "dcat:Catalog",
          "dcat:dataset": ids.map((n) => ({ "@id": `urn:x:${n}` })),
        },
        ...described.map((n) => ({
          "@id": `urn:x:${n}`,
          "@type": "dcat:Dataset",
          "dct:title": [{ "@value": "Bridges", "@language": "en" }, {
            "@value": `橋${n}`,
            "@language": "ja",
          }],
          "dcat:landingPage": { "@id": "javascript:alert(1)" },
        })),
        { "@id": "urn:x:page", ...more },
      ],
    });
  const next = (base: string, n: number) => ({
    "hydra:next": { "@id": `${base}/feed?page=${n}` },
  });
  let answer: Server = (url, base) =>
    url.searchParams.get("page") === "2"
      ? page([3], { "hydra:totalItems": 3 })
      : page([1, 2], { "hydra:totalItems": 3, ...next(base, 2) });
  await withPortal(
    (url, base) => answer(url, base),
    (base) =>
      withSource("dcat", `${base}/feed`, async (run, data) => {
        const { source } = await run();

        assert.deepEqual(source.entries.map(({ title }) => title), [
          "橋1",
          "橋2",
          "橋3",
        ]);
        assert.ok(
          source.entries.every((one) => one.address === `${base}/feed`),
        );

        const broken: Server[] = [
          () => page([1], { "hydra:totalItems": 3 }),
          (_, base) => page([1, 2, 3], next(base, 2)),
          () => page([1, 2, 3], {}, [1, 2]),
          () => page([1], { "hydra:next": { "@id": "http://10.0.0.1/feed" } }),
          () => Response.json({ "@context": "http://elsewhere.example/c" }),
          () => Response.json({ hello: "world" }),
          () => Response.json([]),
        ];
        for (const [n, server] of broken.entries()) {
          answer = server;
          await assert.rejects(run(), Problem, String(n));
          assert.equal((await findSource(data, "pref")).entries.length, 3);
        }
      }),
  );
});

Deno.test("harvest() takes our own feeds in as another's, and leaves out what stands at our own address", () =>
  withSite([120], async (app) => {
    await withPortal(
      async (url) => {
        const answer = await app.request(url.pathname + url.search);
        const text = await answer.text();
        // The site's pages are asked for where this server stands.
        return new Response(
          text.replaceAll(
            "https://data.example.jp/opendata/catalog",
            `http://localhost:${url.port}/opendata/catalog`,
          ),
        );
      },
      async (base) => {
        const feeds = [["ckan", base], [
          "dcat",
          `${base}/opendata/catalog.jsonld`,
        ]] as const;
        for (const [kind, address] of feeds) {
          await withSource(kind, address, async (run) => {
            const { source } = await run();
            const [entry, ...others] = source.entries;
            assert.deepEqual(others, []);
            assert.match(entry?.title ?? "", /ミニアプリ/);
            assert.ok(entry?.licence);
            assert.ok(entry?.formats.includes("CSV"), entry?.formats.join());
            assert.equal((await run()).added, 0);
          }, { origin: "https://other.example" });
        }
        await withSource(
          "dcat",
          `${base}/opendata/catalog.jsonld`,
          async (run) => assert.deepEqual((await run()).source.entries, []),
        );
      },
    );
  }));

Deno.test("harvested datasets are found with their origin, and never among what is ours", () =>
  withSite([120], async (app, _, data) => {
    await withPortal(
      (url) => paged(packs(12), url),
      (base) =>
        withSource("ckan", base, async (run) => {
          await run();
          const text = async (path: string) =>
            await (await app.request(path)).text();
          const page = await text("/opendata?q=橋りょう");
          assert.match(page, /ほかのカタログのデータ/);
          assert.match(page, /佐賀県カタログ/);
          assert.ok(page.includes(`href="${base}/dataset/data-7"`));
          assert.equal(page.includes("<script>"), false);
          assert.match(page, /0 件のデータセット/);
          assert.match(await text("/en/opendata/412015?q=橋"), /From: 佐賀県/);
          for (
            const path of [
              "/opendata?city=412015",
              "/opendata?q=存在しない言葉",
              "/opendata/catalog.jsonld",
              "/api/3/action/package_search",
              "/opendata/feed.atom",
            ]
          ) assert.equal((await text(path)).includes("data-7"), false, path);

          await removeSource(data, await findSource(data, "pref"));
          assert.doesNotMatch(await text("/opendata?q=橋"), /data-7/);
        }, { at: data }),
    );
  }));

Deno.test("checkHarvestUrl() allows named hosts alone, and no private address unless the configuration does", async () => {
  const named = (...hosts: string[]) => ({
    hosts,
    allowPrivateAddresses: false,
  });
  const refused = [
    ["https://data.example/", named()],
    ["https://data.example/", named("other.example")],
    ["http://localhost/", named("localhost")],
    ["http://10.0.0.1/", named("10.0.0.1")],
    ["ftp://data.example/", named("data.example")],
  ] as const;

  for (const [address, allowed] of refused) {
    assert.throws(() => checkHarvestUrl(new URL(address), allowed), Problem);
  }
  checkHarvestUrl(new URL("https://data.example/"), named("data.example"));
  await withPortal(
    () => found(1, [pack(1)]),
    (base) =>
      withSource("ckan", base, async (run) => {
        await assert.rejects(run(), Problem);
      }, { allowed: named("localhost") }),
  );
});

Deno.test("harvestAll() reads every portal of one city and names those that failed", async () => {
  let broken = true;
  await withPortal(
    (url) =>
      broken && url.pathname.startsWith("/b/")
        ? new Response("", { status: 503 })
        : paged(packs(3), url),
    (base) =>
      withSource("ckan", `${base}/a`, async (_run, data) => {
        const source = await findSource(data, "pref");
        const { municipality } = source;
        const on = {
          layout: data,
          clock,
          rules,
          origin: "https://data.example.jp",
        };
        await keepSource(data, { ...source, id: "b", address: `${base}/b` });
        await keepSource(data, {
          ...source,
          id: "other",
          municipality: "252018",
          address: `${base}/c`,
        });
        const entriesOf = async (id: string) =>
          (await findSource(data, id)).entries.length;

        await assert.rejects(
          harvestAll(on, municipality),
          (error) => error instanceof Problem && /: b$/.test(error.message),
        );
        assert.deepEqual([await entriesOf("pref"), await entriesOf("b")], [
          2,
          0,
        ]);

        broken = false;
        const done = await harvestAll(on, municipality);
        assert.deepEqual([done.sources, await entriesOf("b")], [2, 2]);
        assert.equal(await entriesOf("other"), 0);
      }),
  );
});
