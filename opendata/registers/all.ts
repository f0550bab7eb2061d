import { evaluations } from "./evaluations.ts";
import { aims, contracts, purposes } from "./law.ts";
import { logicLinks, logicNodes, targets } from "./logic.ts";
import { articles, cameras, collections, gauges } from "./places.ts";
import {
  costs,
  events,
  functions,
  lotteries,
  milestones,
  pointRules,
  surveys,
} from "./programmes.ts";
import { names } from "./names.ts";
import { queries } from "./queries.ts";
import type { Register } from "./register.ts";
import {
  channels,
  counters,
  miniApps,
  procedures,
  providers,
  staffTimes,
} from "./services.ts";
import { wellbeing } from "./wellbeing.ts";

/** Every register a city keeps, in the order they are listed. */
export const REGISTERS: readonly Register[] = [
  miniApps,
  providers,
  events,
  surveys,
  pointRules,
  lotteries,
  milestones,
  channels,
  procedures,
  staffTimes,
  counters,
  costs,
  functions,
  purposes,
  contracts,
  targets,
  aims,
  logicNodes,
  logicLinks,
  evaluations,
  wellbeing,
  queries,
  articles,
  cameras,
  gauges,
  collections,
  names,
];

/** The register of an id, if there is one. */
export function registerNamed(id: string): Register | undefined {
  return REGISTERS.find((one) => one.id === id);
}
