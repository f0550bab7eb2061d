import assert from "node:assert/strict";
import {
  type Clock,
  type Config,
  layout,
  readConfig,
  silentLog,
} from "@hiraku/kernel";
import {
  commandState,
  type Control,
  lastRuns,
  openControl,
  requestCommand,
  startRun,
} from "@hiraku/kernel/control";
import type { Released } from "@hiraku/opendata";
import { line, person, without } from "./_sample.ts";
import { SAGA } from "./_sample_register.ts";
import { publishMiniappUsage } from "./miniapp_usage.ts";
import type { Pipeline } from "./pipeline.ts";
import { publishPopulation } from "./population.ts";
import { PURPOSES } from "./purpose.ts";
import type { ShelterState } from "./shelter_states.ts";
import { jobNamed } from "./city_work.ts";
import { startWork, type Work } from "./work.ts";

const NEVER = "0 0 30 2 *";
const clock: Clock = { now: () => new Date("2026-11-20T01:00:00Z") };
const SHELTER = "E4120100001111";

interface Installation {
  control: Control;
  landing: string;
  inbox: string;
  released: Released[];
  shelters: ShelterState[][];
  start(pipelines: readonly Pipeline[]): Promise<Work>;
  close(): Promise<void>;
}

async function installation(): Promise<Installation> {
  const dataDir = await Deno.makeTempDir();
  const places = layout(dataDir);
  const config: Config = {
    ...readConfig(() => undefined, () => undefined),
    dataDir,
    municipalities: [SAGA],
    schedules: {
      landEveryMs: 20,
      aggregate: NEVER,
      publish: NEVER,
      freeze: NEVER,
      preliminary: NEVER,
      compareLinksEveryMs: 600_000,
      tidy: NEVER,
      harvest: NEVER,
    },
  };
  const control = await openControl(places.control);
  const landing = places.landing(SAGA.code);
  await Deno.mkdir(landing, { recursive: true });
  const released: Released[] = [];
  const shelters: ShelterState[][] = [];
  return {
    control,
    landing,
    inbox: places.inbox(SAGA.code),
    released,
    shelters,
    start: (pipelines) =>
      startWork({
        config,
        layout: places,
        control,
        clock,
        log: silentLog,
        pipelines,
        sinks: {
          previous: () => Promise.resolve(undefined),
          publish: (one) => {
            released.push(one);
            return Promise.resolve("2026-11-20.1");
          },
        },
        onShelters: (_code, states) => {
          shelters.push([...states]);
          return Promise.resolve();
        },
      }),
    async close() {
      await control.destroy();
      await Deno.remove(dataDir, { recursive: true });
    },
  };
}

async function until(done: () => Promise<boolean> | boolean): Promise<void> {
  while (!await done()) await new Promise((next) => setTimeout(next, 10));
}

async function done(control: Control, id: string) {
  await until(async () => Boolean((await commandState(control, id))?.outcome));
  return await commandState(control, id);
}

const command = (
  control: Control,
  kind: string,
  given: Record<string, unknown>,
  municipality: string = SAGA.code,
) =>
  requestCommand(control, clock, {
    municipality,
    kind,
    arguments: given,
    requestedBy: "test",
  });

const failing: Pipeline = {
  id: "failing",
  schedule: "publish",
  purpose: PURPOSES.usage,
  assets: [],
  run: () => Promise.reject(new TypeError("secret 090-0000-0000")),
};

Deno.test("startWork() lands what is sealed, hands shelters on and records the run", async () => {
  const saga = await installation();
  const reception = line(1, {
    type: "shelter.checked_in",
    data: { shelterId: SHELTER, companions: [{ ageBand: "0-4", sex: "1" }] },
  });
  const opened = without(
    line(2, { type: "shelter.opened", data: { shelterId: SHELTER } }),
    "subject",
  );
  await Deno.writeTextFile(
    `${saga.landing}/01A.ndjson`,
    [opened, reception].map((one) => JSON.stringify(one) + "\n").join(""),
  );
  await Deno.writeTextFile(`${saga.landing}/01B.part`, "{");

  const work = await saga.start([]);
  await until(() => saga.shelters.length > 0);
  await work.stop();

  assert.deepEqual(
    saga.shelters[0]?.map((one) => [one.shelterId, one.occupancy?.people]),
    [
      [SHELTER, 2],
    ],
  );
  const runs = await lastRuns(saga.control);
  assert.equal(runs.length, 1);
  assert.equal(runs[0]?.outcome, "succeeded");
  assert.equal(runs[0]?.rowsIn, 2);
  assert.equal(runs[0]?.landed, 2);
  await Deno.stat(`${saga.landing}/01B.part`);
  await saga.close();
});

Deno.test("startWork() does commands in turn and a failing one stops nothing", async () => {
  const saga = await installation();
  const lines = Array.from({ length: 30 }, (_, i) => line(i + 1));
  await Deno.writeTextFile(
    `${saga.landing}/01A.ndjson`,
    lines.map((one) => JSON.stringify(one) + "\n").join(""),
  );
  const broken = await command(saga.control, "publish", { dataset: "failing" });
  const unknown = await command(saga.control, "run", { pipeline: "nothing" });
  const foreign = await command(saga.control, "run", {}, "999999");
  const usage = await command(saga.control, "publish", {
    dataset: "miniapp_usage",
  });

  const work = await saga.start([failing, publishMiniappUsage]);
  const published = await done(saga.control, usage);
  const refused = await Promise.all(
    [broken, unknown, foreign].map((id) => done(saga.control, id)),
  );
  await work.stop();

  assert.equal(published?.outcome, "succeeded");
  assert.deepEqual(refused.map((one) => one?.outcome), Array(3).fill("failed"));
  const [released] = saga.released;
  const total = released?.tables["miniapp_usage"]?.find((row) =>
    row["miniAppId"] === "412015-ma-01"
  );
  assert.equal(total?.["users"], 30);
  assert.equal(JSON.stringify(saga.released).includes(person(1)), false);
  const runs = await lastRuns(saga.control);
  assert.equal(runs.some(({ detail }) => detail?.includes("090-0000")), false);
  assert.deepEqual(
    runs.map(({ pipeline, outcome }) => `${pipeline} ${outcome}`).sort(),
    ["failing failed", "land succeeded", "miniapp_usage succeeded"],
  );
  await saga.close();
});

Deno.test("a scheduled aggregation gives way to a run that somebody asked for", async () => {
  const saga = await installation();
  const months = ["06", "07", "08", "09", "10"];
  const lines = months.flatMap((month, i) =>
    Array.from(
      { length: 12 },
      (_, j) => line(12 * i + j + 1, { at: `2026-${month}-05T03:00:00.000Z` }),
    )
  );
  await Deno.writeTextFile(
    `${saga.landing}/01A.ndjson`,
    lines.map((one) => JSON.stringify(one) + "\n").join(""),
  );
  const work = await saga.start([publishMiniappUsage]);
  const city = work.cities.get(SAGA.code);
  assert.ok(city);
  const scheduled = jobNamed(city, "aggregate").run(clock.now());
  const asked = jobNamed(city, "miniapp_usage").run();
  assert.deepEqual(await Promise.all([scheduled, asked]), [true, true]);
  assert.equal(await jobNamed(city, "aggregate").run(clock.now()), true);
  await work.stop();

  const runs = await lastRuns(saga.control);
  const details = runs.filter(({ pipeline }) => pipeline === "aggregate")
    .map(({ detail }) => detail ?? "").sort();
  assert.match(details[0] ?? "", /^0 partitions computed.*, then gave way$/);
  assert.equal(details[1]?.includes("gave way"), false);
  assert.equal(saga.released.length, 1);
  await saga.close();
});

Deno.test("startWork() imports a file of the inbox, which becomes the population dataset", async () => {
  const saga = await installation();
  const file = new URL(
    "sources/testdata/population_current_bom.csv",
    import.meta.url,
  );
  await Deno.mkdir(saga.inbox, { recursive: true });
  await Deno.copyFile(file, `${saga.inbox}/a.csv`);
  const imported = await command(saga.control, "import", {
    path: `${saga.inbox}/a.csv`,
    fileName: "population.csv",
    language: "en",
  });
  const outside = await command(saga.control, "import", {
    path: `${saga.inbox}/../../control.sqlite`,
    fileName: "a.csv",
  });
  const absent = await command(saga.control, "import", {
    path: `${saga.inbox}/b.csv`,
    fileName: "b.csv",
  });

  const work = await saga.start([publishPopulation]);
  const states = await Promise.all(
    [imported, outside, absent].map((id) => done(saga.control, id)),
  );
  const publish = await command(saga.control, "publish", {});
  const published = await done(saga.control, publish);
  await work.stop();

  assert.deepEqual(states.map((state) => state?.outcome), [
    "succeeded",
    "failed",
    "failed",
  ]);
  const report = JSON.stringify(states[0]?.result);
  assert.ok(report.includes("The value is missing"));
  assert.equal(report.includes("値がありません"), false);
  assert.equal(published?.outcome, "succeeded");
  await assert.rejects(Deno.stat(`${saga.inbox}/a.csv`));
  await Deno.stat(`${saga.inbox}/../../control.sqlite`);
  const rows = saga.released[0]?.tables["population"] ?? [];
  assert.deepEqual(rows.map((row) => row["areaName"]), ["東町", "北町"]);
  const run = (await lastRuns(saga.control)).find((one) =>
    one.pipeline === "import"
  );
  assert.equal(run?.rowsIn, 8);
  assert.equal(run?.quarantined, 6);
  await saga.close();
});

Deno.test("startWork() closes runs that a dead process left running", async () => {
  const saga = await installation();
  const orphan = await startRun(saga.control, clock, SAGA.code, "aggregate");

  const work = await saga.start([]);
  await work.stop();

  const [run] = await lastRuns(saga.control);
  assert.equal(run?.id, orphan);
  assert.equal(run?.outcome, "crashed");
  await saga.close();
});

Deno.test("stop() leaves a command it interrupts to the next process", async () => {
  const saga = await installation();
  const stopping = Promise.withResolvers<void>();
  const started = Promise.withResolvers<void>();
  const slow: Pipeline = {
    ...failing,
    id: "slow",
    run: async () => {
      started.resolve();
      await stopping.promise;
      throw new Error("interrupted");
    },
  };
  const id = await command(saga.control, "publish", { dataset: "slow" });

  const work = await saga.start([slow]);
  await started.promise;
  const stopped = work.stop();
  stopping.resolve();
  await stopped;
  const left = await commandState(saga.control, id);
  const next = await saga.start([{ ...slow, run: () => Promise.resolve("1") }]);
  const state = await done(saga.control, id);
  await next.stop();

  assert.equal(left?.outcome, null);
  assert.equal(state?.outcome, "succeeded");
  await saga.close();
});
