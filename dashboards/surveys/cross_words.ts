import type { Language, Text } from "@hiraku/kernel";
import { show } from "../metrics/reading_text.ts";
import { written } from "../metrics/written.ts";
import type { Crossed, CrossedAge } from "./cross_ages.ts";

export const CROSS = {
  title: { ja: "年齢別のクロス集計", en: "Cross-tabulated by age" },
  agree: { ja: "4・5の割合", en: "Share of 4 and 5" },
  age: { ja: "年齢", en: "Age group" },
  people: { ja: "回答", en: "Answers" },
  bounds: { ja: "95%信頼区間", en: "95 % interval" },
  pValue: { ja: "補正したp値", en: "Corrected p" },
  question: { ja: "設問", en: "Question" },
  chiSquare: { ja: "カイ二乗", en: "Chi-square" },
  degrees: { ja: "自由度", en: "Degrees of freedom" },
} as const satisfies Record<string, Text>;

/** What a drawing or table of one question is called. */
export function crossTitle({ name }: Crossed, language: Language): string {
  return language === "ja"
    ? `${name.ja}：${CROSS.agree.ja}（年齢別）`
    : `${name.en}: ${CROSS.agree.en.toLowerCase()} by age`;
}

/** A share with its interval, the range that withheld answers leave, or the mark. */
export function agreeWords(one: CrossedAge, language: Language): string {
  const { text, note } = show(one.agree, "share", language);
  if (one.tested !== undefined) return `${text} (${intervalWords(one)})`;
  return note === undefined ? text : `${text} (${note})`;
}

/** Such as `78.2% – 84.0%`; only where every answer is shown. */
export function intervalWords({ tested }: CrossedAge): string {
  return tested === undefined
    ? "–"
    : `${written(tested.low, "share")} – ${written(tested.high, "share")}`;
}

export function pValueWords(pValue: number | undefined): string {
  return pValue === undefined
    ? "–"
    : pValue < 0.001
    ? "< 0.001"
    : pValue.toFixed(3);
}

/** Such as `= 0.041`, to stand after the letter. */
export function pValueText(pValue: number): string {
  return pValue < 0.001 ? "< 0.001" : `= ${pValue.toFixed(3)}`;
}
