import type { Language, Text } from "@hiraku/kernel";
import type { Answer } from "../explore/answer.ts";
import { MEASURED } from "../explore/measures.ts";
import type { Months } from "../explore/period.ts";
import {
  type By,
  type Dimension,
  DIMENSIONS,
  MONTH,
} from "../explore/question.ts";
import { monthText } from "../words.ts";

export const MONTHS: Text = { ja: "月", en: "Month" };
const MEAN: Text = { ja: "月平均", en: "mean of a month" };
const SUM: Text = { ja: "合計", en: "sum" };

type Asked = Pick<Answer, "metric" | "from" | "month">;

/** What a chart shows and of which months. */
export function chartTitle(by: By, asked: Asked, language: Language): string {
  const of = by === MONTH ? MONTHS : DIMENSIONS[by].title;
  const measure = MEASURED[asked.metric].title;
  const title = language === "ja"
    ? `${of.ja.replace(/別$/, "")}別の${measure.ja}（推計）`
    : `${measure.en} by ${of.en.toLowerCase()}, estimated`;
  if (by === MONTH) return title;
  const join = language === "ja" ? "、" : ", ";
  return title + join + periodText(asked.metric, asked, language);
}

/** A month, or the months that a figure is the mean or the sum of. */
export function periodText(
  metric: Answer["metric"],
  { from, month }: Months,
  language: Language,
): string {
  const over = MEASURED[metric].sums ? SUM : MEAN;
  return from === month
    ? monthText(month, language)
    : `${monthText(from, language)}–${monthText(month, language)} (${
      over[language]
    })`;
}

/** What small charts side by side show. */
export function panelsTitle(
  by: Dimension,
  metric: Answer["metric"],
  language: Language,
): string {
  const { ja, en } = DIMENSIONS[by].title;
  const { title } = MEASURED[metric];
  return language === "ja"
    ? `${ja}ごとの${title.ja}の推移（推計）`
    : `${title.en} by month at each ${en.toLowerCase()}, estimated`;
}
