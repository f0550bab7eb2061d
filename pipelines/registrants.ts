import { registrants } from "@hiraku/opendata";
import { pipeline } from "./pipeline.ts";
import { PURPOSES } from "./purpose.ts";
import { lastCompleteDay, registrantsTables } from "./registrants_tables.ts";

/** Stocks of registrants and installs up to yesterday. */
export const publishRegistrants = pipeline({
  dataset: registrants,
  schedule: "publish",
  purpose: PURPOSES.registrants,
  aggregate: ({ warehouse, municipality, now }) =>
    registrantsTables(warehouse, municipality, lastCompleteDay(now)),
});
