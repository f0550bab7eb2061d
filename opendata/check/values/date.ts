import { corrected, type Read } from "./reading.ts";

/** The year before each era's first. */
const ERAS: Readonly<Record<string, number>> = {
  令和: 2018,
  R: 2018,
  平成: 1988,
  H: 1988,
  昭和: 1925,
  S: 1925,
  大正: 1911,
  T: 1911,
  明治: 1867,
  M: 1867,
};

const SERIAL_OF_1970 = 25_569;
const YEAR_FIRST = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/;
const UNBROKEN = /^(\d{4})(\d{2})(\d{2})$/;
// Only where the second number can be no month is month/day/year certain.
const YEAR_LAST = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;
const ERA =
  /^(明治|大正|昭和|平成|令和|[MTSHR])(\d{1,2}|元)[年./-](\d{1,2})[月./-](\d{1,2})日?$/;
const WITH_CLOCK = /[ T]0{1,2}:00(:00)?(\.0+)?Z?$/;

/** A day as `YYYY-MM-DD` (GIF DS-441). */
export function readDate(text: string): Read {
  const plain = text.replace(WITH_CLOCK, "");
  if (/^[2-7]\d{4}$/.test(plain)) {
    const at = new Date((Number(plain) - SERIAL_OF_1970) * 86_400_000);
    return { code: "date_form", value: at.toISOString().slice(0, 10) };
  }
  const value = yearFirst(plain) ?? eraDay(plain) ?? yearLast(plain);
  if (value === undefined) return { code: "invalid_date" };
  return value === "" ? { code: "date_form" } : corrected(
    text,
    value,
    "date_form",
  );
}

function yearFirst(text: string): string | undefined {
  const match = YEAR_FIRST.exec(text) ?? UNBROKEN.exec(text);
  return match === null
    ? undefined
    : day(Number(match[1]), Number(match[2]), Number(match[3]));
}

function eraDay(text: string): string | undefined {
  const match = ERA.exec(text);
  if (match === null) return undefined;
  const [, era = "", years, month, date] = match;
  const year = (ERAS[era] ?? NaN) + (years === "元" ? 1 : Number(years));
  return day(year, Number(month), Number(date));
}

/** Empty when the text is a day, but which one is not certain. */
function yearLast(text: string): string | undefined {
  const match = YEAR_LAST.exec(text);
  if (match === null) return undefined;
  const [first, second, year] = match.slice(1).map(Number);
  const monthFirst = day(year ?? 0, first ?? 0, second ?? 0);
  const dayFirst = day(year ?? 0, second ?? 0, first ?? 0);
  if (monthFirst === undefined) return dayFirst;
  return dayFirst === undefined || dayFirst === monthFirst ? monthFirst : "";
}

function day(year: number, month: number, date: number): string | undefined {
  if (!(year >= 500 && year <= 2200)) return undefined;
  const at = new Date(Date.UTC(year, month - 1, date));
  const same = at.getUTCMonth() === month - 1 && at.getUTCDate() === date;
  return same ? at.toISOString().slice(0, 10) : undefined;
}
