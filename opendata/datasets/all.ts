import type { Dataset } from "../dataset.ts";
import { miniappRanking } from "./miniapp_ranking.ts";
import { miniappUsage } from "./miniapp_usage.ts";
import { population } from "./population.ts";
import { registrantsDataset } from "./registrants.ts";

/** Every dataset a city may publish, in the order of the public list. */
export const DATASETS: readonly Dataset[] = [
  miniappUsage,
  registrantsDataset,
  miniappRanking,
  population,
];
