import type { Text } from "@hiraku/kernel";
import type { Metric } from "../metrics/metric.ts";
import {
  columnOfFamily,
  type Cut,
  type Reach,
  reachOf,
} from "../metrics/reach.ts";
import { metricOrNone } from "../metrics/registry.ts";
import {
  bars,
  type Board,
  type Chart,
  cohorts,
  funnel,
  grid,
  map,
  multiples,
  trend,
  type View,
} from "./board.ts";
import { boardsOf } from "./boards_of_metric.ts";

/** The chart of a metric that every board of one has. */
export const OVER_TIME = "over-time";

const WHOLE: Text = { ja: "全体", en: "Overview" };
const TREND: Text = { ja: "推移", en: "Over time" };
const COHORTS: Text = {
  ja: "登録月別の経過",
  en: "By month of registering",
};
const DECISION: Text = {
  ja: "指標の確認と比較",
  en: "To look into one figure and to compare it",
};

/** What a reader may want of every figure, whatever it counts. */
const COMMON: Readonly<Record<string, Text>> = {
  districtCode: { ja: "校区", en: "School district" },
  ageGroup: { ja: "年齢", en: "Age group" },
  sex: { ja: "性別", en: "Sex" },
  miniAppId: { ja: "ミニアプリ", en: "Mini-app" },
  tier: { ja: "登録方法", en: "Way of registration" },
  mode: { ja: "平時・訓練・災害", en: "Mode" },
};
const DISTRICT = "districtCode";

/** What says nearly the same as one of these. */
const ALIKE: Readonly<Record<string, string>> = {
  ageBand: "ageGroup",
  grade: "ageGroup",
  method: "tier",
  area: "districtCode",
  mesh: "districtCode",
  areaCode: "districtCode",
};

/** The name of the board of a metric, or of one of its cuts. */
export function metricBoardId(metric: string, cut?: string): string {
  return cut === undefined ? `metric.${metric}` : `metric.${metric}.${cut}`;
}

const known = new Map<string, Board>();

/**
 * The board of one metric: over time and by everything that its tables break it
 * down by; or, for one of these cuts, each value over time and crossed with the
 * others. `undefined` where there is no such metric or cut.
 */
export function metricBoard(id: string): Board | undefined {
  const board = known.get(id) ?? make(id);
  // Ids are anybody's to type; what does not exist is not kept.
  if (board !== undefined) known.set(id, board);
  return board;
}

function make(id: string): Board | undefined {
  const [kind, name = "", dimension, ...rest] = id.split(".");
  const metric = kind === "metric" && rest.length === 0
    ? metricOrNone(name)
    : undefined;
  if (metric === undefined) return undefined;
  const reach = reachOf(metric);
  const cut = reach.cuts.find((one) => one.dimension === dimension);
  if (dimension !== undefined && cut === undefined) return undefined;
  const beside = boardsOf(metric.id);
  return {
    id,
    title: cut === undefined ? metric.title : titleBy(metric, cut),
    question: metric.definition,
    decision: beside[0]?.decision ?? DECISION,
    owner: metric.owner,
    audience: ["section", "council", "public"],
    headlines: [{
      metric: metric.id,
      ...addsOverTime(metric) && { toDate: true as const },
    }],
    charts: cut === undefined
      ? overview(metric, reach)
      : inDepth(metric, reach, cut),
    filters: [
      ...reach.fixed,
      ...reach.cuts.map((one) => one.dimension)
        .filter((one) => !reach.fixed.includes(one)),
    ],
    choose: reach.fixed,
    views: reach.cuts.length === 0 ? [] : [
      { board: metricBoardId(metric.id), title: WHOLE },
      ...reach.cuts.map((one): View => ({
        board: metricBoardId(metric.id, one.dimension),
        title: byTitle(metric, one),
      })),
    ],
    seeAlso: beside.map(({ id, title }) => ({ board: id, title })),
    unpublished: unpublishedOf(metric, reach),
  };
}

/** Whether figures of several months may be added up. */
function addsOverTime({ additivity, over }: Metric): boolean {
  return additivity === "events" && over === undefined;
}

function overview(metric: Metric, reach: Reach): Chart[] {
  return [
    trend(OVER_TIME, both(metric.title, TREND), metric.id),
    // Maps want the whole width and come last.
    ...reach.cuts.toSorted((a, b) =>
      Number(a.dimension === DISTRICT) - Number(b.dimension === DISTRICT)
    ).flatMap((cut) => [
      ...cut.dimension === "since"
        ? [cohorts("cohorts", both(metric.title, COHORTS), metric.id, "since")]
        : [],
      byValue(metric, cut),
    ]),
  ];
}

function inDepth(metric: Metric, reach: Reach, cut: Cut): Chart[] {
  const { dimension, at } = cut;
  const others = reach.cuts.filter((one) =>
    one.dimension !== dimension && reach.crosses(cut, one)
  );
  return [
    byValue(metric, cut),
    multiples(
      `each-${dimension}`,
      eachTitle(metric, cut),
      metric.id,
      dimension,
      {
        at,
        apart: [dimension],
      },
    ),
    ...others.map((other) => {
      // What has many values goes down the page.
      const [rows, columns] = isLong(metric, other) && !isLong(metric, cut)
        ? [other, cut]
        : [cut, other];
      return grid(
        `cut-${dimension}-${other.dimension}`,
        titleBy(metric, cut, other),
        metric.id,
        rows.dimension,
        columns.dimension,
        {
          at: { ...at, ...other.at },
          apart: [dimension, other.dimension],
          ...noteOf(metric, { ...at, ...other.at }),
        },
      );
    }),
  ];
}

/** Values of one dimension beside each other. */
function byValue(metric: Metric, cut: Cut): Chart {
  const { dimension, at } = cut;
  const id = `cut-${dimension}`;
  const title = titleBy(metric, cut);
  const options = { at, apart: [dimension], ...noteOf(metric, at) };
  if (dimension === DISTRICT) return map(id, title, metric.id, options);
  const column = columnOfFamily(metric, dimension);
  if (column?.steps && column.names && metric.format === "count") {
    const steps = Object.keys(column.names);
    return funnel(id, title, metric.id, dimension, steps, options);
  }
  const inOrder = !isLong(metric, cut) || ORDERED.includes(dimension);
  return bars(id, title, metric.id, dimension, {
    ...options,
    order: inOrder ? "code" : "value",
  });
}

/** Whether a dimension has as many values as a city has mini-apps, events or counters. */
function isLong(metric: Metric, { dimension }: Cut): boolean {
  const column = columnOfFamily(metric, dimension);
  return column?.names === undefined &&
    (column?.codes === undefined || CITY_LISTS.includes(column.codes));
}

/** Code lists of a city's own. */
const CITY_LISTS: readonly string[] = ["miniApp", "district"];

/** Dimensions whose codes have an order of their own. */
const ORDERED: readonly string[] = [
  "hour",
  "weekday",
  "since",
  "grade",
  "position",
];

function titleOf(metric: Metric, { dimension }: Cut): Text {
  return dimension === "since"
    ? MONTHS_SINCE
    : columnOfFamily(metric, dimension)?.title ??
      { ja: dimension, en: dimension };
}

const MONTHS_SINCE: Text = {
  ja: "登録からの月数",
  en: "Months since registering",
};

/** A way of breaking down, such as 年齢別. */
function byTitle(metric: Metric, ...cuts: readonly Cut[]): Text {
  const titles = cuts.map((one) => titleOf(metric, one));
  const ja = titles.map((one) => one.ja).join("×");
  const en = titles.map((one) => lowered(one.en)).join(" and ");
  return { ja: ja.endsWith("別") ? ja : `${ja}別`, en: `By ${en}` };
}

/** The same with what is counted, so that a chart says it wherever it stands. */
function titleBy(metric: Metric, ...cuts: readonly Cut[]): Text {
  return both(metric.title, byTitle(metric, ...cuts));
}

function eachTitle(metric: Metric, cut: Cut): Text {
  const { ja, en } = titleOf(metric, cut);
  return both(metric.title, {
    ja: `${ja}ごとの推移`,
    en: `Each ${lowered(en)} over time`,
  });
}

/** A title within a sentence; OS, ID and the like stay as they are. */
function lowered(text: string): string {
  return /^[A-Z][a-z]/.test(text)
    ? text[0]?.toLowerCase() + text.slice(1)
    : text;
}

function both(one: Text, other: Text): Text {
  return {
    ja: `${one.ja}・${other.ja}`,
    en: `${one.en}, ${lowered(other.en)}`,
  };
}

/** Of whom a breakdown speaks, where it does not speak of all. */
function noteOf(
  metric: Metric,
  at: Readonly<Record<string, string>>,
): { note?: Text } {
  const parts = Object.entries(at).map(([dimension, value]): Text => {
    const column = columnOfFamily(metric, dimension);
    const title = column?.title ?? { ja: dimension, en: dimension };
    const name = column?.names?.[value] ?? NAMES[value] ??
      { ja: value, en: value };
    return { ja: `${title.ja}: ${name.ja}`, en: `${title.en}: ${name.en}` };
  });
  if (parts.length === 0) return {};
  const [ja, en] = [parts.map((one) => one.ja), parts.map((one) => one.en)];
  return { note: { ja: ja.join("、"), en: en.join(", ") } };
}

const NAMES: Readonly<Record<string, Text>> = {
  jpki: { ja: "マイナンバーカード", en: "My Number card" },
};

function unpublishedOf(metric: Metric, { cuts }: Reach): Text[] {
  const names = [
    ...cuts.map(({ dimension }) => ALIKE[dimension] ?? dimension),
    ...Object.keys(metric.of.at),
  ];
  return Object.entries(COMMON).filter(([name]) => !names.includes(name))
    .map(([, title]) => title);
}
