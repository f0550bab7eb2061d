import { addMonths, cityMonth } from "@hiraku/kernel";

/** What arrives later than this is not in a frozen month. */
const SETTLED_MS = 7 * 86_400_000;

/** The last city month that is over for a week, so that it may be measured. */
export function lastSettledMonth(now: Date): string {
  return addMonths(cityMonth(new Date(now.getTime() - SETTLED_MS)), -1);
}
