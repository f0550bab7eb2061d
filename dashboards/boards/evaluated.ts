import type { Text } from "@hiraku/kernel";
import type { Format, Metric, Where } from "../metrics/metric.ts";
import type { Reading } from "../metrics/reading.ts";
import type { Source } from "../released/source.ts";
import type { Board, Chart } from "./board.ts";

/** A value of a dimension, or a period, and what it is called. */
export interface Named {
  readonly code: string;
  readonly name: Text;
}

export type Cell = Reading | { readonly words: Text };

export interface Column extends Named {
  readonly format: Format;
  readonly unit: Text;
}

/** What happened when, beside a line. */
export interface Milestone {
  readonly date: string;
  readonly title: Text;
}

/** What a figure rests on. */
export interface Evidence {
  /** Undefined for rows shown as they are. */
  readonly metric: Metric | undefined;
  readonly source: Source;
  readonly over: Source | undefined;
  readonly period: string;
  readonly by: readonly string[];
  readonly at: Where;
  /** Cells it was read from and how many of these are withheld. */
  readonly cells: number;
  readonly withheld: number;
}

/** A chart with its figures: what page, drawing, file and slide are made of. */
export interface EvaluatedChart {
  readonly chart: Chart;
  /** The period it speaks of; undefined for lines over time. */
  readonly period: string | undefined;
  /** What its rows are. */
  readonly rowTitle: Text;
  readonly columns: readonly Column[];
  readonly rows: readonly (Named & { readonly cells: readonly Cell[] })[];
  readonly milestones: readonly Milestone[];
  /** Filters of the reader that apply to it. */
  readonly narrowed: Where;
  /** Filters that the published tables cannot answer for this chart. */
  readonly unanswered: readonly string[];
  readonly evidence: readonly Evidence[];
  /** Rows left out because there are too many to show. */
  readonly left: number;
}

export interface EvaluatedHeadline {
  readonly title: Text;
  readonly metric: Metric;
  readonly reading: Reading;
  readonly period: string | undefined;
  /** The period before, and the same month of the fiscal year before. */
  readonly before:
    | { readonly period: string; readonly reading: Reading }
    | undefined;
  readonly yearBefore:
    | { readonly period: string; readonly reading: Reading }
    | undefined;
  /** Since the fiscal year began, where that adds up and every month is there. */
  readonly toDate: ToDate | undefined;
  /** Filters of the reader that apply to it. */
  readonly narrowed: Where;
  readonly evidence: Evidence | undefined;
}

/** Several months of a fiscal year added up, and the same months of the year before. */
export interface ToDate {
  /** The first of the months. */
  readonly from: string;
  readonly reading: Reading;
  readonly yearBefore: Reading | undefined;
}

/** A filter of a board with its values. */
export interface Filter {
  readonly dimension: string;
  readonly title: Text;
  readonly values: readonly Named[];
  readonly chosen: string | undefined;
  /** Set when one value is always chosen. */
  readonly always: boolean;
}

export interface EvaluatedBoard {
  readonly board: Board;
  /** Months a reader may go back to, newest first. */
  readonly months: readonly string[];
  readonly month: string | undefined;
  /** First month of lines over time. */
  readonly from: string | undefined;
  readonly filters: readonly Filter[];
  readonly headlines: readonly EvaluatedHeadline[];
  readonly charts: readonly EvaluatedChart[];
}
