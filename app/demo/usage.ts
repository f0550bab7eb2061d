import { startOfCityDay } from "@hiraku/kernel";
import { NEVER } from "./people.ts";
import { cumulative, hashed, pick, type Random } from "./random.ts";
import { appWeightsOn, type World } from "./world.ts";

/** Writes about `count` events of ordinary use on a day and says how many. */
export function writeUsage(
  world: World,
  day: string,
  count: number,
  random: Random,
  write: (line: string) => void,
): number {
  const registrants = world.registeredBy(day);
  const weights = cumulative(appWeightsOn(world, day));
  if (registrants === 0 || (weights.at(-1) ?? 0) === 0) return 0;
  const start = startOfCityDay(day).getTime();
  let written = 0;
  while (written < count) {
    const index = pick(weights, random());
    const app = world.apps[index];
    if (app === undefined) continue;
    const person = userOf(world, index, registrants, random);
    const hour = pick(app.hours, random());
    const at = start + hour * 3_600_000 + Math.floor(random() * 3_600_000);
    write(
      world.line({
        type: "miniapp.opened",
        at,
        random,
        person,
        miniApp: app.id,
      }),
    );
    written += 1;
    if (random() < 0.3) {
      const durationMs = Math.floor(4_000 + 90_000 * random() ** 2);
      write(world.line({
        type: "miniapp.closed",
        at: at + durationMs,
        random,
        person,
        miniApp: app.id,
        data: JSON.stringify({
          durationMs,
          ...durationMs % 2 === 0 && { completed: durationMs % 5 !== 0 },
        }),
      }));
      written += 1;
    }
  }
  return written;
}

const TRIES = 12;

/** Someone who is registered, likes this mini-app and is active; after some tries anyone. */
export function userOf(
  world: World,
  app: number,
  registrants: number,
  random: Random,
): number {
  const { people, seed } = world;
  let person = 0;
  for (let i = 0; i < TRIES; i++) {
    person = Math.floor(random() * registrants);
    if (people.closed[person] !== NEVER) continue;
    const liking = hashed(seed, person, app) ** 2;
    if (random() < (people.activity[person] ?? 0) * liking) break;
  }
  return person;
}
