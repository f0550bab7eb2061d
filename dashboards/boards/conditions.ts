import type { Language, Text } from "@hiraku/kernel";
import type { EvaluatedBoard } from "./evaluated.ts";
import { periodName } from "./periods.ts";

/** A condition and what it is set to, for those who have no filters before them. */
export interface Condition {
  readonly label: Text;
  readonly value: Text;
}

const TEXT = {
  at: { ja: "時点", en: "As of" },
  newest: { ja: "最新", en: "newest" },
  from: { ja: "推移の始まり", en: "Lines from" },
  filters: { ja: "絞り込み", en: "Filters" },
  none: { ja: "なし", en: "none" },
} as const satisfies Record<string, Text>;

/** Under which conditions the figures of a board stand, in words. */
export function conditionsOf(
  { filters, month, from }: EvaluatedBoard,
): Condition[] {
  const chosen = (language: Language) =>
    filters.flatMap(({ title, values, chosen }) =>
      chosen === undefined ? [] : [
        `${title[language]}: ${
          values.find(({ code }) => code === chosen)?.name[language] ?? chosen
        }`,
      ]
    ).join(" / ") || TEXT.none[language];
  return [
    {
      label: TEXT.at,
      value: month === undefined ? TEXT.newest : periodName(month),
    },
    ...from === undefined
      ? []
      : [{ label: TEXT.from, value: periodName(from) }],
    { label: TEXT.filters, value: { ja: chosen("ja"), en: chosen("en") } },
  ];
}

/** The same in one line. */
export function conditionsText(
  evaluated: EvaluatedBoard,
  language: Language,
): string {
  return conditionsOf(evaluated).map(({ label, value }) =>
    `${label[language]}: ${value[language]}`
  ).join(language === "ja" ? "、" : ", ");
}
