import type { Municipality, Text } from "@hiraku/kernel";
import { addresses, DATASETS } from "@hiraku/opendata";
import type { Board, Chart } from "../boards/board.ts";
import { boardPath } from "../boards/board_address.ts";
import { BOARDS } from "../boards/definitions/all.ts";
import type { Metric } from "../metrics/metric.ts";
import { METRICS } from "../metrics/definitions/all.ts";
import { metricOrNone } from "../metrics/registry.ts";
import { isMeasured } from "./measures.ts";

/** A metric that no frozen table answers, and where it is found: on boards, or as open data. */
export interface Elsewhere {
  readonly metric: Metric;
  readonly kind: "boards" | "dataset";
  readonly places: readonly { readonly title: Text; readonly path: string }[];
}

/** Every metric of the registry that cannot be explored. */
export function allElsewhere(municipality: Municipality): Elsewhere[] {
  return METRICS.filter(({ id }) => !isMeasured(id))
    .map((metric) => elsewhereOf(metric, municipality));
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
  const boards = (boardsOf().get(metric.id) ?? [])
    .map(({ id, title }) => ({ title, path: boardPath(code, id) }));
  if (boards.length > 0) return { metric, kind: "boards", places: boards };
  const places = DATASETS.filter(({ id }) => id === metric.of.dataset)
    .map(({ id, title }) => ({
      title,
      path: addresses("", code, id).landing,
    }));
  return { metric, kind: "dataset", places };
}

let known: ReadonlyMap<string, readonly Board[]> | undefined;

/** The boards of each metric; those of all are asked for on every page. */
function boardsOf(): ReadonlyMap<string, readonly Board[]> {
  if (known !== undefined) return known;
  const boards = new Map<string, Board[]>();
  for (const board of BOARDS) {
    for (const id of new Set(metricsOf(board))) {
      const own = boards.get(id);
      if (own === undefined) boards.set(id, [board]);
      else own.push(board);
    }
  }
  return known = boards;
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

const KINDS: Record<Elsewhere["kind"], Text> = {
  boards: { ja: "ダッシュボード", en: "on the dashboards" },
  dataset: { ja: "オープンデータ", en: "as open data in" },
};

/** Says by name that a metric cannot be explored, and where it is found. */
export function elsewhereText({ metric, kind, places }: Elsewhere): Text {
  const ja = places.map(({ title }) => `「${title.ja}」`).join("");
  const en = places.map(({ title }) => `'${title.en}'`).join(", ");
  return {
    ja: `「${metric.title.ja}」は、ここでは測っていません。${
      KINDS[kind].ja
    }${ja}で見られます。`,
    en: `'${metric.title.en}' is not measured here. It is found ${
      KINDS[kind].en
    } ${en}.`,
  };
}
