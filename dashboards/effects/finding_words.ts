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

/** What the statistics say in English, and the same in Japanese. */
type Sayings = readonly (readonly [RegExp, (...found: string[]) => string])[];

const ERRORS: Sayings = [
  [/^classical$/, () => "等分散を仮定した通常の誤差"],
  [/^hc(\d)$/i, (n) => `不均一分散に頑健な誤差（HC${n}）`],
  [/^cluster \(CR1\)/, () => "まとまりごとの相関に頑健な誤差（CR1）"],
  [
    /^Newey-West, (\d+) lags$/,
    (n) => `時間の相関に頑健な誤差（ニューウィー・ウェスト、ラグ${n}）`,
  ],
  [
    /^standard deviation of the effects found/,
    () => "ほかの単位で同じ計算をした値の標準偏差。p値は当てはまりの比の順位",
  ],
  [
    /^standard deviation of (\d+) effects/,
    (n) => `ほかの単位${n}件で同じ計算をした値の標準偏差`,
  ],
];

const WARNINGS: Sayings = [
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
  [
    /^The outcome is fitted without error/,
    () => "誤差なく当てはまるため、区間とp値に意味はありません",
  ],
  [
    /^(\d+) rows alone fix a coefficient/,
    (n) =>
      `ほかに同じ条件の行がない行が${n}あり、その行自身のばらつきは誤差に入りません`,
  ],
  [
    /^The periods before are fitted without error/,
    () =>
      "介入前が誤差なく当てはまります。同じように当てはまる組み合わせがほかにもあり得るため、順位はあまり意味を持ちません",
  ],
  [
    /^(\d+) units were seen on one side only/,
    (n) => `前後の片方にしか数値のない単位${n}件を除きました`,
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
  if (language === "en") {
    // The intervention is month 0 of our own tables.
    return detail.replace(/ at -(\d+)\b/, " $1 months before it")
      .replace(/ at (\d+), the/, " $1 months after it, the")
      .replace(/ at 0\b/, " at the intervention");
  }
  if (finding === "open") return "人が説明して論じる必要があります";
  return pValue !== undefined
    ? "介入前のデータだけで、同じ検証をした結果（プラセボ・事前の傾き）"
    : estimate !== undefined
    ? "ダービン・ワトソン比（2に近いほど相関がない）"
    : "";
}

export function warningText(warning: string, language: Language): string {
  return inWords(WARNINGS, warning, language);
}

/** How errors of an estimate were computed. */
export function errorsText(errors: string, language: Language): string {
  return inWords(ERRORS, errors, language);
}

function inWords(sayings: Sayings, text: string, language: Language): string {
  if (language === "en") return text;
  for (const [pattern, say] of sayings) {
    const found = pattern.exec(text);
    if (found !== null) return say(...found.slice(1));
  }
  return text;
}
