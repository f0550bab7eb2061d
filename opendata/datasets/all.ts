import type { Dataset } from "../dataset.ts";
import { contentUse } from "./content_use.ts";
import { credentials } from "./credentials.ts";
import { messages } from "./messages.ts";
import { miniappRanking } from "./miniapp_ranking.ts";
import { miniappUsage } from "./miniapp_usage.ts";
import { population } from "./population.ts";
import { registrantsDataset } from "./registrants.ts";
import { registration } from "./registration.ts";

/** Every dataset a city may publish, in the order of the public list. */
export const DATASETS: readonly Dataset[] = [
  miniappUsage,
  registrantsDataset,
  miniappRanking,
  population,
  registration,
  credentials,
  messages,
  contentUse,
];
