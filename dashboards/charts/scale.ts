import { fiscalYear } from "@hiraku/kernel/clock";

/** Round steps from 0 that cover `highest`, or at least `least`, in about four. */
export function steps(highest: number, least = 4): number[] {
  const rough = Math.max(highest, least) / 4;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((one) => one * magnitude)
    .find((one) => one >= rough) ?? 10 * magnitude;
  const count = Math.max(1, Math.ceil(highest / step));
  return Array.from({ length: count + 1 }, (_, at) => at * step);
}

/** Where a day lies between two others, 0 to 1. */
export function along(day: string, first: string, last: string): number {
  const span = Date.parse(last) - Date.parse(first);
  return span <= 0 ? 0 : (Date.parse(day) - Date.parse(first)) / span;
}

/** First days of half-years or quarters between two days, few enough to label. */
export function monthTicks(first: string, last: string, most = 5): string[] {
  const months: string[] = [];
  const start = Number(first.slice(0, 4)) * 12 + Number(first.slice(5, 7));
  const end = Number(last.slice(0, 4)) * 12 + Number(last.slice(5, 7)) - 1;
  const every =
    [1, 2, 3, 6, 12, 24, 60].find((gap) => (end - start) / gap <= most) ?? 120;
  for (let month = start; month <= end; month++) {
    if (month % every !== 0) continue;
    const year = Math.floor(month / 12);
    months.push(
      `${year}-${String(month % 12 + 1).padStart(2, "0")}-01`,
    );
  }
  return months;
}

/** Fiscal years whose 1 April lies between two days, or the one they all lie in. */
export function fiscalYearsBetween(
  first: string,
  last: string,
): { year: number; from: string }[] {
  const start = fiscalYear(whole(first));
  const end = fiscalYear(whole(last));
  return Array.from({ length: end - start + 1 }, (_, at) => ({
    year: start + at,
    from: at === 0 ? whole(first) : `${start + at}-04-01`,
  }));
}

/** Marks nearer to each other than this share of the width have one label. */
const NEAR = 0.045;

/**
 * Numbers of marks at these places from left to right, 0 to 1: those too near
 * to be read beside each other share one, such as `2–4`.
 */
export function markLabels(
  places: readonly number[],
): { at: number; text: string }[] {
  const groups: { first: number; last: number; from: number; to: number }[] =
    [];
  for (const [index, at] of places.entries()) {
    const number = index + 1;
    const group = groups.at(-1);
    if (group !== undefined && at - group.to < NEAR) {
      group.last = number;
      group.to = at;
    } else groups.push({ first: number, last: number, from: at, to: at });
  }
  return groups.map(({ first, last, from, to }) => ({
    at: (from + to) / 2,
    text: first === last ? String(first) : `${first}–${last}`,
  }));
}

function whole(day: string): string {
  return day.length > 7 ? day : `${day}-01`;
}
