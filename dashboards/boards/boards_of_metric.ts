import type { Board, Chart } from "./board.ts";
import { BOARDS } from "./definitions/all.ts";

let known: ReadonlyMap<string, readonly Board[]> | undefined;

/** The boards on which a metric stands beside others. */
export function boardsOf(metric: string): readonly Board[] {
  known ??= byMetric();
  return known.get(metric) ?? [];
}

function byMetric(): ReadonlyMap<string, readonly Board[]> {
  const boards = new Map<string, Board[]>();
  for (const board of BOARDS) {
    const { headlines, charts } = board;
    const metrics = new Set([
      ...headlines.map(({ metric }) => metric),
      ...charts.flatMap(metricsOf),
    ]);
    for (const id of metrics) {
      boards.set(id, [...boards.get(id) ?? [], board]);
    }
  }
  return boards;
}

/** The metrics a chart reads. */
export function metricsOf(chart: Chart): readonly string[] {
  return chart.kind === "trend"
    ? chart.metrics
    : chart.kind === "list"
    ? []
    : [chart.metric];
}
