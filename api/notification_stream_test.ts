import { fixedClock, type Role } from "@hiraku/kernel";
import type { AuditEntry } from "@hiraku/kernel/control";
import { openBrokers, STREAM_ENDPOINT } from "@hiraku/ngsi";
import { Hono } from "hono";
import assert from "node:assert/strict";
import { testPlaces } from "./_test_place.ts";
import { type Caller, type Env, PUBLIC } from "./identity/caller.ts";
import { deadLetterRoutes } from "./dead_letter_routes.ts";
import { entityRoutes } from "./entity_routes.ts";
import { notificationStream } from "./notification_stream.ts";
import { problemResponse } from "./problem_response.ts";

const CODE = "412015";
const TENANT = "saga_412015";
const ID = "urn:ngsi-ld:Subscription:1";

function staff(role: Role): Caller {
  const roles = new Map([[CODE, new Set([role])]]);
  return { ...PUBLIC, kind: "account", id: role, roles };
}
const CALLERS: Readonly<Record<string, Caller>> = {
  hq: staff("hq"),
  board: staff("board"),
  admin: staff("admin"),
  writer: {
    ...PUBLIC,
    kind: "key",
    id: "key-1",
    municipality: CODE,
    writesEntities: true,
  },
};

interface Served {
  ask(as: string, path: string, init?: RequestInit): Promise<Response>;
  readonly audited: readonly AuditEntry[];
}

/** A city behind a real HTTP server. */
async function served(body: (city: Served) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  const clock = fixedClock("2026-11-01T00:00:00Z");
  const brokers = await openBrokers({
    ...await testPlaces(folder),
    municipalities: [{ code: CODE, tenant: TENANT }],
    clock,
    contexts: {
      origin: "https://city.example",
      outbound: { allowPrivate: true, allowedHosts: [] },
    },
  });
  const audited: AuditEntry[] = [];
  const audit = (entry: AuditEntry) =>
    Promise.resolve(void audited.push(entry));
  const app = new Hono<Env>();
  app.onError(problemResponse);
  app.use(async (c, next) => {
    c.set("caller", CALLERS[c.req.header("As") ?? ""] ?? PUBLIC);
    await next();
  });
  app.route(
    "/",
    entityRoutes({ clock, brokers, audit, origin: "https://city.example" }),
  );
  app.route("/", notificationStream({ brokers, audit, heartbeatMs: 5 }));
  app.route("/", deadLetterRoutes(brokers));
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    app.fetch,
  );
  const ask = (as: string, path: string, init: RequestInit = {}) =>
    fetch(`http://127.0.0.1:${server.addr.port}${path}`, {
      ...init,
      headers: {
        As: as,
        "NGSILD-Tenant": TENANT,
        ...(init.body ? { "Content-Type": "application/json" } : {}),
        ...init.headers,
      },
    });
  try {
    await body({ ask, audited });
  } finally {
    await brokers.close();
    await server.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
}

const post = (body: unknown) => ({
  method: "POST",
  body: JSON.stringify(body),
});
const subscription = (type: string, uri = STREAM_ENDPOINT) => ({
  id: ID,
  type: "Subscription",
  entities: [{ type }],
  notification: { endpoint: { uri } },
});
const entity = (type: string, n: number) => ({
  id: `urn:ngsi-ld:${type}:${n}`,
  type,
  maxCapacity: n,
});
const EVENTS = `/api/v1/broker/${TENANT}/subscriptions/${ID}/events`;

/** Reads a stream until its text fits. */
async function readUntil(
  response: Response,
  fits: (text: string) => boolean,
): Promise<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream())
    .getReader();
  let text = "";
  while (!fits(text)) {
    const { value, done } = await reader?.read() ?? { done: true };
    if (done) break;
    text += value;
  }
  await reader?.cancel();
  return text;
}

Deno.test("GET …/events streams notifications with ids, signs of life, and goes on after the last", () =>
  served(async ({ ask, audited }) => {
    const entities = "/ngsi-ld/v1/entities";
    const made = await ask(
      "writer",
      "/ngsi-ld/v1/subscriptions",
      post(subscription("EvacuationShelter")),
    );
    assert.equal(made.status, 201);
    const stream = await ask("nobody", EVENTS);
    assert.equal(stream.headers.get("content-type"), "text/event-stream");
    const heard = readUntil(stream, (text) => text.includes("data:"));
    await ask("writer", entities, post(entity("EvacuationShelter", 1)));
    await ask("writer", entities, post(entity("MiniApp", 1)));
    await ask("writer", entities, post(entity("EvacuationShelter", 2)));
    const text = await heard;

    const id = /^id: (\w{26})$/m.exec(text)?.[1] ?? "";
    const data = JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? "{}");
    assert.equal(data.id, `urn:ngsi-ld:Notification:${id}`);
    assert.equal(data.data[0].id, "urn:ngsi-ld:EvacuationShelter:1");

    const resumed = await ask("nobody", EVENTS, {
      headers: { "Last-Event-ID": id },
    });
    const rest = await readUntil(
      resumed,
      (text) => text.includes("data:") && text.includes(": alive"),
    );
    assert.ok(rest.includes("urn:ngsi-ld:EvacuationShelter:2"));
    assert.equal(rest.includes("urn:ngsi-ld:EvacuationShelter:1"), false);
    assert.equal(rest.includes("event: gap"), false);
    assert.equal(text.includes("MiniApp") || rest.includes("MiniApp"), false);

    const forgotten = await ask("nobody", EVENTS, {
      headers: { "Last-Event-ID": "01JD3W8Q4XK0V7M2T5R9ZB6CYH" },
    });
    await readUntil(forgotten, (text) => text.includes("event: gap"));
    const wrong = await ask("nobody", EVENTS, {
      headers: { "Last-Event-ID": "x" },
    });
    assert.equal(wrong.status, 400);
    await wrong.body?.cancel();
    assert.deepEqual(audited, []);
  }));

Deno.test("GET …/events shows running services to their operators alone, and writes it down", () =>
  served(async ({ ask, audited }) => {
    const made = await ask(
      "hq",
      "/ngsi-ld/v1/subscriptions",
      post(subscription("ShelterOccupancy")),
    );
    assert.equal(made.status, 201);
    for (const as of ["nobody", "board", "writer", "admin"]) {
      const refused = await ask(as, EVENTS);
      assert.equal(refused.status, 404, as);
      await refused.body?.cancel();
    }
    const stream = await ask("hq", EVENTS);
    const heard = readUntil(stream, (text) => text.includes("data:"));
    await ask(
      "writer",
      "/ngsi-ld/v1/entities",
      post(entity("ShelterOccupancy", 1)),
    );

    assert.ok((await heard).includes("urn:ngsi-ld:ShelterOccupancy:1"));
    assert.deepEqual(audited.map(({ action, caller }) => [action, caller]), [
      ["subscribe", "hq"],
      ["stream", "hq"],
    ]);
  }));

Deno.test("…/dead-letters lists what was given up and replays it, for who looks after it", () =>
  served(async ({ ask }) => {
    let status = 410;
    let taken = 0;
    const receiver = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      () => {
        if (status === 200) taken += 1;
        return new Response(null, { status });
      },
    );
    const uri = `http://127.0.0.1:${receiver.addr.port}/`;
    const body = subscription("EvacuationShelter", uri);
    await ask("writer", "/ngsi-ld/v1/subscriptions", post(body));
    await ask(
      "writer",
      "/ngsi-ld/v1/entities",
      post(entity("EvacuationShelter", 1)),
    );
    const path = `/api/v1/broker/${CODE}/dead-letters`;
    let dead: { id: string; reason: string; body?: string }[] = [];
    while (dead.length === 0) {
      dead = await (await ask("admin", path)).json();
    }
    assert.equal(dead[0]?.reason, "The receiver answered 410");
    assert.equal("body" in (dead[0] ?? {}), false);
    const other = await ask("admin", `${path}?subscription=urn:x:other`);
    assert.deepEqual(await other.json(), []);
    for (const [as, expected] of [["nobody", 401], ["board", 403]] as const) {
      const refused = await ask(as, path);
      assert.equal(refused.status, expected);
      await refused.body?.cancel();
    }

    status = 200;
    const ids = { ids: dead.map(({ id }) => id) };
    const replay = await ask("admin", `${path}/replay`, post(ids));
    assert.deepEqual(await replay.json(), { replayed: 1 });
    assert.deepEqual(await (await ask("admin", path)).json(), []);
    while (taken < 1) await new Promise((resolve) => setTimeout(resolve, 1));
    await receiver.shutdown();
  }));

Deno.test("GET …/events tells of a large batch what a small one tells, entities whole", () =>
  served(async ({ ask }) => {
    const upsert = "/ngsi-ld/v1/entityOperations/upsert";
    const large = Array.from({ length: 900 }, (_, i) => ({
      ...entity("EvacuationShelter", i),
      name: { type: "LanguageProperty", languageMap: { ja: `避難所 ${i}` } },
    }));
    await ask("writer", "/ngsi-ld/v1/subscriptions", {
      ...post({
        ...subscription("EvacuationShelter"),
        q: "maxCapacity>897",
      }),
    });
    const stream = await ask("nobody", EVENTS);
    const heard = readUntil(
      stream,
      (text) => text.includes("data:") && text.endsWith("\n\n"),
    );

    const created = await ask("writer", upsert, post(large));
    const told = await heard;

    assert.ok(JSON.stringify(large).length > 64 * 1024);
    assert.equal(created.status, 201);
    await created.body?.cancel();
    const [, text = ""] = /data: ?(.*)/.exec(told) ?? [];
    const { data } = JSON.parse(text);
    assert.deepEqual(
      data.map((
        { name, maxCapacity }: Record<string, unknown>,
      ) => [name, maxCapacity]),
      [898, 899].map((i) => [
        { type: "LanguageProperty", languageMap: { ja: `避難所 ${i}` } },
        { type: "Property", value: i },
      ]),
    );
    assert.equal(text.includes("ready"), false);
  }));
