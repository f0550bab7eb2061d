import assert from "node:assert/strict";
import { fixedClock } from "../clock.ts";
import {
  addCounts,
  closeOrphanedRuns,
  commandState,
  countsOf,
  finishCommand,
  finishRun,
  lastRuns,
  openControl,
  requestCommand,
  startRun,
  takeCommand,
} from "./mod.ts";

const clock = fixedClock("2026-11-01T00:00:00Z");

async function temporary(): Promise<string> {
  return `${await Deno.makeTempDir()}/control.sqlite`;
}

Deno.test("openControl() opens the same store twice and migrates it once", async () => {
  const path = await temporary();
  const serve = await openControl(path);
  const work = await openControl(path);

  await addCounts(serve, "412015", [{ kind: "refused", name: "a", count: 2 }]);
  await addCounts(work, "412015", [{ kind: "refused", name: "a", count: 3 }]);

  assert.deepEqual(await countsOf(serve, "412015"), [
    { kind: "refused", name: "a", count: 5 },
  ]);
  assert.deepEqual(await countsOf(serve, "252018"), []);
  await serve.destroy();
  await work.destroy();
});

Deno.test("closeOrphanedRuns() marks what a dead process left and nothing else", async () => {
  const control = await openControl(await temporary());
  const done = await startRun(control, clock, "412015", "land");
  await finishRun(control, clock, done, "succeeded");
  await startRun(control, clock, "412015", "miniapp_usage");

  assert.equal(await closeOrphanedRuns(control, clock), 1);

  const outcomes = (await lastRuns(control)).map((run) => run.outcome).sort();
  assert.deepEqual(outcomes, ["crashed", "succeeded"]);
  assert.equal(await closeOrphanedRuns(control, clock), 0);
  await control.destroy();
});

Deno.test("takeCommand() takes an unfinished command again, a finished one never", async () => {
  const control = await openControl(await temporary());
  const id = await requestCommand(control, clock, {
    municipality: "412015",
    kind: "run",
    arguments: { pipeline: "registrants" },
    requestedBy: "cli",
  });

  assert.equal((await takeCommand(control, clock))?.id, id);
  assert.equal((await takeCommand(control, clock))?.id, id);
  await finishCommand(control, clock, id, "succeeded", { rows: 1 });

  assert.equal(await takeCommand(control, clock), undefined);
  assert.deepEqual((await commandState(control, id))?.result, { rows: 1 });
  await control.destroy();
});
