import type { Text } from "@hiraku/kernel";

/** Which rows of a table: a value, or several that are added up. */
export type Where = Readonly<Record<string, string | readonly string[]>>;

/** One column of a released table, and of which rows. */
export interface Part {
  readonly dataset: string;
  readonly table: string;
  readonly column: string;
  readonly at: Where;
}

/**
 * Along what a figure may be added up. `events`: along everything, time
 * included. `people`: distinct people, along the parts a published table breaks
 * its total into and nothing else. `stock`: like people, and over time the last
 * figure stands. `none`: means, quartiles, rates.
 */
export type Additivity = "events" | "people" | "stock" | "none";

/** `plain` is a figure as it stands in its table. */
export type Format = "count" | "share" | "decimal" | "plain";

/** Where in a logic model a figure may stand. */
export type Level = "input" | "activity" | "output" | "outcome" | "context";

/** What a figure means, where it is read and what may be done with it. */
export interface Metric {
  readonly id: string;
  readonly title: Text;
  readonly definition: Text;
  readonly of: Part;
  /** What it is divided by: another column, or inhabitants of the same area. */
  readonly over?: Part | "inhabitants";
  readonly additivity: Additivity;
  /** Dimensions besides those in which a person or thing is counted once only. */
  readonly sums: readonly string[];
  /** Dimensions of which one value at a time is shown, such as one survey. */
  readonly each: readonly string[];
  readonly unit: Text;
  readonly format: Format;
  /** Which way is better; `neither` where that is not for a figure to say. */
  readonly better: "up" | "down" | "neither";
  readonly level: Level;
  /** Set where the figure is what people said of themselves. */
  readonly survey: boolean;
  /** The section that answers for it. */
  readonly owner: Text;
  /** When the definition changed. */
  readonly changes: readonly { readonly on: string; readonly what: Text }[];
}

type Given =
  & Pick<Metric, "title" | "definition" | "unit" | "owner">
  & Partial<
    Pick<
      Metric,
      | "additivity"
      | "sums"
      | "each"
      | "format"
      | "better"
      | "level"
      | "survey"
      | "changes"
    >
  >
  & { at?: Where; over?: string | [string, Where] };

/**
 * Declares a metric over `dataset.table.column`. The table may be a total: its
 * breakdowns are found when they are asked for.
 */
export function metric(id: string, of: string, given: Given): Metric {
  const { at = {}, over, ...rest } = given;
  return {
    id,
    of: partOf(of, at),
    ...over !== undefined && {
      over: over === "inhabitants"
        ? over
        : typeof over === "string"
        ? partOf(over, {})
        : partOf(...over),
    },
    additivity: "events",
    sums: [],
    each: [],
    format: "count",
    better: "up",
    level: "output",
    survey: false,
    changes: [],
    ...rest,
  };
}

function partOf(path: string, at: Where): Part {
  const [dataset = "", table = "", column = ""] = path.split(".");
  return { dataset, table, column, at };
}

export const PERSONS: Text = { ja: "人", en: "people" };
export const TIMES: Text = { ja: "件", en: "" };
export const CLICKS: Text = { ja: "回", en: "clicks" };
export const SHARE: Text = { ja: "", en: "" };
export const YEN: Text = { ja: "円", en: "yen" };
export const HOURS: Text = { ja: "時間", en: "hours" };
export const MINUTES: Text = { ja: "分", en: "min" };
export const SECONDS: Text = { ja: "秒", en: "s" };
export const DAYS: Text = { ja: "日", en: "days" };
export const POINTS: Text = { ja: "ポイント", en: "points" };

/** Sections that answer for figures; a city may call them otherwise. */
export const OWNERS = {
  digital: { ja: "デジタル推進課", en: "Digital promotion section" },
  disaster: { ja: "危機管理課", en: "Crisis management section" },
  pr: { ja: "広報広聴課", en: "Public relations section" },
  community: { ja: "地域自治課", en: "Community section" },
  school: { ja: "学校教育課", en: "School education section" },
  commerce: { ja: "商工振興課", en: "Commerce section" },
  counters: { ja: "市民課", en: "Citizens' counter section" },
  roads: { ja: "道路管理課", en: "Roads section" },
  policy: { ja: "企画政策課", en: "Policy planning section" },
  finance: { ja: "財政課", en: "Finance section" },
} as const satisfies Record<string, Text>;
