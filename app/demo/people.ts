import { addDays, type AGE_BANDS } from "@hiraku/kernel";
import type { DemoCity } from "./city/cities.ts";
import { dailyGrowth } from "./city/growth.ts";
import { cumulative, hashed, pick, type Random, seeded } from "./random.ts";

/** The made-up registrants of a city, in the order they registered. */
export interface People {
  readonly count: number;
  /** City day numbers (days since 1970); `NEVER` where it does not happen. */
  readonly registered: Int32Array;
  readonly card: Int32Array;
  readonly closed: Int32Array;
  /** Index into the register's districts and into `AGE_BANDS`; ISO 5218 sex. */
  readonly district: Uint8Array;
  readonly band: Uint8Array;
  readonly sex: Uint8Array;
  readonly resident: Uint8Array;
  /** Whether the person agreed to statistics. */
  readonly consent: Uint8Array;
  /** How much of the app's use is theirs, 0 to 1. */
  readonly activity: Float32Array;
}

export const NEVER = 2_000_000;

// Share of registrants by band, synthetic: half are 50 or older, as Saga reported.
const BAND_SHARES = [
  0,
  0.1,
  1,
  3,
  4,
  5,
  7.5,
  9,
  10,
  10.4,
  11,
  9.5,
  8.5,
  8,
  7,
  4,
  1.5,
  0.5,
] as const satisfies { length: typeof AGE_BANDS.length };

export function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 86_400_000;
}

/** Makes the people of a city so that the known cumulative figures stand on their days. */
export function peopleOf(city: DemoCity, seed: number): People {
  const random = seeded(seed ^ Number(city.municipality.code));
  const weight = campaignWeight(city);
  const registrations = dailyGrowth(city.registrants, weight, random);
  const cards = dailyGrowth(city.byCard, weight, random);
  const count = city.registrants.at(-1)?.[1] ?? 0;
  const people = emptyPeople(count);
  const withoutCard: number[] = [];
  let next = 0;
  for (const [day, joining] of registrations) {
    const at = dayNumber(day);
    const issued = cards.get(day) ?? 0;
    const direct = directCards(joining, issued, withoutCard.length);
    for (let i = 0; i < joining; i++) {
      people.registered[next] = at;
      if (i < direct) people.card[next] = at;
      else withoutCard.push(next);
      next += 1;
    }
    for (let i = direct; i < issued; i++) {
      const chosen = Math.floor(random() * (withoutCard.length - joining));
      const person = takeAt(withoutCard, Math.max(0, chosen));
      if (person !== undefined) people.card[person] = at;
    }
  }
  describe(people, city, random);
  return people;
}

/** How many of those joining today come by card at once; the rest of the cards are upgrades. */
function directCards(joining: number, issued: number, waiting: number): number {
  const wished = Math.min(
    Math.round(issued * 0.95),
    Math.round(joining * 0.75),
  );
  return Math.min(joining, Math.max(wished, issued - waiting));
}

function takeAt(list: number[], index: number): number | undefined {
  const last = list.pop();
  if (last === undefined || index >= list.length) return last;
  const taken = list[index];
  list[index] = last;
  return taken;
}

function emptyPeople(count: number): People {
  return {
    count,
    registered: new Int32Array(count).fill(NEVER),
    card: new Int32Array(count).fill(NEVER),
    closed: new Int32Array(count).fill(NEVER),
    district: new Uint8Array(count),
    band: new Uint8Array(count),
    sex: new Uint8Array(count),
    resident: new Uint8Array(count),
    consent: new Uint8Array(count),
    activity: new Float32Array(count),
  };
}

function describe(people: People, city: DemoCity, random: Random): void {
  const bands = cumulative(BAND_SHARES);
  const districts = cumulative(
    city.municipality.districts.map((one) =>
      (one.inhabitants ?? 0) * (0.6 + 0.8 * random())
    ),
  );
  for (let i = 0; i < people.count; i++) {
    people.district[i] = pick(districts, random());
    people.band[i] = pick(bands, random());
    people.sex[i] = random() < 0.53 ? 2 : 1;
    people.resident[i] = random() < 0.96 ? 1 : 0;
    people.consent[i] = random() < 0.94 ? 1 : 0;
    people.activity[i] = 0.04 + 0.96 * random() ** 3;
    people.closed[i] = leaves(people, i);
  }
}

const LEAVING_FROM = dayNumber("2026-04-01");

/** A few leave in 2026, after every day on which a known figure stands. */
function leaves({ registered, card }: People, person: number): number {
  if (hashed(LEAVING_FROM, person, 1) > 0.0008) return NEVER;
  const day = LEAVING_FROM + Math.floor(hashed(LEAVING_FROM, person, 2) * 240);
  const stays = (registered[person] ?? NEVER) >= day ||
    (card[person] ?? NEVER) >= day && card[person] !== NEVER;
  return stays ? NEVER : day;
}

/** Weekends are quieter; Otsu's launch, newsletter and drill of autumn 2025 stand out. */
function campaignWeight(city: DemoCity): (day: string) => number {
  const bumps = new Map([
    [city.launch, 4],
    [addDays(city.launch, 1), 2.5],
    ["2025-11-01", 2.5],
    ["2025-11-02", 1.8],
    ["2025-11-09", 3],
  ]);
  return (day) => {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    const usual = weekday === 0 || weekday === 6 ? 0.7 : 1;
    return usual * (bumps.get(day) ?? 1);
  };
}
