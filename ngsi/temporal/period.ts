import { refused } from "../query/refusal.ts";

/** A duration in calendar months and, apart from them, milliseconds. */
export interface Period {
  readonly months: number;
  readonly ms: number;
}

// CIM 009 4.5.19.1
const DURATION =
  /^P(?!$)(?:(\d{1,9})W|(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,9})D)?(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{1,3})?)S)?)?)$/;

const SECOND = 1000;
const DAY = 86_400 * SECOND;

/** Reads an ISO 8601 duration; undefined when it spans the whole range. Throws `BadRequestData`. */
export function readPeriod(
  text: unknown,
  name = "aggrPeriodDuration",
): Period | undefined {
  const parts = typeof text === "string" ? DURATION.exec(text) : null;
  if (parts === null) throw refused(name, "not a duration");
  const [
    weeks = 0,
    years = 0,
    months = 0,
    days = 0,
    hours = 0,
    minutes = 0,
    seconds = 0,
  ] = parts.slice(1).map((part) => Number(part ?? 0));
  const period = {
    months: years * 12 + months,
    ms: (weeks * 7 + days) * DAY +
      (hours * 3600 + minutes * 60 + seconds) * SECOND,
  };
  return period.months === 0 && period.ms === 0 ? undefined : period;
}

/** The start of the `count`th period after `start`, in milliseconds since 1970 (UTC). */
export function periodStart(
  start: number,
  { months, ms }: Period,
  count: number,
): number {
  if (months === 0) return start + count * ms;
  const from = new Date(start);
  const month = from.getUTCMonth() + months * count;
  const lastDay = new Date(
    Date.UTC(from.getUTCFullYear(), month + 1, 0),
  ).getUTCDate();
  const day = Math.min(from.getUTCDate(), lastDay);
  const rest = start - Date.UTC(
    from.getUTCFullYear(),
    from.getUTCMonth(),
    from.getUTCDate(),
  );
  return Date.UTC(from.getUTCFullYear(), month, day) + rest + count * ms;
}
