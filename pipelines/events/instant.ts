const DAY_MS = 86_400_000;
const TWO = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, "0"));
const THREE = Array.from(
  { length: 1_000 },
  (_, n) => String(n).padStart(3, "0"),
);

/** The last instant that was told, and the days of the last that were told and read. */
let lastMs = NaN;
let lastText = "";
let day = NaN;
let dayText = "";
let readText = "";
let readDay = NaN;

/** What `toISOString()` says of an instant, ten times faster on the day of the last one. */
export function instantText(ms: number): string {
  if (ms === lastMs) return lastText;
  const itsDay = Math.floor(ms / DAY_MS);
  if (itsDay !== day) {
    dayText = new Date(ms).toISOString().slice(0, -"00:00:00.000Z".length);
    day = itsDay;
  }
  const inDay = ms - itsDay * DAY_MS;
  const hour = TWO[Math.floor(inDay / 3_600_000)];
  const minute = TWO[Math.floor(inDay / 60_000) % 60];
  const second = TWO[Math.floor(inDay / 1_000) % 60];
  lastText = `${dayText}${hour}:${minute}:${second}.${THREE[inDay % 1_000]}Z`;
  lastMs = ms;
  return lastText;
}

/** Whether a date and time with an offset is written as `instantText()` writes it. */
export function isWholeInstant(text: string): boolean {
  return text.length === "2026-11-09T00:12:31.000Z".length;
}

/** What `Date.parse()` says of a date and time with an offset, faster on the day of the last one. */
export function instantOf(text: string): number {
  if (!text.startsWith(readText) || readText === "") {
    readText = text.slice(0, "2026-11-09T".length);
    // A date alone is midnight in UTC.
    readDay = Date.parse(readText.slice(0, -1));
  }
  const inDay = digits(text, 11, 2) * 3_600_000 + digits(text, 14, 2) * 60_000 +
    digits(text, 17, 2) * 1_000;
  const sign = text[19];
  if (sign === "Z") return readDay + inDay;
  if (sign === "." && text[23] === "Z") {
    return readDay + inDay + digits(text, 20, 3);
  }
  if (sign !== "+" && sign !== "-") return Date.parse(text);
  const offset = digits(text, 20, 2) * 3_600_000 + digits(text, 23, 2) * 60_000;
  return readDay + inDay + (sign === "+" ? -offset : offset);
}

function digits(text: string, from: number, count: number): number {
  let number = 0;
  for (let i = from; i < from + count; i++) {
    number = number * 10 + text.charCodeAt(i) - 48;
  }
  return number;
}
