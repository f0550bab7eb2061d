import { addDays } from "@hiraku/kernel";
import type { Random } from "../random.ts";

/** Cumulative figures at the end of city days, the first of them zero. */
export type Growth = readonly (readonly [day: string, total: number])[];

/**
 * New ones a day from the first day after the first point, spread by weights
 * (weekday, campaigns, chance) so that every point is met exactly on its day.
 */
export function dailyGrowth(
  growth: Growth,
  weight: (day: string) => number,
  random: Random,
): Map<string, number> {
  const days = new Map<string, number>();
  for (let i = 1; i < growth.length; i++) {
    const [from, start] = growth[i - 1] ?? ["", 0];
    const [to, end] = growth[i] ?? ["", 0];
    const spans: [string, number][] = [];
    let total = 0;
    for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
      const share = weight(day) * (0.75 + 0.5 * random());
      total += share;
      spans.push([day, share]);
    }
    let reached = 0;
    let given = 0;
    for (const [day, share] of spans) {
      reached += share;
      const upTo = Math.round((end - start) * reached / total);
      days.set(day, upTo - given);
      given = upTo;
    }
  }
  return days;
}
