import type { Language } from "@hiraku/kernel";
import { type Medium, withheldMark } from "@hiraku/opendata";
import type { Format, Metric } from "./metric.ts";
import { type Reading, type ReadingStatus, statusOf } from "./reading.ts";
import { withUnit, written } from "./written.ts";

/**
 * A reading as every output shows it: page, drawing, file, slide or answer. What
 * is withheld has neither value nor bounds here.
 */
export interface Shown {
  readonly status: ReadingStatus;
  /** Such as `1,204`, `1,204–1,240`, `秘`; the note of a range stands apart. */
  readonly text: string;
  /** Such as `秘匿4セルを含む`. */
  readonly note: string | undefined;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

const AT_LEAST = "以上";

/** The one place that decides what of a reading may be shown, and how. */
export function show(
  reading: Reading,
  format: Format,
  language: Language,
  medium: Medium = "page",
): Shown {
  const { low, high, withheld } = reading;
  // That a share lies between nothing and all says nothing.
  const status = format === "share" && low <= 0 && (high ?? 1) >= 1 &&
      statusOf(reading) === "range"
    ? "withheld"
    : statusOf(reading);
  const nothing = { note: undefined, value: null, low: null, high: null };
  if (status === "missing") return { status, text: "–", ...nothing };
  if (status === "withheld") {
    return { status, text: withheldMark(medium).shown ?? "", ...nothing };
  }
  if (status === "published") {
    const text = written(low, format);
    return { status, text, note: undefined, value: low, low, high };
  }
  return {
    status,
    text: high === null
      ? language === "ja"
        ? `${written(low, format)}${AT_LEAST}`
        : `at least ${written(low, format)}`
      : `${written(low, format)}–${written(high, format)}`,
    note: language === "ja"
      ? `秘匿${withheld}セルを含む`
      : `${withheld} withheld ${withheld === 1 ? "cell" : "cells"} included`,
    value: null,
    low,
    high,
  };
}

/** A reading in one line, with its unit and, for a range, what it holds. */
export function sentence(
  reading: Reading,
  { format, unit }: Pick<Metric, "format" | "unit">,
  language: Language,
): string {
  const { text, note, status } = show(reading, format, language);
  const whole = status === "published" || status === "range"
    ? withinText(text, unit[language], language)
    : text;
  if (note === undefined) return whole;
  return language === "ja" ? `${whole}（${note}）` : `${whole} (${note})`;
}

/** The unit stands before 以上, as in 25,802回以上. */
function withinText(text: string, unit: string, language: Language): string {
  return text.endsWith(AT_LEAST)
    ? withUnit(text.slice(0, -AT_LEAST.length), unit, language) + AT_LEAST
    : withUnit(text, unit, language);
}
