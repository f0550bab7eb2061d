import assert from "node:assert/strict";
import { Problem, ulid } from "@hiraku/kernel";
import { openPseudonymiser } from "@hiraku/pipelines/events";
import fc from "fast-check";
import type { EventBody } from "./event_body.ts";
import { type Sender, type Sorted, sortEvents } from "./event_sorting.ts";
import { openSortingPool, type SortingPool } from "./sorting_pool.ts";

const NOW = new Date("2026-11-09T00:12:33Z");
const keyPath = `${await Deno.makeTempDir()}/pseudonym.key`;
const pseudonymiser = openPseudonymiser(keyPath);

function sender(keyId: string): Sender {
  return {
    municipality: "412015",
    keyId,
    eventTypes: ["miniapp.*"],
    receivedAt: NOW,
  };
}

function body(
  events: readonly unknown[],
  format: EventBody["format"] = "lines",
): EventBody {
  const texts = events.map((event) => JSON.stringify(event));
  const text = format === "array" ? `[${texts.join(",")}]` : texts.join("\n");
  return { format, bytes: new TextEncoder().encode(text) };
}

/** Asks until a thread has started and takes it. */
async function sortThere(
  pool: SortingPool,
  sent: EventBody,
  from: Sender,
): Promise<Sorted> {
  for (;;) {
    const sorted = pool.sort(sent, from, keyPath);
    if (sorted !== undefined) return await sorted;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const tap = {
  eventId: ulid(NOW.getTime()),
  type: "miniapp.opened",
  occurredAt: "2026-11-09T09:12:31+09:00",
  source: { miniApp: "412015-ma-01" },
  subject: { pid: "p_7f3c9a0b12de", tier: "jpki", consent: ["r1"] },
};
const anyTap = fc.tuple(
  fc.constantFrom<object>(
    {},
    { data: { mood: "happy" } },
    { mode: "holiday" },
    { tenant: "252018" },
    { type: "shelter.opened" },
    { subject: { pid: "090-1234-5678", tier: "jpki" } },
    { idempotencyKey: 'in "quotes"' },
    { occurredAt: "2031-01-01T00:00:00Z" },
  ),
  fc.integer({ min: 0, max: 20 }),
).map(([change, n]): unknown =>
  n === 20 ? n : {
    ...tap,
    eventId: ulid(NOW.getTime() + n, new Uint8Array(10)),
    ...change,
  }
);

Deno.test("sort() gives every request what it would get without a thread, many at once", async () => {
  const pool = openSortingPool(1);
  await sortThere(pool, body([tap]), sender("k0"));

  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.tuple(
          fc.array(anyTap, { maxLength: 12 }),
          fc.constantFrom<EventBody["format"]>("array", "lines"),
        ),
        { minLength: 1, maxLength: 8 },
      ),
      async (requests) => {
        const there = await Promise.all(
          requests.map(([events, format], i) =>
            sortThere(pool, body(events, format), sender(`k${i}`))
          ),
        );

        requests.forEach(([events, format], i) => {
          assert.deepEqual(
            there[i],
            sortEvents(body(events, format), sender(`k${i}`), pseudonymiser),
          );
        });
        const written = JSON.stringify(
          there.map(({ lines }) => new TextDecoder().decode(lines)),
        );
        assert.doesNotMatch(written, /p_7f3c9a0b12de|090-1234/);
      },
    ),
    { numRuns: 60 },
  );
  pool.close();
});

Deno.test("sort() says what is wrong with a whole request as it is said without a thread", async () => {
  const pool = openSortingPool(1);
  const broken = () => ({
    format: "array" as const,
    bytes: new TextEncoder().encode('[{"name": "Taro'),
  });

  await assert.rejects(
    sortThere(pool, broken(), sender("k1")),
    (error) =>
      error instanceof Problem && error.kind === "InvalidRequest" &&
      !error.message.includes("Taro"),
  );
  await assert.rejects(
    sortThere(pool, body(Array(1_001).fill(tap)), sender("k1")),
    (error) => error instanceof Problem && error.kind === "PayloadTooLarge",
  );
  pool.close();
});

Deno.test("sort() fails the requests of a thread that died and replaces it", async () => {
  const pool = openSortingPool(
    1,
    new URL("./_crashing_worker.ts", import.meta.url),
  );
  await sortThere(pool, body([]), sender("k1"));

  const failed = await Promise.allSettled([
    pool.sort(body([tap]), sender("wait"), keyPath),
    pool.sort(body([tap]), sender("crash"), keyPath),
    pool.sort(body([tap]), sender("k1"), keyPath),
  ]);

  for (const one of failed) {
    assert.ok(one.status === "rejected");
    assert.ok(one.reason instanceof Problem);
    assert.equal(one.reason.kind, "Unavailable");
    assert.equal(one.reason.retryAfter, 1);
  }
  const untouched = body([tap]);
  assert.equal(pool.sort(untouched, sender("k1"), keyPath), undefined);
  assert.notEqual(untouched.bytes.length, 0);
  const { receipt } = await sortThere(pool, body([tap]), sender("k1"));
  assert.equal(receipt.accepted, 0);
  pool.close();
});

Deno.test("close() leaves no request waiting", async () => {
  const pool = openSortingPool(
    1,
    new URL("./_crashing_worker.ts", import.meta.url),
  );
  await sortThere(pool, body([]), sender("k1"));

  const waiting = pool.sort(body([tap]), sender("wait"), keyPath);
  pool.close();

  await assert.rejects(async () => await waiting, Problem);
});
