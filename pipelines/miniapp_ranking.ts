import { miniappRanking } from "@hiraku/opendata";
import { pipeline } from "./pipeline.ts";
import { PURPOSES } from "./purpose.ts";
import { rankingSeries } from "./ranking_series.ts";

/** The running month, hour by hour; the release rule shows it in steps. */
export const publishRanking = pipeline({
  dataset: miniappRanking,
  schedule: "preliminary",
  purpose: PURPOSES.usage,
  aggregate: ({ warehouse, municipality, now }) =>
    rankingSeries(warehouse, municipality, now),
});
