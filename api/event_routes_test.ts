import assert from "node:assert/strict";
import {
  type Config,
  fixedClock,
  layout,
  Municipality,
  readConfig,
  ulid,
} from "@hiraku/kernel";
import { countsOf, openControl } from "@hiraku/kernel/control";
import { Hono } from "hono";
import { access } from "./access.ts";
import type { Env } from "./identity/caller.ts";
import { openCollector } from "./collector.ts";
import { eventRoutes } from "./event_routes.ts";
import { createKey, revokeKey } from "./identity/api_key.ts";
import { problemResponse } from "./problem_response.ts";

const PATH = "/api/v1/events";
const NOW = "2026-11-09T00:12:33Z";
const cities = ["412015", "252018"].map((code) =>
  Municipality.parse({
    code,
    tenant: `city_${code}`,
    name: { ja: "市", en: "City" },
    prefecture: { ja: "県", en: "Prefecture" },
  })
);

async function platform(settings: Partial<Config> = {}) {
  const dataDir = await Deno.makeTempDir();
  const places = layout(dataDir);
  const clock = fixedClock(NOW);
  const config: Config = {
    ...readConfig(() => undefined, () => "{}"),
    dataDir,
    municipalities: cities,
    ...settings,
  };
  const control = await openControl(places.control);
  const collector = await openCollector({
    config,
    layout: places,
    clock,
    control,
  });
  const { id, key } = await createKey(control, clock, {
    label: "test",
    municipality: "412015",
    eventTypes: ["miniapp.*"],
    roles: [],
    writesEntities: false,
  });
  const app = new Hono<Env>();
  app.onError(problemResponse);
  app.use(access({ control, clock, origin: config.origin }));
  app.route(PATH, eventRoutes(collector));
  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    app.request(PATH, {
      method: "POST",
      body,
      headers: {
        Authorization: `Bearer ${key}`,
        "Content-Type": "application/json",
        ...headers,
      },
    });
  const lines = async () => {
    let text = "";
    for await (const { name } of Deno.readDir(places.landing("412015"))) {
      text += await Deno.readTextFile(`${places.landing("412015")}/${name}`);
    }
    return text.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  };
  return {
    post,
    lines,
    control,
    clock,
    keyId: id,
    app,
    async [Symbol.asyncDispose]() {
      await collector.close();
      await control.destroy();
    },
    collector,
  };
}

let sequence = 0;
function tap(change: object = {}): object {
  return {
    eventId: ulid(Date.parse(NOW) + sequence++),
    type: "miniapp.opened",
    occurredAt: "2026-11-09T09:12:31+09:00",
    source: { miniApp: "412015-ma-01" },
    subject: { pid: "p_7f3c9a0b12de", tier: "jpki", consent: ["r1"] },
    ...change,
  };
}

Deno.test("POST /events acknowledges what is on the disk and names what it refused", async () => {
  await using on = await platform();
  const twice = tap();
  const events = [
    tap(),
    twice,
    twice,
    tap({ subject: { pid: "090-1234-5678", tier: "jpki" } }),
    tap({ tenant: "252018" }),
    tap({ type: "shelter.opened" }),
    tap({ mode: "holiday" }),
    17,
  ];

  const response = await on.post(JSON.stringify(events));
  const receipt = await response.json();

  assert.equal(response.status, 202);
  assert.deepEqual(receipt, {
    accepted: 2,
    quarantined: 1,
    refused: [
      { index: 3, code: "personal_data:phone", field: "subject.pid" },
      { index: 4, code: "tenant_mismatch", field: "tenant" },
      { index: 5, code: "type_not_allowed", field: "type" },
      { index: 7, code: "not_an_object", field: "" },
    ],
    duplicateInRequest: 1,
  });
  const lines = await on.lines();
  assert.equal(lines.length, 3);
  assert.doesNotMatch(JSON.stringify(lines), /090-1234|p_7f3c9a0b12de/);
});

Deno.test("POST /events counts refusals by field name, never by value", async () => {
  const on = await platform();
  await on.post(JSON.stringify([
    tap({ data: { phone: "090-1234-5678" } }),
    tap({ extra: 1 }),
  ]));
  await on.collector.close();

  const counts = await countsOf(on.control, "412015");

  assert.deepEqual(
    counts.map(({ kind, name, count }) => `${kind} ${name} ${count}`).sort(),
    [
      "discarded miniapp.opened extra 1",
      "refused personal_data:forbidden_key data.phone 1",
    ],
  );
  await on.control.destroy();
});

Deno.test("POST /events takes NDJSON and gzip, and refuses a broken line alone", async () => {
  await using on = await platform();
  const text = `${JSON.stringify(tap())}\n{"eventId":\n${
    JSON.stringify(tap())
  }\n`;
  const zipped = await new Response(
    new Blob([text]).stream().pipeThrough(new CompressionStream("gzip")),
  ).arrayBuffer();

  const response = await on.post(zipped, {
    "Content-Type": "application/x-ndjson",
    "Content-Encoding": "gzip",
  });

  assert.equal(response.status, 202);
  const receipt = await response.json();
  assert.equal(receipt.accepted, 2);
  assert.deepEqual(receipt.refused, [
    { index: 1, code: "invalid_json", field: "" },
  ]);
});

Deno.test("POST /events refuses what is too large, also when it hides in gzip or chunks", async () => {
  await using on = await platform();
  const many = JSON.stringify(Array.from({ length: 1_001 }, () => tap()));
  const bomb = await new Response(
    new Blob(["[", " ".repeat(3 * 1024 * 1024), "]"]).stream()
      .pipeThrough(new CompressionStream("gzip")),
  ).arrayBuffer();
  const chunks = new Blob([`[${" ".repeat(2 * 1024 * 1024)}]`]).stream();

  const answers = [
    await on.post(many),
    await on.post(bomb, { "Content-Encoding": "gzip" }),
    await on.post(chunks),
  ];

  assert.deepEqual(answers.map(({ status }) => status), [413, 413, 413]);
  assert.deepEqual(await on.lines(), []);
});

Deno.test("POST /events is closed to everyone but a key for events", async () => {
  await using on = await platform();
  const body = JSON.stringify([tap()]);

  const none = await on.app.request(PATH, {
    method: "POST",
    body,
    headers: { "Content-Type": "application/json" },
  });
  const wrong = await on.post(body, { Authorization: "Bearer hk_nonsense" });
  const media = await on.post(body, { "Content-Type": "text/plain" });

  assert.deepEqual([none.status, wrong.status, media.status], [401, 401, 415]);
  assert.deepEqual(await on.lines(), []);
});

Deno.test("POST /events refuses a key that was revoked before it was first seen", async () => {
  await using on = await platform();
  await revokeKey(on.control, on.clock, on.keyId);

  const response = await on.post(JSON.stringify([tap()]));

  assert.equal(response.status, 401);
  assert.deepEqual(await on.lines(), []);
});

Deno.test("POST /events answers 503 with Retry-After when the disk or the queue is full", async () => {
  await using full = await platform({
    minimumFreeBytes: Number.MAX_SAFE_INTEGER,
  });

  const response = await full.post(JSON.stringify([tap()]));

  assert.equal(response.status, 503);
  assert.equal(response.headers.get("retry-after"), "30");
  assert.deepEqual(await full.lines(), []);
});
