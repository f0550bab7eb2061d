import { startOfCityDay } from "@hiraku/kernel";
import { dayNumber } from "./people.ts";
import type { Random } from "./random.ts";
import type { World } from "./world.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Days on which something happened that is not ordinary use. */
export const DRILL_DAY = "2025-11-09";
export const FLOOD_DAY = "2026-08-07";

interface Reception {
  readonly mode: "drill" | "disaster";
  readonly disasterEventId: string;
  /** Indexes into the register's shelters. */
  readonly shelters: readonly number[];
  /** Share of a district's registrants who come. */
  readonly turnout: number;
  /** Hours after the day began: opening, arrivals from and to, departures from and to, closing. */
  readonly hours: readonly [number, number, number, number, number, number];
}

/** Otsu's city-wide drill of 2025-11-09 in and around Fujimi. */
const drill: Reception = {
  mode: "drill",
  disasterEventId: "252018-drill-2025",
  shelters: [22, 23, 24, 25, 26],
  turnout: 0.35,
  hours: [8.5, 9, 10.5, 11.2, 12, 12.5],
};

/** A made-up flood night in the south of Saga. */
const flood: Reception = {
  mode: "disaster",
  disasterEventId: "412015-2026-flood01",
  shelters: [1, 3, 5, 6, 7, 10, 11, 15, 19, 26, 27, 28, 30, 31],
  turnout: 0.035,
  hours: [17.5, 18, 21, 29, 33, 33.5],
};

/** Writes the day's special story of a city, if it has one, and says how many events. */
export function writeStory(
  world: World,
  day: string,
  random: Random,
  write: (line: string) => void,
): number {
  let written = 0;
  const count = (line: string) => {
    written += 1;
    write(line);
  };
  if (world.code === "252018" && day === DRILL_DAY) {
    writeReception(world, day, drill, random, count);
  }
  if (world.code === "412015" && day === FLOOD_DAY) {
    writeReception(world, day, flood, random, count);
  }
  writeSurvey(world, day, random, count);
  return written;
}

function writeReception(
  world: World,
  day: string,
  { mode, disasterEventId, shelters, turnout, hours }: Reception,
  random: Random,
  write: (line: string) => void,
): void {
  const { municipality } = world.city;
  const start = startOfCityDay(day).getTime();
  const [open, from, to, leave, left, close] = hours;
  const registrants = world.registeredBy(day);
  const common = { random, mode, disasterEventId };
  for (const index of shelters) {
    const shelter = municipality.shelters[index];
    if (shelter === undefined) continue;
    const at = `{"shelterId":"${shelter.id}"`;
    write(world.line({
      type: "shelter.opened",
      at: start + open * HOUR + Math.floor(random() * 10 * MINUTE),
      data: `${at}}`,
      ...common,
    }));
    for (let person = 0; person < registrants; person++) {
      if (world.people.district[person] !== index) continue;
      if (random() > turnout) continue;
      const digital = (world.people.card[person] ?? 0) <= dayNumber(day) &&
        random() < 0.85;
      // Handwriting takes about two minutes; the card four fifths less.
      const handwritten = 90_000 + random() * 60_000;
      const receptionMs = Math.round(handwritten * (digital ? 0.2 : 1));
      const method = digital ? "qr" : "paper";
      const family = mode === "drill" ? 0 : Math.floor(random() ** 2 * 4);
      const companions = Array.from(
        { length: family },
        () =>
          `{"ageBand":"${random() < 0.5 ? "5-9" : "40-44"}","sex":"${
            random() < 0.5 ? 1 : 2
          }"}`,
      ).join(",");
      const arrival = from + (to - from) * (random() + random()) / 2;
      write(world.line({
        type: "shelter.checked_in",
        at: start + Math.floor(arrival * HOUR),
        person,
        data: `${at},"method":"${method}","receptionMs":${receptionMs},` +
          `"companions":[${companions}]}`,
        ...common,
      }));
      write(world.line({
        type: "shelter.checked_out",
        at: start + Math.floor((leave + (left - leave) * random()) * HOUR),
        person,
        data: `${at}}`,
        ...common,
      }));
    }
    write(world.line({
      type: "shelter.closed",
      at: start + close * HOUR + Math.floor(random() * 10 * MINUTE),
      data: `${at}}`,
      ...common,
    }));
  }
}

interface Survey {
  readonly code: string;
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Share of the registrants who answer on one day. */
  readonly daily: number;
  /** Mean of the five-point answer. */
  readonly mean: number;
}

const SURVEYS: readonly Survey[] = [
  {
    code: "252018",
    id: "252018-sv-2026-sat",
    from: "2026-02-16",
    to: "2026-03-10",
    daily: 0.005,
    mean: 3.4,
  },
  {
    code: "412015",
    id: "412015-sv-2024-sat",
    from: "2024-10-15",
    to: "2024-11-05",
    daily: 0.003,
    mean: 3.5,
  },
  {
    code: "412015",
    id: "412015-sv-2025-sat",
    from: "2025-10-15",
    to: "2025-11-05",
    daily: 0.003,
    mean: 3.7,
  },
  {
    code: "412015",
    id: "412015-sv-2026-sat",
    from: "2026-10-15",
    to: "2026-11-05",
    daily: 0.003,
    mean: 3.8,
  },
];

function writeSurvey(
  world: World,
  day: string,
  random: Random,
  write: (line: string) => void,
): void {
  const start = startOfCityDay(day).getTime();
  for (const survey of SURVEYS) {
    if (survey.code !== world.code || day < survey.from || day > survey.to) {
      continue;
    }
    const registrants = world.registeredBy(day);
    for (let i = 0; i < registrants * survey.daily; i++) {
      const spread = random() + random() + random() - 1.5;
      const q1 = Math.min(5, Math.max(1, Math.round(survey.mean + spread * 2)));
      write(world.line({
        type: "survey.answered",
        at: start + 8 * HOUR + Math.floor(random() * 14 * HOUR),
        random,
        person: Math.floor(random() * registrants),
        data: `{"surveyId":"${survey.id}","answers":{"q1":${q1}},` +
          `"durationMs":${Math.floor(20_000 + random() * 60_000)}}`,
      }));
    }
  }
}
