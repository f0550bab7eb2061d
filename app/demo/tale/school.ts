import type { Scene } from "./scene.ts";

const SCHOOLS = 10;
const GRADES = [1, 2, 3, 4, 5, 6] as const;
const PUPILS = 70;
/** An outbreak begins in one school, grows and ends with a class closure. */
const OUTBREAKS = [
  { from: "2025-01-14", school: 3, grade: 4 },
  { from: "2025-12-02", school: 7, grade: 2 },
  { from: "2026-11-04", school: 5, grade: 3 },
] as const;
const SURGE = [1, 2, 4, 7, 11, 13, 9, 5, 2];

/** Absences of Saga's schools with three outbreaks, and the watch zones before their gates. */
export function school(scene: Scene): void {
  const { world, day, weekday } = scene;
  if (world.code !== "412015") return;
  if (day.endsWith("-04-08")) enrol(scene);
  holidays(scene);
  if (weekday === 0 || weekday === 6 || isHoliday(day)) return;
  for (let school = 1; school <= SCHOOLS; school++) {
    scene.times(2.2, () => absence(scene, school, scene.one(GRADES), 0.55));
    outbreak(scene, school);
  }
  if (day >= "2024-04-08") watch(scene);
}

function enrol(scene: Scene): void {
  for (let school = 1; school <= SCHOOLS; school++) {
    for (const grade of GRADES) {
      scene.tell("enrolment.reported", 9, {
        schoolId: idOf(school),
        grade,
        asOf: scene.day,
        pupils: PUPILS - 10 + (school * 7 + grade * 5) % 25,
      });
    }
  }
}

function absence(
  scene: Scene,
  school: number,
  grade: number,
  illness: number,
): void {
  scene.tell("absence.reported", 6.5 + 2 * scene.random(), {
    schoolId: idOf(school),
    grade,
    kind: scene.chance(0.8) ? "absent" : scene.one(["late", "early"]),
    reasonCode: scene.chance(illness)
      ? "illness"
      : scene.one(["injury", "family", "other"]),
    forDate: scene.day,
  });
}

function outbreak(scene: Scene, school: number): void {
  for (const { from, school: where, grade } of OUTBREAKS) {
    if (where !== school) continue;
    const days = scene.number - Date.parse(`${from}T00:00:00Z`) / 86_400_000;
    const cases = SURGE[days];
    if (cases === undefined) continue;
    scene.times(cases, () => absence(scene, school, grade, 0.98));
    if (days === 6) {
      scene.tell("school.closed", 16, {
        schoolId: idOf(school),
        grade,
        fromDate: scene.day,
        throughDate: scene.day,
        reason: "infection",
      });
    }
  }
}

function holidays(scene: Scene): void {
  const span = BREAKS.find(([from]) => scene.day.endsWith(from));
  if (span === undefined) return;
  const [from, to] = span;
  const year = Number(scene.day.slice(0, 4)) + (to < from ? 1 : 0);
  for (let school = 1; school <= SCHOOLS; school++) {
    scene.tell("school.closed", 0.5, {
      schoolId: idOf(school),
      fromDate: scene.day,
      throughDate: `${year}-${to}`,
      reason: "holiday",
    });
  }
}

const BREAKS = [
  ["07-21", "08-31"],
  ["12-25", "01-07"],
  ["03-25", "04-07"],
] as const;

function isHoliday(day: string): boolean {
  const monthDay = day.slice(5);
  return BREAKS.some(([from, to]) =>
    to < from
      ? monthDay >= from || monthDay <= to
      : monthDay >= from && monthDay <= to
  );
}

function watch(scene: Scene): void {
  for (const [hour, share] of [[7, 0.4], [8, 0.6]] as const) {
    scene.tell("zone.crossed", hour + 0.99, {
      zoneId: `gate-${1 + scene.number % 4}`,
      districtCode: scene.district(),
      date: scene.day,
      hour,
      entered: Math.round(60 * share) + scene.upTo(12),
      left: scene.upTo(3),
      consented: true,
    });
  }
}

function idOf(school: number): string {
  return `412015-es-${String(school).padStart(2, "0")}`;
}
