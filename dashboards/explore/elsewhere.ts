import type { Municipality, Text } from "@hiraku/kernel";
import { askedText, boardPath } from "../boards/board_address.ts";
import {
  metricBoard,
  metricBoardId,
  OVER_TIME,
} from "../boards/metric_board.ts";
import { embedPath } from "../embed/embed_path.ts";
import { METRICS } from "../metrics/definitions/all.ts";
import type { Metric } from "../metrics/metric.ts";
import { metricOrNone } from "../metrics/registry.ts";
import { isMeasured } from "./measures.ts";

/** A metric that no frozen table answers, and the board that shows it from released tables. */
export interface Elsewhere {
  readonly metric: Metric;
  /** The board's path without its language, with those of the filters that it has. */
  readonly path: string;
  /** Its line over time alone, for frames of other sites. */
  readonly frame: string;
}

/** Every metric of the registry that released tables answer, and no frozen one. */
export const OTHER_METRICS: readonly Metric[] = METRICS.filter(({ id }) =>
  !isMeasured(id)
);

/** What an address asks for, where it is a metric that cannot be explored. */
export function askedElsewhere(
  parameters: URLSearchParams,
  { code }: Municipality,
): Elsewhere | undefined {
  const id = parameters.get("metric") ?? "";
  const metric = isMeasured(id) ? undefined : metricOrNone(id);
  if (metric === undefined) return undefined;
  const board = metricBoardId(id);
  const filters = metricBoard(board)?.filters ?? [];
  // A board narrows to one value of a dimension at a time.
  const at = Object.fromEntries(
    filters.map((name) => [name, parameters.getAll(name)] as const)
      .filter(([, values]) => values.length === 1)
      .map(([name, values]) => [name, values[0] ?? ""]),
  );
  const search = askedText({
    month: parameters.get("month") ?? undefined,
    from: parameters.get("from") ?? undefined,
    at,
  });
  const path = boardPath(code, board);
  return {
    metric,
    path: path + search,
    frame: embedPath(path, `/${OVER_TIME}${search}`),
  };
}

/** Says by name that frozen tables do not answer a metric, and what does. */
export function elsewhereText({ metric, path }: Elsewhere): Text {
  return {
    ja:
      `「${metric.title.ja}」は推計していません。公開済みの値が ${path} にあります。`,
    en:
      `'${metric.title.en}' is not among the estimates. Its released figures stand at ${path}.`,
  };
}
