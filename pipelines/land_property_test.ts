import assert from "node:assert/strict";
import fc from "fast-check";
import { fixedClock, silentLog } from "@hiraku/kernel";
import { city, line } from "./_sample.ts";
import { land } from "./land.ts";

const clock = fixedClock("2026-11-20T01:00:00Z");
const FAULT = { code: "invalid_value", field: "mode" };

const segment = fc.record({
  events: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 12 }),
  faulty: fc.array(fc.integer({ min: 20, max: 24 }), { maxLength: 2 }),
  /** Whether landing runs after this segment was sealed. */
  landAfter: fc.boolean(),
  torn: fc.boolean(),
});

Deno.test("land() lands every event id exactly once, however segments repeat and interleave", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(segment, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 3 }),
      async (segments, perTransaction) => {
        const saga = await city();
        const options = {
          dir: saga.landing,
          clock,
          log: silentLog,
          run: "run-1",
          maximum: { segments: perTransaction, bytes: 1 << 20 },
        };
        try {
          for (const [i, one] of segments.entries()) {
            await saga.segment(`0${i}.ndjson`, [
              ...one.events.map((n) => line(n)),
              ...one.faulty.map((n) => line(n, { fault: FAULT })),
              ...(one.torn ? ['{"torn'] : []),
            ]);
            if (one.landAfter) await land(saga.warehouse, options);
          }
          await land(saga.warehouse, options);

          const landed = await saga.warehouse.selectFrom("event")
            .select("event_id").execute();
          const expected = new Set(segments.flatMap(({ events }) => events));
          assert.equal(landed.length, expected.size);
          assert.deepEqual(
            new Set(landed.map(({ event_id }) => event_id)),
            new Set([...expected].map((n) => line(n).eventId)),
          );
          const ledger = await saga.warehouse.selectFrom("load").selectAll()
            .execute();
          assert.equal(ledger.length, segments.length);
          const rowsIn = segments.reduce(
            (sum, { events, faulty, torn }) =>
              sum + events.length + faulty.length + Number(torn),
            0,
          );
          assert.equal(ledger.reduce((sum, l) => sum + l.rows_in, 0), rowsIn);
          for (const row of ledger) {
            assert.equal(
              row.rows_in,
              row.landed + row.duplicate + row.quarantined + row.suppressed,
            );
          }
          const quarantined = await saga.warehouse.selectFrom("quarantine")
            .select("event_id").where("code", "=", FAULT.code).execute();
          assert.equal(
            quarantined.length,
            new Set(segments.flatMap(({ faulty }) => faulty)).size,
          );
        } finally {
          await saga.close();
        }
      },
    ),
    { numRuns: 15 },
  );
});
