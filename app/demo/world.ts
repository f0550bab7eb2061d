import { AGE_BANDS } from "@hiraku/kernel";
import type { Pseudonymiser } from "@hiraku/pipelines/events";
import type { DemoCity } from "./city/cities.ts";
import { ulidText } from "./line_text.ts";
import { dayNumber, type People, peopleOf } from "./people.ts";
import { hashed, type Random } from "./random.ts";
import { hoursOf, seasonOf, weekdayOf } from "./rhythm.ts";

/** A demo city with its people, ready to tell what happened on a day. */
export interface World {
  readonly city: DemoCity;
  readonly code: string;
  readonly seed: number;
  readonly people: People;
  readonly apps: readonly AppRhythm[];
  /** Stable id of a person as the app's identity side would send it. */
  pid(person: number): string;
  /** The pseudonym the edge makes of that id. */
  subject(person: number): string;
  /** Attributes as the identity side stamps them on a live event. */
  attributes(person: number): object;
  /** Registrants at the end of a city day. */
  registeredBy(day: string): number;
  /** One line of a segment; `person` is left out for institutional events. */
  line(event: DemoEvent): string;
}

export interface DemoEvent {
  readonly type: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly random: Random;
  readonly person?: number;
  readonly miniApp?: string;
  readonly mode?: "drill" | "disaster";
  readonly disasterEventId?: string;
  /** `data` as JSON text. */
  readonly data?: string;
}

export interface AppRhythm {
  readonly id: string;
  readonly name: string;
  readonly since: string | undefined;
  readonly weight: number;
  readonly hours: Float64Array;
  readonly weekdays: readonly number[];
}

export function worldOf(
  city: DemoCity,
  seed: number,
  pseudonymiser: Pseudonymiser,
): World {
  const { municipality } = city;
  const { code } = municipality;
  const people = peopleOf(city, seed);
  const subjects: string[] = new Array(people.count);
  const pid = (person: number) =>
    `p_${
      (hashed(seed, person, 7) * 2 ** 32 >>> 0).toString(36)
    }_${code}_${person}`;
  const subject = (person: number): string =>
    subjects[person] ??= pseudonymiser.subject(pid(person));

  const whoIs = (person: number, at: number): string => {
    const day = Math.floor((at + 9 * 3_600_000) / 86_400_000);
    const consent = people.consent[person] === 1 ? '["rcpt_statistics"]' : "[]";
    const start = `"subject":"${subject(person)}","tier":`;
    if ((people.card[person] ?? 0) > day) {
      return `${start}"email","consent":${consent},`;
    }
    const district = municipality.districts[people.district[person] ?? 0]?.code;
    return `${start}"jpki","consent":${consent},"district":"${district}",` +
      `"ageBand":"${AGE_BANDS[people.band[person] ?? 0]}",` +
      `"sex":"${people.sex[person]}","resident":${
        people.resident[person] === 1
      },`;
  };

  return {
    city,
    code,
    seed,
    people,
    pid,
    subject,
    apps: municipality.miniApps.map((app, index) => ({
      id: app.id,
      name: app.name.en,
      since: app.since,
      weight: city.appWeights[index] ?? 0,
      hours: hoursOf(app.name.en),
      weekdays: weekdayOf(app.name.en),
    })),
    attributes: (person) => ({
      districtCode: municipality.districts[people.district[person] ?? 0]?.code,
      ageBand: AGE_BANDS[people.band[person] ?? 0],
      sex: String(people.sex[person]),
      resident: people.resident[person] === 1,
    }),
    registeredBy(day) {
      const at = dayNumber(day);
      let low = 0;
      let high = people.count;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((people.registered[middle] ?? 0) <= at) low = middle + 1;
        else high = middle;
      }
      return low;
    },
    line({ type, at, random, person, miniApp, mode, disasterEventId, data }) {
      const occurred = new Date(at).toISOString();
      const received = new Date(at + 400 + random() * 1_600).toISOString();
      return `{"eventId":"${ulidText(at, random)}","type":"${type}",` +
        `"version":1,"occurredAt":"${occurred}","receivedAt":"${received}",` +
        `"keyId":"demo",` +
        (miniApp === undefined ? "" : `"miniApp":"${miniApp}",`) +
        `"os":"${random() < 0.56 ? "ios" : "android"}",` +
        (person === undefined ? "" : whoIs(person, at)) +
        `"mode":"${mode ?? "normal"}",` +
        (disasterEventId === undefined
          ? ""
          : `"disasterEventId":"${disasterEventId}",`) +
        `"data":${data ?? "{}"}}\n`;
    },
  };
}

/** Relative use of every mini-app on a day; zero before it went live. */
export function appWeightsOn(world: World, day: string): number[] {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return world.apps.map((app) =>
    app.since === undefined || app.since > day
      ? 0
      : app.weight * (app.weekdays[weekday] ?? 1) * seasonOf(app.name, day)
  );
}

/** How much of the demo's events fall on a day, before scaling. */
export function dayWeight(world: World, day: string): number {
  const use = appWeightsOn(world, day).reduce((sum, one) => sum + one, 0);
  const all = world.city.appWeights.reduce((sum, one) => sum + one, 0);
  return world.registeredBy(day) * use / all;
}
