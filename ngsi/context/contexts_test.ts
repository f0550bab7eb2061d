import { type Clock, fixedClock } from "@hiraku/kernel";
import fc from "fast-check";
import assert from "node:assert/strict";
import { openTestStore } from "../_test_store.ts";
import type { ContextSources } from "./context_source.ts";
import { type Contexts, openContexts } from "./contexts.ts";
import { CORE_CONTEXT } from "./core_context.ts";

const ORIGIN = "https://city.example";
const CLOSED = { origin: ORIGIN };
const REMOTE = "https://example.org/context.jsonld";
const NOON = fixedClock("2026-11-01T12:00:00Z");

async function withContexts(
  body: (contexts: Contexts) => Promise<void>,
  sources: ContextSources = CLOSED,
  clock: Clock = NOON,
  path = ":memory:",
): Promise<void> {
  const db = await openTestStore(path);
  try {
    await body(openContexts({ ...sources, db, clock }));
  } finally {
    await db.destroy();
  }
}

/** A server of contexts on this machine, and what it has been asked for. */
async function withServer(
  answers: Record<string, () => Response>,
  body: (origin: string, asked: readonly string[]) => Promise<void>,
): Promise<void> {
  const asked: string[] = [];
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    ({ url }) => {
      const { pathname } = new URL(url);
      asked.push(pathname);
      return answers[pathname]?.() ?? new Response(null, { status: 404 });
    },
  );
  try {
    await body(`http://127.0.0.1:${server.addr.port}`, asked);
  } finally {
    await server.shutdown();
  }
}

const OPEN = {
  origin: ORIGIN,
  outbound: { allowPrivate: true, allowedHosts: [] },
};
const stopContext = { "@context": { Stop: "https://example.org/Stop" } };

Deno.test("names() expands our own terms, prefixes and inline terms, and the core wins", () =>
  withContexts(async (contexts) => {
    const names = contexts.defaultNames;
    const own = await contexts.names([
      { ex: "https://example.org/", Stop: "ex:Stop", value: "ex:value" },
      [{ typed: { "@id": "ex:typed", "@type": "@vocab" } }, CORE_CONTEXT],
    ]);

    assert.equal(
      names.expand("EvacuationShelter"),
      "urn:hiraku:ns:EvacuationShelter",
    );
    assert.equal(own.expand("Stop"), "https://example.org/Stop");
    assert.equal(own.expand("ex:Other"), "https://example.org/Other");
    assert.equal(own.expand("typed"), "https://example.org/typed");
    assert.equal(own.expand("value"), "https://uri.etsi.org/ngsi-ld/hasValue");
    assert.equal(own.compact("https://example.org/Stop"), "Stop");
    assert.equal(
      own.compact("urn:hiraku:ns:EvacuationShelter"),
      "urn:hiraku:ns:EvacuationShelter",
    );
  }));

Deno.test("names() refuses what is no context, and scoped contexts (CIM 009 5.5.7)", () =>
  withContexts(async (contexts) => {
    const deep = JSON.parse(`${"[".repeat(9000)}1${"]".repeat(9000)}`);
    for (
      const context of [
        7,
        null,
        [],
        [7],
        "no address",
        { a: 7 },
        { a: { "@id": "urn:x:a", "@context": {} } },
        deep,
      ]
    ) {
      await assert.rejects(contexts.names(context), { kind: "BadRequestData" });
    }
  }));

Deno.test("names() never answers a context with another error than a Problem", () =>
  withContexts((contexts) =>
    fc.assert(fc.asyncProperty(fc.jsonValue(), async (context) => {
      try {
        await contexts.names(context);
      } catch (error) {
        assert.ok(error instanceof Error && "kind" in error);
      }
    }))
  ));

Deno.test("names() asks no address that is not allowed and does not say why", () =>
  withServer(
    { "/c": () => Response.json(stopContext) },
    (origin, asked) =>
      withContexts(async (contexts) => {
        for (const url of [`${origin}/c`, "file:///etc/passwd", "urn:x:c"]) {
          await assert.rejects(contexts.names(url), (error: Error) => {
            assert.equal(
              "kind" in error && error.kind,
              "LdContextNotAvailable",
            );
            assert.equal(/public|loopback|127/.test(error.message), false);
            return true;
          });
        }
        assert.deepEqual(asked, []);
        assert.deepEqual(await contexts.list(), []);
      }),
  ));

Deno.test("names() fetches a context once, follows redirects and counts each use", () =>
  withServer({
    "/moved": () =>
      new Response(null, { status: 302, headers: { Location: "/c" } }),
    "/c": () => Response.json(stopContext),
  }, (origin, asked) =>
    withContexts(async (contexts) => {
      const url = `${origin}/moved`;
      const [one, two] = await Promise.all([
        contexts.names(url),
        contexts.names([url, CORE_CONTEXT]),
      ]);
      const [details, ...others] = await contexts.list("Cached");

      assert.equal(one.expand("Stop"), "https://example.org/Stop");
      assert.equal(two.expand("Stop"), "https://example.org/Stop");
      assert.equal(await two.address(), url);
      assert.deepEqual(asked, ["/moved", "/c"]);
      assert.equal(details?.URL, url);
      assert.equal(details?.numberOfHits, 2);
      assert.deepEqual(others, []);
      await assert.rejects(contexts.serve(url), {
        kind: "OperationNotSupported",
      });
    }, OPEN)));

Deno.test("names() keeps to max-age, and to an old copy when the server is gone", () => {
  let now = new Date("2026-11-01T12:00:00Z");
  let up = true;
  const headers = { "Cache-Control": "max-age=60" };
  const answer = () =>
    up
      ? Response.json(stopContext, { headers })
      : new Response(null, { status: 500 });
  return withServer({ "/c": answer }, (origin, asked) =>
    withContexts(
      async (contexts) => {
        await contexts.names(`${origin}/c`);
        now = new Date("2026-11-01T12:00:59Z");
        await contexts.names(`${origin}/c`);
        assert.equal(asked.length, 1);

        up = false;
        now = new Date("2026-11-01T12:01:01Z");
        const names = await contexts.names(`${origin}/c`);
        assert.equal(asked.length, 2);
        assert.equal(names.expand("Stop"), "https://example.org/Stop");
      },
      OPEN,
      { now: () => now },
    ));
});

Deno.test("names() tells a missing context from an invalid one (CIM 009 5.5.6)", () =>
  withServer({
    "/text": () => new Response("this is not json"),
    "/none": () => Response.json({ note: "no context" }),
    "/scoped": () =>
      Response.json({
        "@context": { a: { "@id": "urn:x:a", "@context": {} } },
      }),
    "/loop": () =>
      new Response(null, { status: 301, headers: { Location: "/loop" } }),
    "/large": () => new Response(" ".repeat(3_000_000)),
  }, (origin, asked) =>
    withContexts(async (contexts) => {
      const kindOf = (path: string) =>
        contexts.names(origin + path).then(() => "fine", ({ kind }) => kind);

      assert.equal(await kindOf("/text"), "BadRequestData");
      assert.equal(await kindOf("/none"), "BadRequestData");
      assert.equal(await kindOf("/scoped"), "BadRequestData");
      assert.equal(await kindOf("/gone"), "LdContextNotAvailable");
      assert.equal(await kindOf("/loop"), "LdContextNotAvailable");
      assert.equal(await kindOf("/large"), "LdContextNotAvailable");
      assert.equal(asked.filter((path) => path === "/loop").length, 4);
    }, OPEN)));

Deno.test("a preloaded context needs no network and is listed as cached", () =>
  withContexts(
    async (contexts) => {
      const names = await contexts.names(REMOTE);
      const listed = await contexts.list("Cached");

      assert.equal(names.expand("Stop"), "https://example.org/Stop");
      assert.deepEqual(listed.map((one) => one.URL), [REMOTE]);
      await contexts.reload(REMOTE);
      assert.equal((await contexts.list()).length, 1);
    },
    { origin: ORIGIN, preloaded: new Map([[REMOTE, stopContext]]) },
  ));

Deno.test("CIM 009 5.13.2, 5.13.4 and 5.13.5: a hosted context is used, served, kept and deleted", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/broker.sqlite`;
  let id = "";
  await withContexts(
    async (contexts) => {
      id = await contexts.add(stopContext["@context"]);
      const url = `${ORIGIN}/ngsi-ld/v1/jsonldContexts/${id}`;

      assert.equal((await contexts.details(id)).numberOfHits, 0);
      assert.equal(
        (await contexts.names(url)).expand("Stop"),
        "https://example.org/Stop",
      );
      assert.equal((await contexts.details(id)).numberOfHits, 1);
      assert.equal((await contexts.details(id)).kind, "Hosted");
      await assert.rejects(contexts.add({ a: 7 }), { kind: "BadRequestData" });
    },
    CLOSED,
    NOON,
    path,
  );
  await withContexts(
    async (contexts) => {
      const url = `${ORIGIN}/ngsi-ld/v1/jsonldContexts/${id}`;

      assert.deepEqual(await contexts.serve(id), stopContext);
      await assert.rejects(contexts.reload(id), { kind: "BadRequestData" });
      await contexts.remove(id);
      await assert.rejects(contexts.serve(id), { kind: "ResourceNotFound" });
      await assert.rejects(contexts.names(url), {
        kind: "LdContextNotAvailable",
      });
    },
    CLOSED,
    NOON,
    path,
  );
  await Deno.remove(folder, { recursive: true });
});

Deno.test("CIM 009 5.13.1: an inline context of an answer gets one address of ours, and only one", () =>
  withContexts(async (contexts) => {
    const inline = { Stop: "https://example.org/Stop" };
    const names = await contexts.names([inline, CORE_CONTEXT]);
    const address = await names.address();
    const again = await (await contexts.names([inline, CORE_CONTEXT]))
      .address();
    const core = await (await contexts.names(CORE_CONTEXT)).address();

    assert.ok(address.startsWith(`${ORIGIN}/ngsi-ld/v1/jsonldContexts/`));
    assert.equal(again, address);
    assert.equal(core, CORE_CONTEXT);
    const [stored, ...others] = await contexts.list();
    assert.equal(stored?.kind, "ImplicitlyCreated");
    assert.deepEqual(others, []);
    assert.equal(
      (await contexts.names(address)).expand("Stop"),
      "https://example.org/Stop",
    );
  }));

Deno.test("CIM 009 5.13.5: a reload that fails leaves the copy, one that works replaces it", () => {
  let answer = () => Response.json(stopContext);
  return withServer(
    { "/c": () => answer() },
    (origin) =>
      withContexts(async (contexts) => {
        const url = `${origin}/c`;
        await contexts.names(url);

        answer = () => new Response("nothing");
        await assert.rejects(contexts.reload(url), {
          kind: "LdContextNotAvailable",
        });
        assert.equal(
          (await contexts.names(url)).expand("Stop"),
          "https://example.org/Stop",
        );
        answer = () => Response.json({ "@context": { Stop: "urn:x:Stop" } });
        await contexts.reload(url);

        assert.equal((await contexts.names(url)).expand("Stop"), "urn:x:Stop");
        assert.equal((await contexts.list()).length, 1);
      }, OPEN),
  );
});

Deno.test("what anybody may send is kept for a while and never in the store; a subscription's context for good", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/broker.sqlite`;
  const inline = (n: number) => ({ a: `https://example.org/${n}` });
  let kept = "";
  await withContexts(
    async (contexts) => {
      for (let n = 0; n < 600; n += 1) {
        await (await contexts.names(inline(n))).address();
      }
      kept = await contexts.addressOf(inline(1));
      assert.equal(await contexts.addressOf(inline(1)), kept);
      assert.equal((await contexts.list()).length, 501);
    },
    CLOSED,
    NOON,
    path,
  );
  await withContexts(
    async (contexts) => {
      const [only, ...others] = await contexts.list();
      assert.equal(only?.URL, kept);
      assert.deepEqual(others, []);
    },
    CLOSED,
    NOON,
    path,
  );
  await Deno.remove(folder, { recursive: true });
});
