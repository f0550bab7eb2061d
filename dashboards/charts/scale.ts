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

function whole(day: string): string {
  return day.length > 7 ? day : `${day}-01`;
}
