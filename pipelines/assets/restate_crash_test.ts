import assert from "node:assert/strict";
import { fixedClock, silentLog } from "@hiraku/kernel";
import { city, line, restateUsage } from "../_sample.ts";
import { land } from "../land.ts";

for (
  const place of [
    "restate.begin",
    "restate.before-commit",
    "restate.before-commit:2",
  ]
) {
  Deno.test(`restate() killed at ${place} goes on to the same figures`, async () => {
    const saga = await city();
    await saga.segment("01A.ndjson", [
      line(1, { at: "2026-09-05T03:00:00.000Z" }),
      line(2, { at: "2026-10-05T03:00:00.000Z" }),
      line(3, { at: "2026-10-06T03:00:00.000Z" }),
    ]);
    await land(saga.warehouse, {
      dir: saga.landing,
      clock: fixedClock("2026-11-20T01:00:00Z"),
      log: silentLog,
      run: "run-1",
    });
    await saga.warehouse.destroy();

    const script = new URL("_restate_and_die.ts", import.meta.url).pathname;
    const killed = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", script, saga.dir, place],
      stdout: "null",
      stderr: "null",
    }).output();
    const after = await saga.reopen();
    const left = await restateUsage(after.warehouse);
    const again = await restateUsage(after.warehouse);

    assert.equal(killed.signal, "SIGKILL");
    const months = await after.warehouse.selectFrom("usage_month")
      .select(["month", "clicks"]).orderBy("month").execute();
    assert.deepEqual(months, [
      { month: "2026-09", clicks: 1 },
      { month: "2026-10", clicks: 2 },
    ]);
    // What was committed before the death is not computed again.
    assert.deepEqual(
      left,
      place.endsWith(":2") ? ["2026-10"] : ["2026-09", "2026-10"],
    );
    assert.deepEqual(again, []);
    await after.close();
  });
}
