import { fixedClock, silentLog } from "@hiraku/kernel";
import assert from "node:assert/strict";
import { SAGA } from "../_sample_register.ts";
import { city, line, person } from "../_sample.ts";
import { restate } from "../assets/restate.ts";
import { land } from "../land.ts";
import { tallied } from "../tally.ts";
import { retention } from "@hiraku/opendata";
import { publishRetention } from "./retention.ts";

Deno.test("publishRetention follows those who registered in one month of the city, and nobody who did not", async () => {
  const saga = await city();
  const registered = (n: number, at: string) =>
    line(n, { at, type: "account.registered", data: { method: "email" } });
  const used = (n: number, id: number, at: string, more = {}) =>
    line(id, { at, subject: person(n), ...more });
  await saga.segment("01A.ndjson", [
    registered(1, "2026-08-10T00:00:00.000Z"),
    // In the city it is September already.
    registered(2, "2026-08-31T15:30:00.000Z"),
    registered(3, "2026-08-12T00:00:00.000Z"),
    used(1, 11, "2026-08-20T00:00:00.000Z"),
    used(1, 12, "2026-08-21T00:00:00.000Z"),
    used(3, 13, "2026-08-21T00:00:00.000Z"),
    used(1, 14, "2026-10-02T00:00:00.000Z"),
    used(2, 15, "2026-10-02T00:00:00.000Z"),
    used(2, 16, "2026-09-02T00:00:00.000Z", { mode: "drill" }),
    used(3, 17, "2026-09-02T00:00:00.000Z", { consent: [] }),
    // Before registering, and without.
    used(2, 18, "2026-08-02T00:00:00.000Z"),
    used(9, 19, "2026-10-02T00:00:00.000Z"),
  ]);
  await land(saga.warehouse, {
    dir: saga.landing,
    clock: fixedClock("2026-11-20T01:00:00Z"),
    log: silentLog,
    run: "run-1",
  });
  const [asset] = publishRetention.assets;
  const { cohorts } = retention.tables;
  assert.ok(asset !== undefined && cohorts !== undefined);

  await restate(saga.warehouse, [asset], { now: new Date("2026-11-20") });
  const rows = await tallied(
    saga.warehouse,
    asset.id,
    cohorts,
    SAGA,
    "2026-10",
  );

  assert.deepEqual(
    rows.map(({ month, since, people, count }) =>
      [month, since, Number(people), Number(count)].join(" ")
    ),
    [
      "2026-08 0 2 3",
      "2026-10 1 1 1",
      "2026-10 2 1 1",
    ],
  );
  await saga.close();
});
