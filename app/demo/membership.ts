import { startOfCityDay } from "@hiraku/kernel";
import type { Growth } from "./city/growth.ts";
import { dailyGrowth } from "./city/growth.ts";
import { dayNumber, NEVER } from "./people.ts";
import { type Random, seeded } from "./random.ts";
import type { World } from "./world.ts";

const HOUR = 3_600_000;

/** People by the day of what happens to them, so that a day is found at once. */
export interface Membership {
  write(day: string, random: Random, write: (line: string) => void): number;
}

/** Registrations, cards, points for them, closures and the stores' reports of a city. */
export function membershipOf(world: World): Membership {
  const { people, city, code } = world;
  const cards = byDay(people.card);
  const joined = byDay(people.registered);
  const installs = installsByDay(city.installs, world.seed ^ Number(code));
  return {
    write(day, random, write) {
      const start = startOfCityDay(day).getTime();
      const number = dayNumber(day);
      let written = 0;
      const tell = (
        type: string,
        at: number,
        person?: number,
        data?: string,
      ) => {
        written += 1;
        write(world.line({
          type,
          at,
          random,
          ...(person === undefined ? {} : { person }),
          ...(data === undefined ? {} : { data }),
        }));
      };
      for (const person of joined.get(number) ?? []) {
        const at = start + 8 * HOUR + Math.floor(random() * 13 * HOUR);
        const byCard = people.card[person] === number;
        const method = byCard ? "jpki-card" : "email";
        tell("account.registered", at, person, `{"method":"${method}"}`);
        if (byCard) tellCard(tell, code, at + 5_000, person);
      }
      for (const person of cards.get(number) ?? []) {
        if (people.registered[person] === number) continue;
        const at = start + 8 * HOUR + Math.floor(random() * 13 * HOUR);
        tell("account.upgraded", at, person, '{"from":"email","to":"jpki"}');
        tellCard(tell, code, at + 5_000, person);
      }
      const total = installs.get(day) ?? 0;
      const ios = Math.round(total * 0.55);
      for (const [os, count] of [["ios", ios], ["android", total - ios]]) {
        if (day < city.launch) continue;
        tell(
          "store.report",
          start + 23 * HOUR,
          undefined,
          `{"os":"${os}","date":"${day}","installs":${count},"uninstalls":0}`,
        );
      }
      return written;
    },
  };
}

function tellCard(
  tell: (type: string, at: number, person: number, data: string) => void,
  code: string,
  at: number,
  person: number,
): void {
  tell("credential.issued", at, person, '{"kind":"id"}');
  // Otsu grants 300 points once to every verified registrant.
  if (code !== "252018") return;
  tell(
    "point.granted",
    at + 1_000,
    person,
    '{"ledger":"city","amount":300,"ruleId":"registration"}',
  );
}

function byDay(days: Int32Array): Map<number, number[]> {
  const found = new Map<number, number[]>();
  days.forEach((day, person) => {
    if (day === NEVER) return;
    const list = found.get(day);
    if (list === undefined) found.set(day, [person]);
    else list.push(person);
  });
  return found;
}

function installsByDay(growth: Growth, seed: number): Map<string, number> {
  const random = seeded(seed + 1);
  return dailyGrowth(growth, () => 1, random);
}
