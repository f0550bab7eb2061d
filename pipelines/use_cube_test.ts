import { fixedClock, silentLog } from "@hiraku/kernel";
import type { PersonUsed } from "@hiraku/opendata";
import assert from "node:assert/strict";
import { SAGA } from "./_sample_register.ts";
import { city, line, person, restateUsage } from "./_sample.ts";
import type { Sinks } from "./aggregate.ts";
import { land } from "./land.ts";
import { freezeUseCube } from "./use_cube.ts";

Deno.test("freezeUseCube hands each settled month over once, newest first, one group a person, and no month that may still move", async () => {
  const saga = await city();
  await saga.segment("01A.ndjson", [
    line(1, { district: "412015-sd-01" }),
    line(2, {
      at: "2026-10-09T00:00:00.000Z",
      subject: person(1),
      miniApp: "412015-ma-02",
      district: "412015-sd-02",
    }),
    line(3, { mode: "drill" }),
    line(7, { mode: "drill", subject: person(1) }),
    line(8, { mode: "drill", subject: person(1) }),
    line(4, { consent: [] }),
    line(5, { at: "2026-09-05T03:00:00.000Z", tier: "email" }),
    line(6, { at: "2026-11-01T03:00:00.000Z" }),
    line(9, { at: "2026-07-05T03:00:00.000Z" }),
    line(10, { at: "2026-08-05T03:00:00.000Z" }),
  ]);
  await land(saga.warehouse, {
    dir: saga.landing,
    clock: fixedClock("2026-11-20T01:00:00Z"),
    log: silentLog,
    run: "run-1",
  });
  await restateUsage(saga.warehouse);
  const frozen = new Map<string, readonly PersonUsed[]>([["2026-09", []]]);
  const sinks: Sinks = {
    previous: () => Promise.resolve(undefined),
    publish: () => Promise.reject(new Error("Nothing is published")),
    cubes: {
      toMeasure: (_city, months) =>
        Promise.resolve(
          months.filter((one) => !frozen.has(one)).sort().reverse(),
        ),
      freeze: (_city, month, used) => {
        frozen.set(month, used);
        return Promise.resolve();
      },
    },
  };
  const run = (now: string) =>
    freezeUseCube.run({
      warehouse: saga.warehouse,
      municipality: SAGA,
      now: new Date(now),
      members: [SAGA],
      released: () => Promise.resolve(undefined),
      entries: () => Promise.resolve([]),
    }, sinks);

  await run("2026-11-05T00:00:00Z");
  // The newest comes first.
  const settled = ["2026-09", "2026-08", "2026-07"];
  assert.deepEqual([...frozen.keys()], settled);
  await run("2026-11-09T00:00:00Z");

  const october = frozen.get("2026-10")?.toSorted((a, b) =>
    orderOf(a) < orderOf(b) ? -1 : 1
  );
  const same = { ageGroup: "40-64", sex: "female", tier: "jpki" };
  const first = {
    ...same,
    person: person(1),
    districtCode: "412015-sd-02",
  };
  assert.deepEqual(october, [
    { ...first, miniAppId: "412015-ma-01", mode: "drill", times: 2 },
    { ...first, miniAppId: "412015-ma-01", mode: "normal", times: 1 },
    { ...first, miniAppId: "412015-ma-02", mode: "normal", times: 1 },
    {
      ...same,
      person: person(3),
      districtCode: "412015-sd-01",
      miniAppId: "412015-ma-01",
      mode: "drill",
      times: 1,
    },
  ]);
  assert.deepEqual(frozen.get("2026-09"), []);
  assert.equal(frozen.has("2026-11"), false);
  await saga.close();
});

function orderOf({ person, mode, miniAppId }: PersonUsed): string {
  return `${person} ${mode} ${miniAppId}`;
}
