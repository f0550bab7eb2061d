import type { Language, Text } from "@hiraku/kernel";
import type { Assumption } from "../evaluation/mod.ts";

/** What the statistics take for granted, in Japanese; they name it in English. */
const NAMES: Readonly<Record<string, string>> = {
  "parallel trends": "介入がなければ、対象と比較は同じように動いた",
  "nothing else changed": "同じ時期に、対象だけに起きたほかの出来事がない",
  "no change before": "介入前には変化がない",
  "errors fit the dependence in time": "時間的な相関を誤差に織り込んでいる",
  "no omitted cause": "両方を動かす、抜けた原因がない",
  "no spill-over": "比較の単位には影響が及んでいない",
  "no gap before": "介入前には、合成した比較とのずれがない",
  "nobody chooses the side": "境目のどちら側になるかを選べない",
  "no jump below the cutoff": "境目より前に、別の跳びがない",
  "no jump above the cutoff": "境目より後に、別の跳びがない",
};

const WARNINGS: readonly (readonly [RegExp, (...found: string[]) => string])[] =
  [
    [/^(\d+) rows lack a value/, (n) => `${n}行は値がないため除きました`],
    [
      /^(\d+) clusters are few/,
      (n) => `まとまりが${n}しかないため、区間は狭すぎるおそれがあります`,
    ],
    [
      /^The data speak against '(.*)'/,
      (name) => `データは次の仮定に反しています: ${NAMES[name] ?? name}`,
    ],
    [
      /^With (\d+) treated/,
      (n) => `対象が${n}しかないため、誤差は信頼できません`,
    ],
    [/^The times are not evenly spaced/, () => "月が等間隔に並んでいません"],
    [
      /^The interval leaves out the bias/,
      () =>
        "区間は、直線を当てはめたことの偏りを含みません。幅を変えた結果と比べてください",
    ],
  ];

export const FINDINGS: Readonly<Record<Assumption["finding"], Text>> = {
  supported: { ja: "反する証拠なし", en: "not contradicted" },
  contradicted: { ja: "データに反する", en: "contradicted" },
  open: { ja: "データでは分からない", en: "data cannot tell" },
};

export function assumptionName(
  { name }: Assumption,
  language: Language,
): string {
  return language === "ja"
    ? NAMES[name] ?? name
    : name.charAt(0).toUpperCase() + name.slice(1);
}

/** How an assumption was looked at; the page has no other words for it. */
export function assumptionDetail(
  { finding, pValue, estimate, detail }: Assumption,
  language: Language,
): string {
  if (language === "en") return detail;
  if (finding === "open") return "人が説明して論じる必要があります";
  return pValue !== undefined
    ? "介入前のデータだけで、同じ検証をした結果（プラセボ・事前の傾き）"
    : estimate !== undefined
    ? "ダービン・ワトソン比（2に近いほど相関がない）"
    : "";
}

export function warningText(warning: string, language: Language): string {
  if (language === "en") return warning;
  for (const [pattern, say] of WARNINGS) {
    const found = pattern.exec(warning);
    if (found !== null) return say(...found.slice(1));
  }
  return warning;
}
