import type { Language, Text } from "@hiraku/kernel";

/** Columns of our own tables and terms of the statistics, as a reader calls them. */
const WORDS: Readonly<Record<string, Text>> = {
  value: { ja: "数値", en: "figure" },
  log: { ja: "数値の対数", en: "logarithm of the figure" },
  unit: { ja: "単位", en: "unit" },
  since: { ja: "月", en: "month" },
  time: { ja: "月", en: "month" },
  constant: { ja: "定数", en: "constant" },
  treated: { ja: "対象", en: "treated" },
  post: { ja: "介入後", en: "after" },
  after: { ja: "介入後", en: "after" },
  treatment: { ja: "介入", en: "treatment" },
};

const SHAPES: readonly (readonly [
  RegExp,
  (say: (terms: string) => string, ...found: string[]) => Text,
])[] = [
  [
    /^(\w+) = (.*), with weights of the others and of (\d+) periods before .*; .* of (.*)$/,
    (say, outcome, terms, periods, of) => ({
      ja: `${say(outcome)} = ${
        say(terms)
      }（ほかの単位と介入前${periods}か月に重みをつける）。推定値は「${
        say(of)
      }」の係数`,
      en: `${say(outcome)} = ${
        say(terms)
      }, with weights of the others and of ${periods} months before; the estimate is the coefficient of ${
        say(of)
      }`,
    }),
  ],
  [
    /^(\w+) = (.*); the estimate is the coefficient of ([^(]*?)(?: \(at .*\))?$/,
    (say, outcome, terms, of) => ({
      ja: `${say(outcome)} = ${say(terms)}。推定値は「${say(of)}」の係数`,
      en: `${say(outcome)} = ${
        say(terms)
      }; the estimate is the coefficient of ${say(of)}`,
    }),
  ],
  [
    /^(\w+) of the treated \w+ less a convex mix of the others fitted on (\d+) periods/,
    (say, outcome, periods) => ({
      ja: `対象の${
        say(outcome)
      } − 介入前${periods}か月に合わせた、ほかの単位の加重平均。推定値は介入後の差の平均`,
      en: `${
        say(outcome)
      } of the treated unit less a weighted mean of the others fitted on ${periods} months before; the estimate is the mean gap from then on`,
    }),
  ],
  [
    /^local linear regression of (\w+) on (\w+) .* bandwidth (\d+)/,
    (say, outcome, running, bandwidth) => ({
      ja: `介入の前後${bandwidth}か月に当てはめた${
        say(outcome)
      }の局所線形回帰（三角カーネル）。推定値は境目での跳び`,
      en: `local linear regression of the ${say(outcome)} on the ${
        say(running)
      }, ${bandwidth} months either side, triangular kernel; the estimate is the jump at the intervention`,
    }),
  ],
];

/** The equation of a model in a reader's words; as the statistics write it where it has another shape. */
export function equationText(model: string, language: Language): string {
  for (const [shape, text] of SHAPES) {
    const found = shape.exec(model);
    if (found === null) continue;
    return text((terms) => termsText(terms, language), ...found.slice(1))[
      language
    ];
  }
  return model;
}

function termsText(terms: string, language: Language): string {
  return terms.split(/( \+ | × )/).map((one) => {
    const name = one.replace(/^effect of /, "");
    const word = WORDS[name]?.[language] ?? name;
    if (name === one) return word;
    return language === "ja" ? `${word}の効果` : `effect of ${word}`;
  }).join("");
}
