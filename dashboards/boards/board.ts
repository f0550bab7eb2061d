import type { Text } from "@hiraku/kernel";
import type { Where } from "../metrics/metric.ts";

/** Whom a board is first of all for. */
export type Audience = "mayor" | "council" | "section" | "partner" | "public";

interface Common {
  /** Unique within its board; part of addresses. */
  readonly id: string;
  readonly title: Text;
  readonly note?: Text;
  /** Filters that do not narrow it. */
  readonly apart?: readonly string[];
}

/** Something drawn over a metric. Each is also a table, a file and a slide. */
export type Chart =
  & Common
  & (
    | {
      /** Lines over time; `by` splits one metric into its values. */
      readonly kind: "trend";
      readonly metrics: readonly string[];
      readonly by?: string;
      readonly at?: Where;
    }
    | {
      /** Bars by the values of a dimension in one period. */
      readonly kind: "bars";
      readonly metric: string;
      readonly by: string;
      readonly at?: Where;
      /** `code` keeps the order of the codes, `value` puts the largest first. */
      readonly order: "value" | "code";
    }
    | {
      /** Steps that follow each other; each is also shown as a share of the first. */
      readonly kind: "funnel";
      readonly metric: string;
      readonly by: string;
      readonly at?: Where;
      /** The steps in their order. */
      readonly steps: readonly string[];
    }
    | {
      /** One small line for each value of a dimension, all on one scale. */
      readonly kind: "multiples";
      readonly metric: string;
      readonly by: string;
      readonly at?: Where;
    }
    | {
      /** A table of two dimensions, coloured by value. */
      readonly kind: "grid";
      readonly metric: string;
      readonly rows: string;
      readonly columns: string;
      readonly at?: Where;
    }
    | {
      /** Months in which people came, by how long they have been there since. */
      readonly kind: "cohorts";
      readonly metric: string;
      /** The dimension that counts months since, such as `3`. */
      readonly since: string;
      /** A metric of the month they came in, of which shares are shown. */
      readonly over?: string;
    }
    | {
      /** Districts as tiles, with bars beside them. */
      readonly kind: "map";
      readonly metric: string;
      readonly at?: Where;
    }
    | {
      /** Rows of a table as they are. */
      readonly kind: "list";
      /** `dataset.table`. */
      readonly table: string;
      readonly columns: readonly string[];
      /** Rows of the newest period only, or of all. */
      readonly rows: "newest" | "all";
    }
  );

/** A headline: a metric, or one of its rows. */
export interface Headline {
  readonly metric: string;
  readonly title?: Text;
  readonly at?: Where;
  /** Shown beside it since the fiscal year began; what happened adds up over months. */
  readonly toDate?: true;
}

/** Another board that shows the same figures in another way. */
export interface View {
  readonly board: string;
  readonly title: Text;
}

/** A page that answers one question, from released tables. */
export interface Board {
  readonly id: string;
  readonly title: Text;
  /** The question it answers. */
  readonly question: Text;
  /** The decision it serves. */
  readonly decision: Text;
  readonly owner: Text;
  readonly audience: readonly Audience[];
  readonly headlines: readonly Headline[];
  readonly charts: readonly Chart[];
  /** Dimensions by which a reader may narrow what the charts show. */
  readonly filters: readonly string[];
  /** Filters of which one value is always chosen, each after those before it. */
  readonly choose?: readonly string[];
  /** Boards of the same metric, this one among them. */
  readonly views?: readonly View[];
  /** Boards on which its metric stands beside others. */
  readonly seeAlso?: readonly View[];
  /** What a reader may look for and is not published by. */
  readonly unpublished?: readonly Text[];
}

type Kind<K extends Chart["kind"]> = Omit<
  Extract<Chart, { kind: K }>,
  "kind" | "id" | "title" | "metric" | "metrics" | "by"
>;
type Options<K extends Chart["kind"]> = Partial<Kind<K>>;

export function trend(
  id: string,
  title: Text,
  metrics: string | readonly string[],
  options: Options<"trend"> & { by?: string } = {},
): Chart {
  const list = typeof metrics === "string" ? [metrics] : metrics;
  return { kind: "trend", id, title, metrics: list, ...options };
}

export function bars(
  id: string,
  title: Text,
  metric: string,
  by: string,
  options: Options<"bars"> = {},
): Chart {
  return { kind: "bars", id, title, metric, by, order: "value", ...options };
}

export function funnel(
  id: string,
  title: Text,
  metric: string,
  by: string,
  steps: readonly string[],
  options: Omit<Options<"funnel">, "steps"> = {},
): Chart {
  return { kind: "funnel", id, title, metric, by, steps, ...options };
}

export function multiples(
  id: string,
  title: Text,
  metric: string,
  by: string,
  options: Options<"multiples"> = {},
): Chart {
  return { kind: "multiples", id, title, metric, by, ...options };
}

export function grid(
  id: string,
  title: Text,
  metric: string,
  rows: string,
  columns: string,
  options: Omit<Options<"grid">, "rows" | "columns"> = {},
): Chart {
  return { kind: "grid", id, title, metric, rows, columns, ...options };
}

export function cohorts(
  id: string,
  title: Text,
  metric: string,
  since: string,
  over?: string,
): Chart {
  const whole = over === undefined ? {} : { over };
  return { kind: "cohorts", id, title, metric, since, ...whole };
}

export function map(
  id: string,
  title: Text,
  metric: string,
  options: Options<"map"> = {},
): Chart {
  return { kind: "map", id, title, metric, ...options };
}

export function listOf(
  id: string,
  title: Text,
  table: string,
  columns: readonly string[],
  rows: "newest" | "all" = "newest",
  apart: readonly string[] = [],
): Chart {
  return { kind: "list", id, title, table, columns, rows, apart };
}
