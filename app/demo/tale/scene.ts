import { startOfCityDay } from "@hiraku/kernel";
import { catalogue } from "@hiraku/pipelines/events";
import { dayNumber, NEVER } from "../people.ts";
import type { Random } from "../random.ts";
import type { World } from "../world.ts";

const HOUR = 3_600_000;

/** One day of one city, and what tales need to tell of it. */
export interface Scene {
  readonly world: World;
  readonly day: string;
  /** 0 for Sunday. */
  readonly weekday: number;
  /** Days since 1970. */
  readonly number: number;
  readonly random: Random;
  /** A whole number from 0 to below `n`. */
  upTo(n: number): number;
  one<T>(of: readonly T[]): T;
  chance(share: number): boolean;
  /** Does something about so often on a day, more or less. */
  times(mean: number, what: (nth: number) => void): void;
  /** A registrant who stays; sometimes nobody. */
  someone(): number | undefined;
  /** A registrant who proved who they are by card. */
  holder(): number | undefined;
  district(): string;
  /** The half mesh of a district's position or near it. */
  mesh(): string;
  /** A mini-app of the city that is live, by its English name. */
  app(name: string): string | undefined;
  /** Tells an event at an hour of the day; with a person unless it is the office's. */
  tell(
    type: string,
    hour: number,
    data: Record<string, unknown>,
    by?: {
      readonly person?: number | undefined;
      readonly miniApp?: string | undefined;
      readonly mode?: "drill" | "disaster";
      readonly disasterEventId?: string;
    },
  ): void;
}

export function sceneOf(
  world: World,
  day: string,
  random: Random,
  write: (line: string) => void,
): Scene {
  const { people, city: { municipality } } = world;
  const start = startOfCityDay(day).getTime();
  const registrants = world.registeredBy(day);
  const number = dayNumber(day);
  const upTo = (n: number) => Math.floor(random() * n);
  const one = <T>(of: readonly T[]): T => of[upTo(of.length)] as T;
  const someone = () => {
    if (registrants === 0) return undefined;
    const person = upTo(registrants);
    return people.closed[person] === NEVER ? person : undefined;
  };
  return {
    world,
    day,
    weekday: new Date(`${day}T00:00:00Z`).getUTCDay(),
    number,
    random,
    upTo,
    one,
    chance: (share) => random() < share,
    times(mean, what) {
      const whole = Math.floor(mean);
      const count = whole + (random() < mean - whole ? 1 : 0);
      for (let nth = 0; nth < count; nth++) what(nth);
    },
    someone,
    holder() {
      for (let tries = 0; tries < 20; tries++) {
        const person = someone();
        if (person !== undefined && (people.card[person] ?? 0) <= number) {
          return person;
        }
      }
      return undefined;
    },
    district: () => one(municipality.districts).code,
    mesh() {
      const [lon, lat] = one(municipality.districts).position ?? [135.9, 35];
      return mesh500Of(
        lon + (random() - 0.5) * 0.02,
        lat + (random() - 0.5) * 0.02,
      );
    },
    app: (name) =>
      world.apps.find((app) =>
        app.name === name && app.since !== undefined && app.since <= day
      )?.id,
    tell(type, hour, data, { person, miniApp, mode, disasterEventId } = {}) {
      // Nobody is there yet of whom it could be told.
      if (person === undefined && needsPerson(type)) return;
      write(world.line({
        type,
        at: start + Math.floor(hour * HOUR + random() * 60_000),
        random,
        data: JSON.stringify(data),
        ...person === undefined ? {} : { person },
        ...miniApp === undefined ? {} : { miniApp },
        ...mode === undefined ? {} : { mode },
        ...disasterEventId === undefined ? {} : { disasterEventId },
      }));
    },
  };
}

function needsPerson(type: string): boolean {
  return catalogue.get(type)?.subject === "required";
}

/** JIS X 0410: the half mesh of about 500 m in which a position lies. */
export function mesh500Of(lon: number, lat: number): string {
  const south = lat * 60;
  const west = (lon - 100) * 60;
  const first = [Math.floor(south / 40), Math.floor(lon - 100)];
  const second = [
    Math.floor(south % 40 / 5),
    Math.floor(west % 60 / 7.5),
  ];
  const third = [
    Math.floor(south % 5 / 0.5),
    Math.floor(west % 7.5 / 0.75),
  ];
  const half = Math.floor(south % 0.5 / 0.25) * 2 +
    Math.floor(west % 0.75 / 0.375) + 1;
  return [...first, ...second, ...third, half].join("");
}
