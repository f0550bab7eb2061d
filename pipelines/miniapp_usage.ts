import { miniappUsage } from "@hiraku/opendata";
import { pipeline } from "./pipeline.ts";
import { PURPOSES } from "./purpose.ts";
import { restateUsage } from "./usage_month.ts";
import { lastCompleteMonth, usageTables } from "./usage_tables.ts";

/** Users and clicks of each mini-app in every complete city month. */
export const publishMiniappUsage = pipeline({
  dataset: miniappUsage,
  schedule: "publish",
  purpose: PURPOSES.usage,
  aggregate: async ({ warehouse, municipality, now }) => {
    await restateUsage(warehouse);
    return await usageTables(warehouse, municipality, lastCompleteMonth(now));
  },
});
