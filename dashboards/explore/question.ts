import type { Mode, Text } from "@hiraku/kernel";
import {
  FIRST_METRIC,
  isMeasured,
  MEASURED,
  type MeasuredMetric,
} from "./measures.ts";

/** What people are told apart by, in the order of the page. */
export const DIMENSIONS = {
  miniAppId: {
    title: { ja: "ミニアプリ", en: "Mini-app" },
    codes: "miniApp",
  },
  ageGroup: { title: { ja: "年齢", en: "Age group" }, codes: "ageGroup" },
  sex: { title: { ja: "性別", en: "Sex" }, codes: "sex" },
  tier: { title: { ja: "登録方法", en: "Way of registration" }, codes: "tier" },
  mode: { title: { ja: "平時・訓練・災害", en: "Mode" }, codes: undefined },
  districtCode: { title: { ja: "校区", en: "District" }, codes: "district" },
} as const satisfies Record<string, { title: Text; codes: string | undefined }>;
export type Dimension = keyof typeof DIMENSIONS;
export const DIMENSION_NAMES = Object.keys(DIMENSIONS) as Dimension[];

/** Ordinary days, drills and disasters are never mixed in one figure. */
export const MODES: readonly Mode[] = ["normal", "drill", "disaster"];
const ORDINARY: Mode = "normal";

export const MONTH = "month";
/** What a chart is drawn along. */
export type By = Dimension | typeof MONTH;

/** What a figure is held against; `toDate` counts from April on. */
export const COMPARISONS = {
  none: { ja: "しない", en: "Nothing" },
  before: { ja: "直前の同じ長さの期間", en: "The period before" },
  year: { ja: "前年度の同じ月", en: "Same months of last fiscal year" },
  toDate: {
    ja: "年度初めから（前年度の同じ期間）",
    en: "Fiscal year to date, and last year's",
  },
} as const satisfies Record<string, Text>;
export type Comparison = keyof typeof COMPARISONS;

/** What a reader asks: a metric, months, a comparison, and chosen values; any of one dimension. */
export interface Question {
  readonly metric: MeasuredMetric;
  /** The last month; the newest when undefined. */
  readonly month: string | undefined;
  /** The first month; the last one when undefined. */
  readonly from: string | undefined;
  readonly compare: Comparison;
  /** Along what a small chart each stands side by side; none when undefined. */
  readonly panels: Dimension | undefined;
  readonly at: Readonly<Partial<Record<Dimension, readonly string[]>>>;
}

const LONGEST_CODE = 100;

/** Reads an address; names the parameter that is not known here or does not fit. */
export function readQuestion(
  parameters: Iterable<readonly [string, string]>,
): Question | { readonly unfit: string } {
  let metric = FIRST_METRIC;
  let month: string | undefined;
  let from: string | undefined;
  let compare: Comparison = "none";
  let panels: Dimension | undefined;
  const at: Partial<Record<Dimension, string[]>> = {};
  for (const [name, value] of parameters) {
    if (value === "") continue;
    const isMonth = /^\d{4}-(0[1-9]|1[0-2])$/.test(value);
    if (name === "metric" && isMeasured(value)) metric = value;
    else if (name === "month" && isMonth) month = value;
    else if (name === "from" && isMonth) from = value;
    else if (name === "compare" && isComparison(value)) compare = value;
    else if (name === "panels" && isDimension(value)) panels = value;
    else if (isDimension(name) && value.length < LONGEST_CODE) {
      at[name] = [...new Set([...at[name] ?? [], value])];
    } else return { unfit: name };
  }
  return { metric, month, from, compare, panels, at };
}

/** The end of the address that asks it, such as `?sex=female`; empty for the first question. */
export function questionText(
  { metric, month, from, compare, panels, at }: Question,
): string {
  const parameters = new URLSearchParams();
  if (metric !== FIRST_METRIC) parameters.set("metric", metric);
  if (from !== undefined) parameters.set("from", from);
  if (month !== undefined) parameters.set("month", month);
  if (compare !== "none") parameters.set("compare", compare);
  if (panels !== undefined) parameters.set("panels", panels);
  for (const name of DIMENSION_NAMES) {
    for (const code of at[name] ?? []) parameters.append(name, code);
  }
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}

/** What a page shows that was asked nothing in particular. */
export const NOTHING_ASKED: Question = {
  metric: FIRST_METRIC,
  month: undefined,
  from: undefined,
  compare: "none",
  panels: undefined,
  at: {},
};

/** What is chosen of a dimension; ordinary days where no mode is. */
export function chosenOf({ at }: Question, by: Dimension): readonly string[] {
  return at[by] ?? (by === "mode" ? [ORDINARY] : []);
}

/**
 * The question with a value chosen, or no longer chosen. Of modes there is
 * always one, of mini-apps one at most where people would count twice.
 */
export function toggled(
  question: Question,
  by: Dimension,
  code: string,
): Question {
  const chosen = question.at[by] ?? [];
  const others = chosen.filter((one) => one !== code);
  const alone = by === "mode" ||
    by === "miniAppId" && !MEASURED[question.metric].sums;
  const next = chosen.includes(code)
    ? alone ? [] : others
    : by === "mode" && code === ORDINARY
    ? []
    : alone
    ? [code]
    : [...others, code];
  const { [by]: _gone, ...rest } = question.at;
  return {
    ...question,
    at: next.length === 0 ? rest : { ...rest, [by]: next },
  };
}

export function isDimension(name: string): name is Dimension {
  return name in DIMENSIONS;
}

function isComparison(name: string): name is Comparison {
  return name in COMPARISONS;
}
