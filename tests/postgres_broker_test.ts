import { fixedClock, Problem } from "@hiraku/kernel";
import { openPostgres, sql } from "@hiraku/kernel/store";
import {
  type Broker,
  defaultNames,
  openBroker,
  readEntity,
  readFragment,
} from "@hiraku/ngsi";
import assert from "node:assert/strict";
import { startLosingProxy } from "./losing_proxy.ts";
import { startPostgres } from "./postgres.ts";

const names = defaultNames("https://city.example");
const clock = fixedClock("2026-11-01T00:00:00Z");
const N = names.expand("n");

function opened(postgres: string, code: string): Promise<Broker> {
  const outbound = { allowPrivate: true, allowedHosts: [] };
  const contexts = { origin: "https://city.example", outbound };
  return openBroker({ path: ":memory:", postgres, code, clock, contexts });
}

function counter(number: number, n = 0) {
  return readEntity({ id: idOf(number), type: "Counter", n }, names);
}

function idOf(number: number): string {
  return `urn:ngsi-ld:Counter:${number}`;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}

function isUnavailable(error: unknown): boolean {
  return error instanceof Problem && error.kind === "Unavailable" &&
    error.retryAfter !== undefined;
}

/** Values of `n` that the history has, in the order in which they were written. */
async function valuesOf(broker: Broker, id: string): Promise<unknown[]> {
  const history = await (await broker.history.read()).selectFrom("instance")
    .select(["number"]).where("entity", "=", id).where("attribute", "=", N)
    .orderBy("seq").execute();
  return history.map(({ number }) => number);
}

async function current(broker: Broker, id: string): Promise<unknown> {
  const { attributes } = await broker.retrieve(id);
  const content = attributes[N]?.[0]?.content;
  return content !== undefined && "value" in content
    ? content.value
    : undefined;
}

Deno.test("a broker whose database goes away says so, loses nothing and goes on", async () => {
  await using postgres = await startPostgres();
  if (postgres === undefined) return;
  const broker = await opened(postgres.url, "412015");
  try {
    await broker.create(counter(1));
    const acknowledged: number[] = [];
    const refused: number[] = [];
    let next = 0;
    let stopping = false;
    const writing = Array.from({ length: 4 }, async () => {
      while (!stopping) {
        const n = next += 1;
        try {
          await broker.updateAttributes(idOf(1), readFragment({ n }, names));
          acknowledged.push(n);
        } catch (error) {
          assert.ok(isUnavailable(error), String(error));
          refused.push(n);
          await pause();
        }
      }
    });

    for (let i = 0; i < 3; i++) {
      const enough = acknowledged.length + 20;
      while (acknowledged.length < enough) await pause();
      await postgres.stop();
      await assert.rejects(broker.retrieve(idOf(99)), isUnavailable);
      await assert.rejects(broker.create(counter(2)), isUnavailable);
      await postgres.restart();
    }
    stopping = true;
    await Promise.all(writing);
    const kept = await valuesOf(broker, idOf(1));
    assert.ok(refused.length > 0);
    assert.equal(new Set(kept).size, kept.length);
    assert.deepEqual(acknowledged.filter((n) => !kept.includes(n)), []);
    assert.equal(await current(broker, idOf(1)), kept.at(-1));
    await assert.rejects(broker.retrieve(idOf(2)), {
      kind: "ResourceNotFound",
    });
  } finally {
    await broker.close();
  }
});

Deno.test("a commit whose answer gets lost is seen, recorded and told of all the same", async () => {
  await using postgres = await startPostgres();
  if (postgres === undefined) return;
  await using proxy = startLosingProxy(new URL(postgres.url), "commit\0");
  const told: { id: string; n: unknown }[] = [];
  await using receiver = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    async (request) => {
      const { id, data: [{ n }] } = await request.json();
      told.push({ id, n });
      return new Response();
    },
  );
  const broker = await opened(proxy.url, "412015");
  try {
    await broker.subscriptions.create(
      {
        type: "Subscription",
        entities: [{ type: "Counter" }],
        notification: {
          format: "simplified",
          endpoint: { uri: `http://127.0.0.1:${receiver.addr.port}/` },
        },
      },
      names,
      { id: "tester", operator: false, seesAll: true },
    );
    const update = (n: number) =>
      broker.updateAttributes(idOf(1), readFragment({ n }, names));
    await broker.create(counter(1));

    proxy.loseNextAnswer();
    await assert.rejects(update(1), isUnavailable);
    const seen = await current(broker, idOf(1));
    const recorded = await valuesOf(broker, idOf(1));
    await update(2);

    assert.equal(seen, 1);
    assert.deepEqual(recorded, [0, 1]);
    assert.deepEqual(await valuesOf(broker, idOf(1)), [0, 1, 2]);
    while (told.length < 3) await pause();
    assert.deepEqual(told.map(({ n }) => n).toSorted(), [0, 1, 2]);
    assert.equal(new Set(told.map(({ id }) => id)).size, 3);
  } finally {
    await broker.close();
  }
});

Deno.test("tenants have schemas of their own, however their names look", async () => {
  await using postgres = await startPostgres();
  if (postgres === undefined) return;
  const long = "l".repeat(62);
  const codes = ["a-b", "a_b", "a--b", `${long}1`, `${long}2`];
  for (const [i, code] of codes.entries()) {
    const broker = await opened(postgres.url, code);
    await broker.create(counter(i));
    await broker.close();
  }

  for (const [i, code] of codes.entries()) {
    const broker = await opened(postgres.url, code);
    assert.deepEqual(await broker.selectIds({}), [idOf(i)]);
    await broker.close();
  }
  await assert.rejects(
    opened(postgres.url, 'a"; DROP SCHEMA public'),
    /schema/,
  );
});

Deno.test("openPostgres() waits for the disk and keeps to its schema, whatever the address says", async () => {
  await using postgres = await startPostgres();
  if (postgres === undefined) return;
  const url = new URL(postgres.url);
  url.searchParams.set(
    "options",
    "-c synchronous_commit=off -c search_path=public -c work_mem=8MB",
  );
  const store = await openPostgres(url.href, { schema: "own" });
  try {
    const { rows } = await sql<Record<string, string>>`
      SELECT current_setting('synchronous_commit') AS commits,
        current_setting('work_mem') AS memory, current_schema() AS schema`
      .execute(store);

    assert.deepEqual(rows, [{ commits: "on", memory: "8MB", schema: "own" }]);
    await assert.rejects(sql`SELECT nothing`.execute(store), {
      name: "error",
    });
  } finally {
    await store.destroy();
  }
});
