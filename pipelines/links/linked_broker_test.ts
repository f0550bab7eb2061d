import assert from "node:assert/strict";
import { LinkFailure } from "./link_failure.ts";
import {
  type Document,
  type LinkedBroker,
  linkedBroker,
} from "./linked_broker.ts";

const CONTEXT = "https://partner.example/context.jsonld";
const SECRET = "s3cr3t";

interface Outside {
  readonly broker: LinkedBroker;
  /** Method, path and entity ids of each request. */
  readonly requests: string[];
  readonly headers: Headers[];
}

/** A broker of somebody else, as far as `answer` plays it. */
async function withOutside(
  answer: (request: Request, sent: Document[]) => Response | Promise<Response>,
  body: (outside: Outside) => Promise<void>,
  allowPrivate = true,
): Promise<void> {
  const requests: string[] = [];
  const headers: Headers[] = [];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    async (request) => {
      const text = await request.text();
      const sent = text === "" ? [] : [JSON.parse(text)].flat();
      const { pathname } = new URL(request.url);
      const ids = sent.map(({ id }) => id).join();
      requests.push(`${request.method} ${pathname} ${ids}`.trim());
      headers.push(request.headers);
      return answer(request, sent);
    },
  );
  const broker = linkedBroker({
    address: `http://127.0.0.1:${server.addr.port}/orion`,
    tenant: "prefecture",
    headers: { "X-Auth-Token": SECRET },
    rules: { allowPrivate, allowedHosts: [] },
  });
  try {
    await body({ broker, requests, headers });
  } finally {
    broker.close();
    await server.shutdown();
  }
}

const status = (code: number) => () => new Response(null, { status: code });
const bus = (n: number) => ({ id: `urn:bus:${n}`, type: "Bus" });
const UPSERT = "POST /orion/ngsi-ld/v1/entityOperations/upsert";

Deno.test("upsert() parts a batch until only what is not wanted is left out", () =>
  withOutside(
    (_, sent) =>
      new Response(null, {
        status: sent.some(({ id }) => id === "urn:bus:3") ? 400 : 204,
      }),
    async ({ broker, requests, headers }) => {
      const refused = await broker.upsert([1, 2, 3, 4].map(bus), CONTEXT);

      assert.deepEqual([...refused], ["urn:bus:3"]);
      assert.deepEqual(requests, [
        `${UPSERT} urn:bus:1,urn:bus:2,urn:bus:3,urn:bus:4`,
        `${UPSERT} urn:bus:1,urn:bus:2`,
        `${UPSERT} urn:bus:3,urn:bus:4`,
        `${UPSERT} urn:bus:3`,
        `${UPSERT} urn:bus:4`,
      ]);
      assert.equal(headers[0]?.get("x-auth-token"), SECRET);
      assert.equal(headers[0]?.get("ngsild-tenant"), "prefecture");
      assert.equal(headers[0]?.get("content-type"), "application/ld+json");
    },
  ));

Deno.test("upsert() believes a 207 about each entity", () =>
  withOutside(
    () =>
      Response.json({
        success: ["urn:bus:1"],
        errors: [{ entityId: "urn:bus:2", error: { status: 400 } }],
      }, { status: 207 }),
    async ({ broker, requests }) => {
      const refused = await broker.upsert([bus(1), bus(2)], CONTEXT);

      assert.deepEqual([...refused], ["urn:bus:2"]);
      assert.equal(requests.length, 1);
    },
  ));

for (
  const [code, kind] of [
    [401, "unauthorized"],
    [403, "unauthorized"],
    [404, "refused"],
    [429, "outside_error"],
    [500, "outside_error"],
    [503, "outside_error"],
  ] as const
) {
  Deno.test(`what is answered ${code} fails as ${kind} and tells nothing else`, () =>
    withOutside(status(code), async ({ broker, requests }) => {
      const fails = (error: unknown) =>
        error instanceof LinkFailure && error.kind === kind &&
        !/127|s3cr3t|bus/.test(error.message);

      await assert.rejects(broker.upsert([bus(1)], CONTEXT), fails);
      await assert.rejects(
        broker.entities({ types: ["Bus"], limit: 1 }),
        fails,
      );
      // Nothing is halved that was not looked at.
      assert.equal(requests.length, 2);
    }));
}

Deno.test("remove() and has() take a 404 of any media type for an answer", () =>
  withOutside(status(404), async ({ broker }) => {
    await broker.remove("urn:bus:1");
    await broker.unsubscribe("urn:sub:1");

    assert.equal(await broker.has("urn:bus:1"), false);
    assert.equal(await broker.isSubscribed("urn:sub:1"), false);
  }));

Deno.test("isSubscribed() does not count on a subscription that is over", () =>
  withOutside(
    () => Response.json({ id: "urn:sub:1", status: "expired" }),
    async ({ broker }) => {
      assert.equal(await broker.isSubscribed("urn:sub:1"), false);
      assert.equal(await broker.has("urn:bus:1"), true);
    },
  ));

Deno.test("a linked broker asks no address that the rules do not allow", () =>
  withOutside(status(204), async ({ broker, requests }) => {
    await assert.rejects(
      broker.upsert([bus(1)], CONTEXT),
      (error) => error instanceof LinkFailure && error.kind === "not_allowed",
    );
    await assert.rejects(broker.has("urn:bus:1"));

    assert.deepEqual(requests, []);
  }, false));

Deno.test("close() ends what is under way, whether the answer has begun or not", async () => {
  const asked = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const released = Promise.withResolvers<Response>();
  await withOutside(
    ({ method }) => {
      const [first, second] = asked;
      if (method === "DELETE") {
        first?.resolve();
        return released.promise;
      }
      second?.resolve();
      return new Response(
        new ReadableStream({
          start: (it) => it.enqueue(new TextEncoder().encode("[")),
        }),
        { headers: { "Content-Type": "application/json" } },
      );
    },
    async ({ broker }) => {
      const both = [
        broker.remove("urn:bus:1"),
        broker.entities({ types: ["Bus"], limit: 1 }),
      ].map((one) => assert.rejects(one, LinkFailure));
      await Promise.all(asked.map(({ promise }) => promise));

      broker.close();

      await Promise.all(both);
      released.resolve(new Response(null, { status: 204 }));
    },
  );
});
