import { cumulative } from "./random.ts";

// Taps by hour of the day, synthetic: commuting, lunch and the evening.
const USUAL = cumulative(
  [1, 1, 1, 1, 1, 3, 7, 10, 8, 6, 5, 5, 8, 6, 5, 5, 6, 8, 9, 10, 10, 8, 5, 2],
);
// Absence notices come between half past six and half past eight.
const SCHOOL = cumulative(
  [0, 0, 0, 0, 0, 2, 30, 45, 15, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 3, 3, 2, 1],
);
const WASTE = cumulative(
  [0, 0, 0, 0, 1, 5, 14, 16, 6, 3, 2, 2, 3, 2, 2, 2, 3, 4, 6, 9, 10, 8, 4, 1],
);
const OFFICE = cumulative(
  [
    0,
    0,
    0,
    0,
    0,
    0,
    1,
    3,
    8,
    12,
    13,
    12,
    9,
    11,
    12,
    11,
    9,
    4,
    2,
    2,
    2,
    1,
    1,
    0,
  ],
);

/** Cumulative weights of the 24 hours for a mini-app, by its English name. */
export function hoursOf(name: string): Float64Array {
  if (name.startsWith("School")) return SCHOOL;
  if (name.startsWith("Waste")) return WASTE;
  if (name === "Counter queues" || name === "Online application") return OFFICE;
  return USUAL;
}

/** How much a day of the week uses a mini-app, Sunday first. */
export function weekdayOf(name: string): readonly number[] {
  if (name.startsWith("School")) return [0.03, 1, 1, 1, 1, 1, 0.05];
  if (name === "Counter queues") return [0.05, 1.2, 1, 1, 1, 1.1, 0.1];
  if (name === "Local team" || name.startsWith("Tourism")) {
    return [1.8, 0.7, 0.7, 0.7, 0.8, 1, 1.8];
  }
  return [0.85, 1.05, 1, 1, 1, 1.02, 0.9];
}

/** The day on which the city paper told of the mini-app of local news. */
export const NEWS_CAMPAIGN = "2026-02-01";

/** The school year's rhythm and the holidays of August and the new year. */
export function seasonOf(name: string, day: string): number {
  const monthDay = day.slice(5);
  const holidays = monthDay >= "07-21" && monthDay <= "08-31" ||
    monthDay >= "12-25" || monthDay <= "01-07" ||
    monthDay >= "03-25" && monthDay <= "04-05";
  if (name.startsWith("School")) return holidays ? 0.02 : 1;
  // The city paper made Saga's local news known.
  if (name === "Local news" && day >= NEWS_CAMPAIGN) return 1.4;
  return monthDay >= "12-30" || monthDay <= "01-03" ? 0.6 : 1;
}
