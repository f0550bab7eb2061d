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
