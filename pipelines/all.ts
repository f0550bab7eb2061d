import { publishRanking } from "./miniapp_ranking.ts";
import { publishMiniappUsage } from "./miniapp_usage.ts";
import type { Pipeline } from "./pipeline.ts";
import { publishPopulation } from "./population.ts";
import { publishRegistrants } from "./registrants.ts";
import { publishContentUse } from "./tallies/content_use.ts";
import { publishCredentials } from "./tallies/credentials.ts";
import { publishMessages } from "./tallies/messages.ts";
import { publishRegistration } from "./tallies/registration.ts";

/** Every pipeline, in the order in which one day's are run. */
export const PIPELINES: readonly Pipeline[] = [
  publishRegistrants,
  publishMiniappUsage,
  publishRanking,
  publishPopulation,
  publishRegistration,
  publishCredentials,
  publishMessages,
  publishContentUse,
];
