import type { Language, Text } from "@hiraku/kernel";
import type { CutPreview } from "@hiraku/opendata";

export const CUT_WORDS = {
  title: { ja: "まだ公開されていない区分の要望", en: "Cuts that are wanted" },
  lead: {
    ja:
      "公開済みの表を、まだない区分でさらに分けてほしいときに使います。要望は公開担当に届き、どれだけの数値が秘匿されるかを確かめたうえで回答します。",
    en:
      "Asks for a released table to be broken down further. The officer sees how much would be withheld, and answers.",
  },
  ask: { ja: "要望する", en: "Ask" },
  family: { ja: "もとの表", en: "Table" },
  by: { ja: "分けたい区分（軸は合わせて3つまで）", en: "Broken down by" },
  reason: {
    ja: "何を決めるために使うか（個人がわかることは書かない）",
    en: "For which decision (nothing about any person)",
  },
  requests: { ja: "これまでの要望", en: "Requests" },
  none: { ja: "要望はありません。", en: "Nothing was asked for." },
  preview: { ja: "秘匿の見込み", en: "What would be withheld" },
  answer: { ja: "回答", en: "Answer" },
  accept: { ja: "受け入れる", en: "Accept" },
  refuse: { ja: "断る", en: "Refuse" },
  why: { ja: "理由（断るときは必須）", en: "Reason (needed to refuse)" },
  waiting: { ja: "確認中", en: "Being looked at" },
  failed: { ja: "確かめられませんでした", en: "Could not be looked at" },
  open: { ja: "回答待ち", en: "Waiting for an answer" },
  accepted: {
    ja: "受け入れ。データセットの定義に加え、次の公開で出ます",
    en:
      "Accepted. It is added to the definition of the dataset and comes out with the next release",
  },
  released: { ja: "公開済み", en: "Released" },
  refused: { ja: "断りました", en: "Refused" },
} as const satisfies Record<string, Text>;

/** What would be withheld, in sentences for the officer. */
export function previewSentences(
  { months, report }: CutPreview,
  language: Language,
): string[] {
  const found = Object.values(report.tables)[0];
  if (found === undefined) {
    return [
      language === "ja"
        ? "終わった月の数値がまだありません。"
        : "There is no figure of a complete month yet.",
    ];
  }
  const { figures, small, concentrated, complements } = found;
  const { shareOfPeople, proposals } = found;
  const withheld = small + concentrated + complements;
  const percent = (part: number) => `${(100 * part).toFixed(1)}%`;
  const share = figures === 0 ? "–" : percent(withheld / figures);
  return [
    language === "ja"
      ? `${months}か月の数値${figures}のうち${withheld}（${share}）を秘匿します。少なすぎるものが${small}、少数の人に偏るものが${concentrated}、それらを守るためのものが${complements}です。`
      : `Of ${figures} figures in ${months} months ${withheld} (${share}) would be withheld: ${small} because they are small, ${concentrated} because one or two people hold most, ${complements} to protect those.`,
    language === "ja"
      ? `秘匿される数値に含まれる人は、数えた人の${
        percent(shareOfPeople)
      }です。`
      : `They hold ${percent(shareOfPeople)} of the people counted.`,
    ...proposals.map(({ column, way, figures, small }) =>
      language === "ja"
        ? `「${column}」を${
          way === "leave-out" ? "外す" : "隣とまとめる"
        }と、数値${figures}のうち少なすぎるものは${small}になります。`
        : `With ${column} ${
          way === "leave-out" ? "left out" : "merged by pairs"
        }, ${small} of ${figures} figures would be small.`
    ),
  ];
}
