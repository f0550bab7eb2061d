import type { Random } from "../random.ts";
import type { World } from "../world.ts";
import { accounts } from "./accounts.ts";
import { cityHall } from "./city_hall.ts";
import { community } from "./community.ts";
import { flood } from "./flood.ts";
import { gatherings } from "./gatherings.ts";
import { notices } from "./notices.ts";
import { offices } from "./offices.ts";
import { programmes } from "./programmes.ts";
import { type Scene, sceneOf } from "./scene.ts";
import { school } from "./school.ts";
import { surveys } from "./surveys.ts";
import { using } from "./using.ts";

const TALES: readonly ((scene: Scene) => void)[] = [
  accounts,
  using,
  notices,
  gatherings,
  programmes,
  surveys,
  cityHall,
  school,
  community,
  offices,
  flood,
];

/** Writes what else happened in a city on a day, beside use and receptions, and says how many events. */
export function writeTales(
  world: World,
  day: string,
  random: Random,
  write: (line: string) => void,
): number {
  let written = 0;
  const scene = sceneOf(world, day, random, (line) => {
    written += 1;
    write(line);
  });
  for (const tale of TALES) tale(scene);
  return written;
}
