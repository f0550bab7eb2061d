import assert from "node:assert/strict";
import fc from "fast-check";
import {
  addDays,
  addMonths,
  cityDay,
  cityMonth,
  fiscalYear,
  fixedClock,
  startOfCityDay,
  systemClock,
} from "./clock.ts";

const instant = fc.date({
  min: new Date("1990-01-01T00:00:00Z"),
  max: new Date("2090-01-01T00:00:00Z"),
  noInvalidDate: true,
});
const day = instant.map((at) => at.toISOString().slice(0, 10));

Deno.test("cityDay() changes at midnight in Japan, not at midnight UTC", () => {
  assert.equal(cityDay(new Date("2025-11-22T14:59:59.999Z")), "2025-11-22");
  assert.equal(cityDay(new Date("2025-11-22T15:00:00.000Z")), "2025-11-23");
  assert.equal(cityDay(new Date("2025-11-23T00:00:00.000Z")), "2025-11-23");
  assert.equal(cityMonth(new Date("2025-12-31T14:59:59.999Z")), "2025-12");
  assert.equal(cityMonth(new Date("2025-12-31T15:00:00.000Z")), "2026-01");
});

for (
  const zone of ["Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati"]
) {
  Deno.test(`cityDay() says the same on a machine in ${zone}`, async () => {
    const clock = new URL("clock.ts", import.meta.url).href;
    const program = `
      import { addDays, cityDay, cityMonth, startOfCityDay } from "${clock}";
      console.log(new Date("2026-03-08T10:30:00Z").getHours(), JSON.stringify([
        cityDay(new Date("2026-03-31T14:59:59.999Z")),
        cityMonth(new Date("2026-03-31T15:00:00Z")),
        addDays("2026-03-07", 2),
        startOfCityDay("2026-04-01").toISOString(),
      ]))`;

    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["eval", "--no-check", program],
      env: { TZ: zone, NO_COLOR: "1" },
    }).output();

    const [hour, ...rest] = new TextDecoder().decode(stdout).trim().split(" ");
    const days = JSON.parse(rest.join(" "));
    assert.deepEqual(days, [
      "2026-03-31",
      "2026-04",
      "2026-03-09",
      "2026-03-31T15:00:00.000Z",
    ]);
    // The zone did reach the program.
    assert.notEqual(hour, "10");
  });
}

Deno.test("startOfCityDay() is the first instant of its day", () => {
  fc.assert(fc.property(day, (one) => {
    const start = startOfCityDay(one);

    assert.equal(cityDay(start), one);
    assert.notEqual(cityDay(new Date(start.getTime() - 1)), one);
  }));
});

Deno.test("fiscalYear() begins on the first of April", () => {
  assert.equal(fiscalYear("2026-03-31"), 2025);
  assert.equal(fiscalYear("2026-04-01"), 2026);
  assert.equal(fiscalYear("2026-12-31"), 2026);
  assert.notEqual(fiscalYear("2026-01-01"), 2026);
});

Deno.test("addMonths() crosses years both ways and undoes itself", () => {
  assert.equal(addMonths("2025-12", 1), "2026-01");
  assert.equal(addMonths("2026-01", -1), "2025-12");
  assert.equal(addMonths("2025-06", 0), "2025-06");
  fc.assert(
    fc.property(day, fc.integer({ min: -600, max: 600 }), (one, months) => {
      const month = one.slice(0, 7);
      const moved = addMonths(month, months);

      assert.match(moved, /^\d{4}-(0[1-9]|1[0-2])$/);
      assert.equal(addMonths(moved, -months), month);
      assert.equal(moved > month, months > 0);
    }),
  );
});

Deno.test("addDays() knows leap years and undoes itself", () => {
  assert.equal(addDays("2024-02-28", 1), "2024-02-29");
  assert.equal(addDays("2025-02-28", 1), "2025-03-01");
  fc.assert(
    fc.property(day, fc.integer({ min: -4_000, max: 4_000 }), (one, days) => {
      assert.equal(addDays(addDays(one, days), -days), one);
      assert.equal(addDays(one, days) > one, days > 0);
    }),
  );
});

Deno.test("fixedClock() stands still and cannot be moved by its reader", () => {
  const clock = fixedClock("2026-11-01T00:00:00Z");

  clock.now().setFullYear(1999);

  assert.equal(clock.now().toISOString(), "2026-11-01T00:00:00.000Z");
  assert.notEqual(systemClock.now().getTime(), clock.now().getTime());
});
