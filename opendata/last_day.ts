import { addDays, addMonths } from "@hiraku/kernel";

/** The last city day of a period, which is a month (`YYYY-MM`) or a day. */
export function lastDay(period: string): string {
  return period.length === 7
    ? addDays(`${addMonths(period, 1)}-01`, -1)
    : period;
}
