import { z } from "zod";

/** Whether a row's figures are shown. `withheld` for confidentiality: all measures are null. */
export const Status = z.enum(["published", "withheld"]);
export type Status = z.infer<typeof Status>;

/** One row of a released table: period, dimensions, measures, and `status`. */
export const ReleasedRow = z.object({ status: Status })
  .catchall(z.union([z.string(), z.number(), z.null()]));
export type ReleasedRow = z.infer<typeof ReleasedRow>;
