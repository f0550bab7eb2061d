import type { Municipality, Text } from "@hiraku/kernel";
import type { Board, Chart } from "../boards/board.ts";
import { boardPath } from "../boards/board_address.ts";
import { BOARDS } from "../boards/definitions/all.ts";
import type { Metric } from "../metrics/metric.ts";
import { METRICS } from "../metrics/definitions/all.ts";
import { metricOrNone } from "../metrics/registry.ts";
import { isMeasured } from "./measures.ts";

/** A metric that no frozen table answers, and the boards it stands on. */
export interface Elsewhere {
  readonly metric: Metric;
  readonly boards: readonly { readonly title: Text; readonly path: string }[];
}

/** Every metric of the registry that cannot be explored and stands on a board. */
export function allElsewhere(municipality: Municipality): Elsewhere[] {
  return METRICS.filter(({ id }) => !isMeasured(id))
    .map((metric) => elsewhereOf(metric, municipality))
    .filter(({ boards }) => boards.length > 0);
}

/** What an address asks for, where it is a metric that cannot be explored. */
export function askedElsewhere(
  parameters: URLSearchParams,
  municipality: Municipality,
): Elsewhere | undefined {
  const id = parameters.get("metric") ?? "";
  const metric = isMeasured(id) ? undefined : metricOrNone(id);
  return metric && elsewhereOf(metric, municipality);
}

function elsewhereOf(metric: Metric, { code }: Municipality): Elsewhere {
  return {
    metric,
    boards: BOARDS.filter((board) => metricsOf(board).includes(metric.id))
      .map(({ id, title }) => ({ title, path: boardPath(code, id) })),
  };
}

function metricsOf({ headlines, charts }: Board): string[] {
  return [
    ...headlines.map(({ metric }) => metric),
    ...charts.flatMap(ofChart),
  ];
}

function ofChart(chart: Chart): readonly string[] {
  return chart.kind === "trend"
    ? chart.metrics
    : chart.kind === "list"
    ? []
    : [chart.metric];
}

/** Says by name that a metric cannot be explored, and where it is found. */
export function elsewhereText({ metric, boards }: Elsewhere): Text {
  const ja = boards.map(({ title }) => `「${title.ja}」`).join("");
  const en = boards.map(({ title }) => `'${title.en}'`).join(", ");
  return {
    ja: `「${metric.title.ja}」は、ここでは測っていません。` +
      (ja === "" ? "" : `ダッシュボード${ja}で見られます。`),
    en: `'${metric.title.en}' is not measured here.` +
      (en === "" ? "" : ` It is found on the dashboards ${en}.`),
  };
}
