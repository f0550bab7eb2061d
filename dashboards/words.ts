import type { Language } from "@hiraku/kernel";

/** A whole number with thousands separators. */
export function number(value: number): string {
  return new Intl.NumberFormat("en").format(value);
}

/** A share of 0 to 1 as a percentage with one decimal. */
export function percent(value: number): string {
  return `${(value * 100).toFixed(1)}%`;
}

const MONTHS = new Intl.DateTimeFormat("en", {
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

/** A month such as `2026-10` in words. */
export function monthText(month: string, language: Language): string {
  const [year = "", number = ""] = month.split("-");
  return language === "ja"
    ? `${year}年${Number(number)}月`
    : MONTHS.format(new Date(`${month}-01T00:00:00Z`));
}

const DAYS = new Intl.DateTimeFormat("en", {
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

/** A day such as `2026-10-31` in words. */
export function dayText(day: string, language: Language): string {
  const [year = "", month = "", date = ""] = day.split("-");
  return language === "ja"
    ? `${year}年${Number(month)}月${Number(date)}日`
    : DAYS.format(new Date(`${day}T00:00:00Z`));
}

const HOURS = new Intl.DateTimeFormat("sv", {
  dateStyle: "short",
  timeStyle: "short",
  timeZone: "Asia/Tokyo",
});

/** An instant in the city's time, such as `2026-11-21 14:00`. */
export function cityHour(instant: string): string {
  return HOURS.format(new Date(instant));
}
