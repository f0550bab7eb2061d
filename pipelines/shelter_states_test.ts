import assert from "node:assert/strict";
import { fixedClock, silentLog } from "@hiraku/kernel";
import type { EventLine } from "@hiraku/pipelines/events";
import { SAGA } from "./_sample_register.ts";
import { city, line, person, without } from "./_sample.ts";
import { land } from "./land.ts";
import { type ShelterState, shelterStates } from "./shelter_states.ts";

const A = "E4120100001111";
const B = "E4120100002111";

let n = 0;
const at = (minute: number) =>
  `2026-10-05T03:${String(minute).padStart(2, "0")}:00.000Z`;

function life(minute: number, kind: string, shelterId: string): EventLine {
  const one = line(++n, {
    at: at(minute),
    type: `shelter.${kind}`,
    mode: "disaster",
    data: { shelterId },
  });
  return without(one, "subject", "tier", "consent");
}

function visit(
  minute: number,
  kind: "in" | "out",
  shelterId: string,
  who: number,
  companions = 0,
): EventLine {
  return line(++n, {
    at: at(minute),
    type: `shelter.checked_${kind}`,
    subject: person(who),
    mode: "disaster",
    consent: [],
    data: {
      shelterId,
      companions: Array(companions).fill({ ageBand: "0-4", sex: "1" }),
    },
  });
}

async function statesAfter(
  ...segments: readonly EventLine[][]
): Promise<ShelterState[]> {
  const saga = await city();
  for (const [i, lines] of segments.entries()) {
    await saga.segment(`0${i}.ndjson`, lines);
    await land(saga.warehouse, {
      dir: saga.landing,
      clock: fixedClock("2026-11-20T01:00:00Z"),
      log: silentLog,
      run: "run-1",
    });
  }
  const states = await shelterStates(saga.warehouse, SAGA);
  await saga.close();
  return states;
}

const figures = (states: readonly ShelterState[]) =>
  states.map(({ shelterId, status, occupancy }) => [
    shelterId,
    status,
    occupancy?.parties,
    occupancy?.people,
  ]);

Deno.test("shelterStates() counts a person with companions once, in one shelter, with or without consent", async () => {
  const states = await statesAfter([
    life(1, "opened", A),
    life(1, "opened", B),
    visit(2, "in", A, 1, 2),
    visit(3, "in", A, 1, 2),
    visit(4, "in", A, 2),
  ], [
    visit(5, "in", B, 2),
    visit(6, "out", A, 2),
    visit(7, "out", A, 3),
  ]);

  assert.deepEqual(figures(states), [[A, "open", 1, 3], [B, "open", 1, 1]]);
  assert.equal(states[0]?.mode, "disaster");
  assert.equal(states[0]?.capacity, 100);
  assert.equal(states[0]?.occupancy?.observedAt, at(7));
});

Deno.test("shelterStates() lets people leave and come back, whatever the order of arrival", async () => {
  const states = await statesAfter(
    [visit(8, "in", A, 1, 1), visit(5, "out", A, 1)],
    [visit(2, "in", A, 1, 1), visit(2, "in", A, 2), visit(9, "out", A, 2)],
    [life(1, "opened", A)],
  );

  assert.deepEqual(figures(states), [[A, "open", 1, 2]]);
});

Deno.test("shelterStates() empties a shelter that closes and starts anew when it opens", async () => {
  const before = [life(1, "opened", A), visit(2, "in", A, 1)];
  const closed = await statesAfter([...before, life(3, "closed", A)]);
  const reopened = await statesAfter([
    ...before,
    life(3, "closed", A),
    life(4, "opened", A),
    visit(5, "in", A, 2),
  ]);

  assert.deepEqual(figures(closed), [[A, "closed", undefined, undefined]]);
  assert.deepEqual(figures(reopened), [[A, "open", 1, 1]]);
});

Deno.test("shelterStates() never mixes a drill into a disaster", async () => {
  const states = await statesAfter([
    life(1, "opened", A),
    visit(2, "in", A, 1),
    { ...visit(3, "in", A, 2), mode: "drill" },
    { ...visit(3, "in", A, 3), mode: "normal" },
  ]);

  assert.deepEqual(figures(states), [[A, "open", 2, 2]]);
});
