import assert from "node:assert/strict";
import { fixedClock, silentLog } from "@hiraku/kernel";
import { lastRuns, openControl } from "@hiraku/kernel/control";
import { recorded } from "./recorded.ts";

Deno.test("recorded() tells of a failure and not of a stop of the process", async () => {
  const control = await openControl(":memory:");
  const told: string[] = [];
  const alerts = {
    raise: (alert: { object: string }) => {
      told.push(alert.object);
      return Promise.resolve();
    },
    over: () => {},
  };
  const recorder = {
    control,
    clock: fixedClock("2026-11-20T01:00:00Z"),
    log: silentLog,
    alerts: alerts as never,
  };
  const stopping = new AbortController();
  stopping.abort();

  await recorded(recorder, "412015", "stopped", () => {
    stopping.signal.throwIfAborted();
    return Promise.resolve({});
  });
  await recorded(recorder, "412015", "broken", () => {
    throw new Error("no");
  });
  const late = () => Promise.reject(new DOMException("", "TimeoutError"));
  await recorded(recorder, "412015", "late", late);

  assert.deepEqual(told, ["broken", "late"]);
  const runs = await lastRuns(control);
  const of = (pipeline: string) =>
    runs.find((run) => run.pipeline === pipeline);
  assert.equal(of("stopped")?.outcome, "crashed");
  assert.equal(of("stopped")?.detail, "It was stopped with the process");
  assert.equal(of("broken")?.outcome, "failed");
  assert.equal(of("late")?.outcome, "failed");
  await control.destroy();
});
