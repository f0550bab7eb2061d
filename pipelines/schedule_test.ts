import { openPseudonymiser } from "@hiraku/pipelines/events";
import assert from "node:assert/strict";
import { fixedClock, silentLog, systemClock } from "@hiraku/kernel";
import { finishRun, openControl, startRun } from "@hiraku/kernel/control";
import { SAGA } from "./_sample_register.ts";
import { city } from "./_sample.ts";
import type { CityWork, Job } from "./city_work.ts";
import { policyOf } from "./running/policy.ts";
import { openSnapshots } from "./snapshots/snapshots.ts";
import { missedJobs, persist, repeat, scheduleJobs } from "./schedule.ts";

const MONTHLY = "10 3 1 * *";
const job = (name: string, cron: string): Job => ({
  name,
  cron,
  assets: [],
  policy: policyOf({
    running: { policies: {}, alerts: {}, reports: { webhookHosts: [] } },
  }, name),
  run: () => Promise.resolve(true),
});

async function work(jobs: readonly Job[]): Promise<CityWork> {
  const { dir, warehouse, close } = await city();
  const keyring = openPseudonymiser(`${dir}/pseudonym.key`);
  return {
    municipality: SAGA,
    warehouse,
    keyring,
    land: () => Promise.resolve(),
    jobs,
    assets: [],
    data: () => Promise.reject(new Error("There is none")),
    live: {
      landed: () => {},
      published: () => {},
      all: () => {},
      again: () => {},
      settled: () => Promise.resolve(),
    },
    snapshots: openSnapshots({
      warehouse,
      folder: `${dir}/snapshots`,
      landing: `${dir}/landing`,
      keyring,
      clock: systemClock,
      memoryLimit: "320MB",
      keep: 1,
    }),
    halt: () => {},
    close,
  };
}

Deno.test("missedJobs() finds jobs whose city instant passed since they last succeeded", async () => {
  const saga = await work([
    job("missed", MONTHLY),
    job("done", MONTHLY),
    job("failed", MONTHLY),
    job("new", MONTHLY),
  ]);
  const dir = await Deno.makeTempDir();
  const control = await openControl(`${dir}/control.sqlite`);
  const ran = async (
    name: string,
    at: string,
    outcome: "succeeded" | "failed",
  ) => {
    const clock = fixedClock(at);
    const id = await startRun(control, clock, SAGA.code, name);
    await finishRun(control, clock, id, outcome);
  };
  await ran("missed", "2026-10-31T18:09:00Z", "succeeded");
  await ran("done", "2026-10-31T18:10:30Z", "succeeded");
  await ran("failed", "2026-09-30T18:10:30Z", "succeeded");
  await ran("failed", "2026-10-31T18:10:30Z", "failed");

  const missed = await missedJobs(
    control,
    fixedClock("2026-11-20T01:00:00Z"),
    saga,
  );

  assert.deepEqual(
    missed.map(({ job, due }) => [job.name, due.toISOString()]),
    [
      ["missed", "2026-10-31T18:10:00.000Z"],
      ["failed", "2026-10-31T18:10:00.000Z"],
    ],
  );
  await control.destroy();
  await Deno.remove(dir, { recursive: true });
  await saga.close();
});

Deno.test("scheduleJobs() runs a due job and lets it finish when stopped", async () => {
  let finished = 0;
  const started = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const saga = await work([{
    ...job("each second", "* * * * * *"),
    run: async () => {
      started.resolve();
      await go.promise;
      finished++;
      return true;
    },
  }]);

  const schedule = scheduleJobs(saga, silentLog);
  await started.promise;
  const stopped = schedule.stop();
  const before = finished;
  go.resolve();
  await stopped;

  assert.equal(before, 0);
  assert.equal(finished, 1);
  await saga.close();
});

Deno.test("repeat() goes on after a failure and never after stop()", async () => {
  let steps = 0;
  const failures: unknown[] = [];
  const third = Promise.withResolvers<void>();
  const loop = repeat(() => {
    steps++;
    if (steps === 3) third.resolve();
    return steps === 1 ? Promise.reject(new Error("once")) : Promise.resolve();
  }, {
    everyMs: 1,
    afterFailureMs: 1,
    onFailure: (error) => failures.push(error),
  });

  await third.promise;
  await loop.stop();
  const atStop = steps;
  await new Promise((next) => setTimeout(next, 20));

  assert.equal(failures.length, 1);
  assert.equal(steps, atStop);
});

Deno.test("missedJobs() makes up for none, the last or all missed instants, oldest first", async () => {
  const policies = {
    none: { ...job("", MONTHLY).policy, missed: "none" as const },
    all: { ...job("", MONTHLY).policy, missed: "all" as const },
  };
  const saga = await work([
    { ...job("none", MONTHLY), policy: policies.none },
    job("last", MONTHLY),
    { ...job("all", MONTHLY), policy: policies.all },
  ]);
  const dir = await Deno.makeTempDir();
  const control = await openControl(`${dir}/control.sqlite`);
  for (const name of ["none", "last", "all"]) {
    const clock = fixedClock("2026-07-31T18:11:00Z");
    const id = await startRun(control, clock, SAGA.code, name);
    await finishRun(control, clock, id, "succeeded");
  }

  const missed = await missedJobs(
    control,
    fixedClock("2026-11-20T01:00:00Z"),
    saga,
  );

  assert.deepEqual(
    missed.map(({ job, due }) =>
      `${job.name} ${due.toISOString().slice(0, 7)}`
    ),
    ["last 2026-10", "all 2026-08", "all 2026-09", "all 2026-10"],
  );
  assert.equal(missed.some(({ job }) => job.name === "none"), false);
  await control.destroy();
  await saga.close();
});

Deno.test("persist() tries again with growing pauses and gives up after its retries", async () => {
  const pauses: number[] = [];
  const outcomes = [false, false, true];
  let runs = 0;
  const failing = {
    ...job("failing", MONTHLY),
    run: () => Promise.resolve(outcomes[runs++] ?? false),
  };
  const wait = (ms: number) => {
    pauses.push(ms);
    return Promise.resolve();
  };

  const mended = await persist(
    failing,
    undefined,
    new AbortController().signal,
    wait,
  );
  const lost = await persist(
    failing,
    undefined,
    new AbortController().signal,
    wait,
  );

  assert.equal(mended, true);
  assert.equal(lost, false);
  assert.equal(runs, 6);
  const [first = 0, second = 0] = pauses;
  assert.ok(first >= 30_000 && first <= 37_500, `${first}`);
  assert.ok(second >= 60_000 && second <= 75_000, `${second}`);
});
