import assert from "node:assert/strict";
import {
  absenceSignals,
  dayFactors,
  type SchoolDay,
  SIGNAL,
  tail,
} from "./signal.ts";

/** Numbers between 0 and 1, the same ones for the same seed. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

function poisson(average: number, next: () => number): number {
  const limit = Math.exp(-average);
  let count = 0;
  for (let product = next(); product > limit; product *= next()) count++;
  return count;
}

/** School days from April: no weekends, a summer and a winter break, three single holidays. */
function schoolDays(): string[] {
  const days: string[] = [];
  for (
    let at = Date.parse("2026-04-08T00:00:00Z");
    days.length < 200;
    at += 86_400_000
  ) {
    const day = new Date(at).toISOString().slice(0, 10);
    const weekday = new Date(at).getUTCDay();
    const off = weekday === 0 || weekday === 6 ||
      (day >= "2026-07-21" && day <= "2026-08-31") ||
      (day >= "2026-12-24" && day <= "2027-01-07") ||
      ["2026-05-04", "2026-09-21", "2026-11-03"].includes(day);
    if (!off) days.push(day);
  }
  return days;
}

const DAYS = schoolDays();

/** A school with Monday and after-break effects, overdispersion, and perhaps an outbreak. */
function school(
  seed: number,
  outbreak?: { readonly from: number; readonly daily: readonly number[] },
): SchoolDay[] {
  const next = random(seed);
  const enrolled = 200 + Math.floor(next() * 500);
  const rate = 0.012 + next() * 0.01;
  return DAYS.map((day, at) => {
    const monday = new Date(`${day}T00:00:00Z`).getUTCDay() === 1 ? 1.4 : 1;
    const gap = at === 0
      ? 1
      : (Date.parse(day) - Date.parse(DAYS[at - 1] ?? day)) / 86_400_000;
    const rest = gap > 3 ? 1.6 : monday;
    const restless = Math.exp((next() + next() + next() - 1.5) * 0.25);
    const usual = poisson(enrolled * rate * rest * restless, next);
    const more = outbreak?.daily[at - outbreak.from] ?? 0;
    return { day, absent: usual + more, enrolled };
  });
}

function factors(schools: readonly SchoolDay[][]) {
  return dayFactors(DAYS.map((day, at) => ({
    day,
    rate: schools.reduce((sum, one) => sum + (one[at]?.absent ?? 0), 0) /
      schools.reduce((sum, one) => sum + (one[at]?.enrolled ?? 0), 0),
  })));
}

Deno.test("S21 absenceSignals() raises no more false alarms than it is set to, holidays included", () => {
  const schools = Array.from({ length: 150 }, (_, i) => school(i + 1));
  const factor = factors(schools);

  const judged = schools.flatMap((one) => absenceSignals(one, factor));
  const alarms = judged.filter(({ alarm }) => alarm).length;

  // 150 school years that the method never saw.
  assert.ok(judged.length > 25_000);
  const rate = alarms / judged.length;
  assert.ok(rate <= SIGNAL.falseAlarmRate * 1.5, `rate ${rate}`);
  assert.notEqual(alarms, judged.length);
});

Deno.test("S21 absenceSignals() sees outbreaks it has not seen within three school days of ten percent ill", () => {
  const daily = [2, 5, 10, 18, 28, 35, 38, 34, 26, 18, 10, 5];
  const factor = factors(
    Array.from({ length: 40 }, (_, i) => school(1_000 + i)),
  );
  let found = 0;
  const lags: number[] = [];
  for (let i = 0; i < 60; i++) {
    const from = 60 + i * 2;
    const signals = absenceSignals(school(5_000 + i, { from, daily }), factor);
    const first = signals.find(({ day, alarm }) =>
      alarm && DAYS.indexOf(day) >= from && DAYS.indexOf(day) < from + 8
    );
    if (first === undefined) continue;
    found += 1;
    lags.push(DAYS.indexOf(first.day) - from);
  }

  assert.ok(found >= 57, `found ${found} of 60`);
  const median = lags.toSorted((a, b) => a - b)[Math.floor(lags.length / 2)];
  assert.ok((median ?? 99) <= 4, `median lag ${median}`);
  // An outbreak does not go on raising alarms for ever.
  const after = absenceSignals(school(9_999, { from: 60, daily }), factor)
    .filter(({ day, alarm }) => alarm && DAYS.indexOf(day) > 90);
  assert.ok(after.length <= 2, `${after.length} alarms after it was over`);
});

Deno.test("tail() is the negative binomial's, and a Poisson's without overdispersion", () => {
  // P(X ≥ 5) of Poisson(2), and P(X ≥ 3) of NB with mean 2, variance 4.
  assert.ok(Math.abs(tail(5, 2, 1) - 0.052653) < 1e-5);
  assert.ok(Math.abs(tail(3, 2, 2) - 0.3125) < 1e-9);
  assert.equal(tail(0, 2, 2), 1);
  assert.notEqual(tail(3, 2, 2), tail(3, 2, 1));
});
