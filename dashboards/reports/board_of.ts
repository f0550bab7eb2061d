import type { Board } from "../boards/board.ts";
import { BOARDS } from "../boards/definitions/all.ts";

/** The first board that shows a metric. */
export function boardOf(metric: string): Board | undefined {
  return BOARDS.find(({ headlines, charts }) =>
    headlines.some((one) => one.metric === metric) ||
    charts.some((one) =>
      "metric" in one
        ? one.metric === metric
        : "metrics" in one && one.metrics.includes(metric)
    )
  );
}
