/** Where "now" comes from. Tests hand in a fixed one. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date(Date.now()) };

export function fixedClock(instant: string | Date): Clock {
  const at = new Date(instant);
  return { now: () => new Date(at) };
}

let last = { ms: NaN, text: "" };

/** The present instant in ISO 8601, which costs as much as many a change if it is written anew. */
export function isoInstant(clock: Clock): string {
  const now = clock.now();
  const ms = now.getTime();
  if (last.ms !== ms) last = { ms, text: now.toISOString() };
  return last.text;
}

/** The zone of every city day, month and schedule; Japan has no daylight saving. */
export const CITY_ZONE = "Asia/Tokyo";
const CITY_OFFSET_MS = 9 * 3_600_000;

/** The city's calendar day of an instant, such as `2025-11-23`. */
export function cityDay(instant: Date): string {
  return new Date(instant.getTime() + CITY_OFFSET_MS).toISOString().slice(
    0,
    10,
  );
}

/** The city's month of an instant, such as `2025-11`. */
export function cityMonth(instant: Date): string {
  return cityDay(instant).slice(0, 7);
}

/** The instant at which a city day begins. */
export function startOfCityDay(day: string): Date {
  return new Date(`${day}T00:00:00+09:00`);
}

/** The Japanese fiscal year (April to March) a city day falls in. */
export function fiscalYear(day: string): number {
  const year = Number(day.slice(0, 4));
  return day.slice(5, 7) < "04" ? year - 1 : year;
}

/** `day` moved by a number of days. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000)
    .toISOString().slice(0, 10);
}

/** `month` (`YYYY-MM`) moved by a number of months. */
export function addMonths(month: string, months: number): string {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 +
    months;
  const year = Math.floor(count / 12);
  return `${String(year).padStart(4, "0")}-${
    String(count % 12 + 1).padStart(2, "0")
  }`;
}
