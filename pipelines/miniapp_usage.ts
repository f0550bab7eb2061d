import { miniappUsage } from "@hiraku/opendata";
import { pipeline } from "./pipeline.ts";
import { PURPOSES } from "./purpose.ts";
import { usageMonth } from "./usage_month.ts";
import { lastCompleteMonth, usageTables } from "./usage_tables.ts";

/** Users and clicks of each mini-app in every complete city month. */
export const publishMiniappUsage = pipeline({
  dataset: miniappUsage,
  schedule: "publish",
  purpose: PURPOSES.usage,
  assets: [usageMonth],
  aggregate: ({ warehouse, municipality, now }) =>
    usageTables(warehouse, municipality, lastCompleteMonth(now)),
});
