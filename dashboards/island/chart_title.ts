import type { Language, Text } from "@hiraku/kernel";
import type { Answer } from "../explore/answer.ts";
import {
  type By,
  type Dimension,
  DIMENSIONS,
  MONTH,
} from "../explore/question.ts";
import { monthText } from "../words.ts";

export const MONTHS: Text = { ja: "月", en: "Month" };
const MEAN: Text = { ja: "月平均", en: "mean of a month" };

/** What a chart shows and of which months. */
export function chartTitle(
  by: By,
  answer: Pick<Answer, "from" | "month">,
  language: Language,
): string {
  const of = by === MONTH ? MONTHS : DIMENSIONS[by].title;
  const title = language === "ja"
    ? `${of.ja.replace(/別$/, "")}別の利用者（推計）`
    : `Users by ${of.en.toLowerCase()}, estimated`;
  if (by === MONTH) return title;
  const join = language === "ja" ? "、" : ", ";
  return title + join + periodText(answer, language);
}

/** A month, or the months a mean is of. */
export function periodText(
  { from, month }: Pick<Answer, "from" | "month">,
  language: Language,
): string {
  return from === month
    ? monthText(month, language)
    : `${monthText(from, language)}–${monthText(month, language)} (${
      MEAN[language]
    })`;
}

/** What small charts side by side show. */
export function panelsTitle(by: Dimension, language: Language): string {
  const { ja, en } = DIMENSIONS[by].title;
  return language === "ja"
    ? `${ja}ごとの利用者の推移（推計）`
    : `Users by month at each ${en.toLowerCase()}, estimated`;
}
