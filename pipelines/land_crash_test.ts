import assert from "node:assert/strict";
import { fixedClock, silentLog } from "@hiraku/kernel";
import { city, line } from "./_sample.ts";
import { land } from "./land.ts";

const BOUNDARIES = [
  "land.begin",
  "land.inserted",
  "land.before-commit",
  "land.committed",
  "land.moved",
];

for (const place of BOUNDARIES) {
  Deno.test(`land() loses and doubles nothing when killed at ${place}`, async () => {
    const saga = await city();
    await saga.segment("01A.ndjson", [line(1), line(2)]);
    await saga.segment("01B.ndjson", [line(2), line(3)]);
    await saga.warehouse.destroy();

    const killed = await landInChild(saga.dir, place);
    const after = await saga.reopen();
    await land(after.warehouse, {
      dir: after.landing,
      clock: fixedClock("2026-11-20T01:00:00Z"),
      log: silentLog,
      run: "run-2",
    });

    assert.equal(killed.signal, "SIGKILL");
    const events = await after.warehouse.selectFrom("event")
      .select("event_id").orderBy("event_id").execute();
    assert.deepEqual(
      events.map(({ event_id }) => event_id),
      [1, 2, 3].map((n) => line(n).eventId),
    );
    const loads = await after.warehouse.selectFrom("load").selectAll()
      .execute();
    assert.equal(loads.length, 2);
    assert.equal(loads.reduce((sum, one) => sum + one.duplicate, 0), 1);
    await after.close();
  });
}

async function landInChild(
  dir: string,
  place: string,
): Promise<Deno.CommandStatus> {
  const script = new URL("_land_and_die.ts", import.meta.url).pathname;
  const { code, signal, success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", script, dir, place],
    stdout: "null",
    stderr: "null",
  }).output();
  return { code, signal, success };
}
