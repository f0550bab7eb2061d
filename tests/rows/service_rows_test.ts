import assert from "node:assert/strict";
import { CODE, people, peopleIn, type Sent, withCity } from "./row_city.ts";

const ev = (
  type: string,
  who: number | undefined,
  data: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
): Sent => ({ type, ...(who !== undefined && { who }), data, ...more });

Deno.test("S05 S13 S27 S56 S19 S28 S23 S65 S47 S07 S17 S09 S52 services: applications by time and way, bookings, rides, vouchers, time saved, calls avoided", () =>
  withCity(async (city) => {
    await city.keep("staff_times", {
      id: "moving-in",
      name: "転入届",
      casesOf: "moving-in",
      beforeMinutes: 30,
      afterMinutes: 10,
      measuredOn: "2026-04-01",
      source: "市の調査",
    });
    const submitted = (who: number, at: string, channel = "app") =>
      ev("application.submitted", who, {
        procedureId: "moving-in",
        channel,
        durationMs: 600_000,
      }, { at });
    await city.post([
      ...people(40).map((who) =>
        ev("application.started", who, {
          procedureId: "moving-in",
          channel: "app",
        })
      ),
      // Wednesday noon, Wednesday night, Saturday.
      ...people(15).map((who) => submitted(who, "2026-10-14T12:00:00+09:00")),
      ...people(12, 15).map((who) =>
        submitted(who, "2026-10-14T22:00:00+09:00")
      ),
      ...people(11, 27).map((who) =>
        submitted(who, "2026-10-17T10:00:00+09:00")
      ),
      ...people(14, 50).map((who) =>
        submitted(who, "2026-10-14T12:00:00+09:00", "counter")
      ),
      ...people(13, 70).map((who) =>
        ev("application.submitted", who, {
          procedureId: "direct-debit",
          channel: "app",
          feeType: "water",
        })
      ),
      ...["created", "used", "missed"].flatMap((step, at) =>
        people(40 - at * 14).map((who) =>
          ev(`booking.${step}`, who, {
            type: "bulky",
            item: "sofa",
            slotStart: "2026-10-19T10:00:00+09:00",
          })
        )
      ),
      ...people(17).map((who) =>
        ev("booking.created", who, {
          type: "facility",
          facilityId: "hall-3",
          slotStart: "2026-10-19T18:00:00+09:00",
        })
      ),
      ...people(19).map((who) => ev("booking.created", who, { type: "waste" })),
      ...people(16).map((who) =>
        ev("mobility.booked", who, {
          mode: "taxi",
          originMesh: "493002541",
          destMesh: "493002542",
        })
      ),
      ...people(22).map((who) =>
        ev("payment.linked", who, { operatorId: "regional-pay" })
      ),
      ev("payment.reported", undefined, {
        operatorId: "regional-pay",
        flow: "redeemed",
        medium: "digital",
        districtCode: `${CODE}-sd-02`,
        shopCategory: "food",
        date: "2026-10-08",
        count: 31,
        amountYen: 46_500,
      }),
      ev("contact.counted", undefined, {
        channel: "phone",
        topic: "school-absence",
        date: "2026-10-09",
        count: 37,
      }),
      ev("contact.counted", undefined, {
        channel: "phone",
        topic: "school-absence",
        date: "2026-10-10",
        count: 3,
      }),
    ]);
    await city.run("city_services");
    const table = (name: string) => city.table("city_services", name);

    const applications = await table("applications");
    assert.equal(
      peopleIn(applications, { procedureId: "moving-in", step: "submitted" }),
      52,
    );
    const times = await table("application_times");
    const by = (time: string) =>
      peopleIn(times, { procedureId: "moving-in", time });
    assert.deepEqual([by("office"), by("night"), by("holiday")], [29, 12, 11]);
    const ways = await table("application_channels");
    // The digital share is 38 of 52.
    assert.equal(
      peopleIn(ways, { procedureId: "moving-in", channel: "app" }),
      38,
    );
    assert.equal(
      peopleIn(ways, { procedureId: "moving-in", channel: "counter" }),
      14,
    );
    assert.equal(
      peopleIn(await table("fees"), {
        procedureId: "direct-debit",
        feeType: "water",
      }),
      13,
    );
    assert.equal(
      peopleIn(await table("application_durations"), {
        procedureId: "moving-in",
      }, "median"),
      10,
    );
    const bookings = await table("bookings");
    const booked = (step: string) =>
      peopleIn(bookings, { kind: "bulky", step });
    assert.deepEqual([booked("created"), booked("used"), booked("missed")], [
      40,
      26,
      12,
    ]);
    assert.equal(peopleIn(bookings, { kind: "waste", step: "created" }), 19);
    assert.equal(peopleIn(await table("booking_items"), { item: "sofa" }), 40);
    // From Wednesday 10:00 to Monday 10:00.
    assert.equal(
      peopleIn(await table("booking_lead_times"), { kind: "bulky" }, "median"),
      5,
    );
    assert.equal(
      peopleIn(await table("facility_hours"), {
        facilityId: "hall-3",
        hour: "18",
      }),
      17,
    );
    assert.equal(
      peopleIn(await table("rides"), {
        means: "taxi",
        origin_mesh: "493002541",
        dest_mesh: "493002542",
      }),
      16,
    );
    assert.equal(
      peopleIn(await table("payments"), { operatorId: "regional-pay" }),
      22,
    );
    const [voucher] = await table("vouchers");
    assert.equal(voucher?.["amountYen"], 46_500);
    assert.equal(voucher?.["districtCode"], `${CODE}-sd-02`);
    assert.equal(
      peopleIn(await table("contacts"), { topic: "school-absence" }, "count"),
      40,
    );
    // Only cases by app and web save staff time: 38 × 20 minutes.
    const [saved] = await table("time_saved");
    assert.equal(saved?.["cases"], 38);
    assert.equal(saved?.["savedHours"], Math.round(38 * 20 / 60 * 100) / 100);
    assert.notEqual(saved?.["cases"], 52);
  }));
