import type { Board } from "../board.ts";
import {
  consent,
  counters,
  industry,
  issues,
  joint,
  points,
  results,
  services,
  support,
} from "./governing.ts";
import { interest, needs, notices, reading, surveys } from "./informing.ts";
import {
  community,
  districts,
  environment,
  events,
  schools,
  shelters,
} from "./living.ts";
import { credentials, people, registration } from "./registering.ts";
import { ai, catalogue, modes, use } from "./using.ts";

/** Boards by theme, in the order in which a city's page lists them. */
export const BOARDS: readonly Board[] = [
  registration,
  people,
  use,
  credentials,
  districts,
  notices,
  interest,
  reading,
  surveys,
  needs,
  events,
  shelters,
  modes,
  environment,
  community,
  points,
  industry,
  services,
  counters,
  issues,
  schools,
  support,
  ai,
  catalogue,
  consent,
  joint,
  results,
];

/** A board by its id. */
export function boardNamed(id: string): Board | undefined {
  return BOARDS.find((one) => one.id === id);
}
