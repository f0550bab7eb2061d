import assert from "node:assert/strict";
import { CODE, people, peopleIn, type Sent, withCity } from "./row_city.ts";

const ev = (
  type: string,
  who: number,
  data: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
): Sent => ({ type, who, data, ...more });

Deno.test("O12 O13 O14 O52 O53 O54 S30 O42 O41 events: attendance by attributes, stay, peak, drills apart, points, volunteers", () =>
  withCity(async (city) => {
    const at = (minute: number) =>
      new Date(Date.parse("2026-10-10T01:00:00Z") + minute * 60_000)
        .toISOString();
    await city.keep("events", {
      id: "festa",
      title: "介護フェスタ",
      category: "event",
      startsOn: "2026-10-10",
      endsOn: "2026-10-10",
      points: 100,
    }, {
      id: "lecture",
      title: "講座",
      category: "lecture",
      startsOn: "2026-10-11",
      endsOn: "2026-10-11",
    });
    await city.post([
      ...people(48).map((who) =>
        ev("event.checked_in", who, {
          eventRef: "festa",
          method: "qr",
          receptionMs: 2_000,
        }, { at: at(who) })
      ),
      // Everyone stays 60 minutes.
      ...people(48).map((who) =>
        ev("event.checked_out", who, { eventRef: "festa" }, {
          at: at(who + 60),
        })
      ),
      ...people(30).map((who) =>
        ev("event.checked_in", who, { eventRef: "lecture", method: "paper" })
      ),
      ...people(60).map((who) =>
        ev("event.checked_in", who, { eventRef: "drill-1", method: "qr" }, {
          mode: "drill",
        })
      ),
      ...people(48).map((who) =>
        ev("point.granted", who, {
          ledger: "city",
          amount: 100,
          ruleId: "event-festa",
          ref: "festa",
        })
      ),
      ...people(80).map((who) =>
        ev("event.viewed", who, { eventRef: "festa" })
      ),
      ...people(55).map((who) =>
        ev("event.applied", who, { eventRef: "festa" })
      ),
      ...people(12).map((who) =>
        ev("event.cancelled", who, { eventRef: "festa" })
      ),
      ...people(26).map((who) =>
        ev("facility.visited", who, { facilityId: "history-museum" })
      ),
      ...people(20).map((who) =>
        ev("volunteer.participated", who, {
          activityRef: "clean-up",
          hours: 2.5,
        })
      ),
    ]);
    await city.run("event_attendance");
    const table = (name: string) => city.table("event_attendance", name);

    const attendance = await table("attendance");
    assert.equal(peopleIn(attendance, { eventRef: "festa" }), 48);
    const cross = await table("attendance_by_age_sex");
    // Of 48: half 40–44, half of those male.
    assert.equal(
      peopleIn(cross, { eventRef: "festa", ageGroup: "40-64", sex: "male" }),
      12,
    );
    const districts = await table("attendance_by_district");
    assert.equal(
      peopleIn(districts, { eventRef: "festa", districtCode: `${CODE}-sd-02` }),
      16,
    );
    const modes = await table("modes");
    assert.equal(peopleIn(modes, { mode: "drill" }), 60);
    assert.equal(peopleIn(modes, { mode: "normal" }), 48);
    assert.notEqual(peopleIn(modes, { mode: "normal" }), 108);
    const drills = await table("modes_by_district");
    assert.equal(
      peopleIn(drills, { mode: "drill", districtCode: `${CODE}-sd-01` }),
      20,
    );
    assert.equal(
      peopleIn(await table("stays"), { eventRef: "festa" }, "median"),
      60,
    );
    // One enters a minute and leaves after an hour: all 48 are there together.
    assert.equal(peopleIn(await table("peaks"), { eventRef: "festa" }), 48);
    const effect = await table("points_effect");
    assert.deepEqual(
      ["people", "events", "points"].map((measure) =>
        peopleIn(effect, { offered: "yes" }, measure)
      ),
      [48, 1, 4_800],
    );
    assert.equal(peopleIn(effect, { offered: "no" }, "attendances"), 30);
    const applied = await table("applications");
    assert.equal(peopleIn(applied, { eventRef: "festa", step: "applied" }), 55);
    assert.equal(
      peopleIn(applied, { eventRef: "festa", step: "cancelled" }),
      12,
    );
    assert.equal(
      peopleIn(await table("facilities"), { facilityId: "history-museum" }),
      26,
    );
    const hours = await table("volunteers");
    assert.equal(
      peopleIn(hours, { activityRef: "clean-up" }, "amount"),
      20 * 150,
    );
  }));
