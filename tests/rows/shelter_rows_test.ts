import assert from "node:assert/strict";
import { people, peopleIn, type Sent, withCity } from "./row_city.ts";

const A = "E4120100001111";
const ev = (
  type: string,
  who: number | undefined,
  data: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
): Sent => ({ type, ...(who !== undefined && { who }), data, ...more });

/** Check-ins on paper and by QR; changing the seconds must change the answer. */
function receptions(paperMs: number, qrMs: number): Sent[] {
  return [
    ...people(30).map((who) =>
      ev("shelter.checked_in", who, {
        shelterId: A,
        method: "paper",
        receptionMs: paperMs + who * 100,
      }, { mode: "drill" })
    ),
    ...people(30, 100).map((who) =>
      ev("shelter.checked_in", who, {
        shelterId: A,
        method: "qr",
        receptionMs: qrMs + (who - 100) * 20,
        companions: [{ ageBand: "0-4", sex: "1" }],
      }, { mode: "drill" })
    ),
  ];
}

for (const [paper, qr] of [[60_000, 12_000], [60_000, 30_000]] as const) {
  Deno.test(`S53 O05 O52 shelter reception by QR takes ${Math.round(100 * qr / paper)} % of the time on paper`, () =>
    withCity(async (city) => {
      await city.post(receptions(paper, qr));
      await city.run("shelter_record");

      const times = await city.table("shelter_record", "reception_times");
      const median = (method: string) =>
        peopleIn(times, { method, mode: "drill" }, "median") ?? NaN;
      // Medians of evenly spread seconds, from the input alone.
      const expected = (qr + 290) / (paper + 1_450) - 1;
      const change = median("qr") / median("paper") - 1;
      assert.ok(Math.abs(change - expected) < 1e-9, `${change} ${expected}`);
      if (qr === 12_000) assert.equal(Math.round(change * 100), -80);
      else assert.notEqual(Math.round(change * 100), -80);
      assert.equal(peopleIn(times, { method: "qr", mode: "disaster" }), 0);
    }));
}

Deno.test("O05 O07 O03 O06 S54 S77 shelters: evacuees with companions, needs and their age, searches by mesh and hazard, look-ups counted only", () =>
  withCity(async (city) => {
    await city.post([
      ev("shelter.opened", undefined, { shelterId: A }, { mode: "disaster" }),
      ...people(24).map((who) =>
        ev("shelter.checked_in", who, {
          shelterId: A,
          method: "qr",
          companions: who < 12 ? [{ ageBand: "5-9", sex: "2" }] : [],
        }, { mode: "disaster" })
      ),
      ...people(10).map((who) =>
        ev("shelter.form.entered", undefined, {
          shelterId: A,
          formId: `form-${who}`,
          arrivedAt: "2026-10-14T09:00:00+09:00",
          people: [{ ageBand: "65-69", sex: "2" }, {
            ageBand: "70-74",
            sex: "1",
          }],
          receptionMs: 90_000,
        }, { mode: "disaster" })
      ),
      ev("shelter.need.reported", undefined, {
        shelterId: A,
        needId: "n1",
        item: "water-2l",
        eeiItem: 121,
        qty: 200,
        urgency: "high",
      }, { mode: "disaster", at: "2026-10-14T10:00:00+09:00" }),
      ev("shelter.need.fulfilled", undefined, {
        shelterId: A,
        needId: "n1",
        item: "water-2l",
        eeiItem: 121,
        qty: 150,
      }, { mode: "disaster", at: "2026-10-14T13:00:00+09:00" }),
      ...people(33).map((who) =>
        ev("shelter.searched", who, {
          mesh500: "493002541",
          hazard: "flood",
          chosen: A,
        }, { mode: "disaster" })
      ),
      ...people(20).map((who) =>
        ev("safety.looked_up", who, { result: "allowed" })
      ),
      ...people(11).map((who) =>
        ev("safety.looked_up", who, { result: "blocked" })
      ),
    ]);
    await city.run("shelter_record");
    const table = (name: string) => city.table("shelter_record", name);

    // 24 who checked in, 12 children, 10 households of two on paper.
    const evacuees = await table("evacuees");
    assert.equal(peopleIn(evacuees, { mode: "disaster" }), 24 + 12 + 20);
    assert.notEqual(peopleIn(evacuees, { mode: "normal" }), 56);
    const byShelter = await table("shelters_by_age");
    assert.equal(
      peopleIn(byShelter, { shelterId: A, mode: "disaster", ageGroup: "0-19" }),
      12,
    );
    const [opening, ...others] = await table("openings");
    assert.deepEqual(others, []);
    assert.deepEqual(
      [opening?.["shelterId"], opening?.["mode"], opening?.["openings"]],
      [A, "disaster", 1],
    );
    assert.equal(opening?.["hours"], null);
    const [need] = await table("needs");
    assert.deepEqual(
      [need?.["reported"], need?.["fulfilled"], need?.["hours"]],
      [200, 150, 3],
    );
    const searches = await table("searches");
    assert.equal(
      peopleIn(searches, { hazard: "flood", mesh: "493002541" }),
      33,
    );
    assert.equal(peopleIn(await table("chosen"), { shelterId: A }), 33);
    const lookups = await table("lookups");
    assert.equal(peopleIn(lookups, { event: "allowed" }), 20);
    assert.equal(peopleIn(lookups, { event: "blocked" }), 11);
    // A position finer than the mesh is refused.
    const precise = await city.send([
      ev("shelter.searched", 1, {
        mesh500: "493002541",
        hazard: "flood",
        position: [130.300123, 33.250456],
      }),
    ]);
    assert.equal(precise["accepted"], 0);
    assert.equal(JSON.stringify(precise).includes("130.300"), false);
  }));
