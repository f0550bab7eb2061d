import { code, oneOf } from "../column.ts";
import { dataset } from "../dataset.ts";
import { family } from "../family.ts";

/** What people ask the AI guide for, and what it costs. */
export const aiGuide = dataset({
  id: "ai_guide",
  title: { ja: "生成AI案内の利用", en: "Use of the AI guide" },
  description: {
    ja:
      "質問の意図の区分ごとの人数・回答できなかった割合・費用です。質問と回答の文は扱いません。",
    en:
      "People, unanswered questions and cost by class of intent. Neither question nor answer is taken.",
  },
  cadence: "monthly",
  purpose: {
    ja: "生成AIの利用状況と費用を示すため",
    en: "To show how the AI guide is used and what it costs",
  },
  keywords: [{ ja: "生成AI", en: "generative AI" }],
  tables: {
    ...family("intents", {
      title: { ja: "意図", en: "Intents" },
      description: {
        ja: "意図と回答の有無ごとの人数・件数・費用",
        en: "People, questions and cost by intent and whether it was answered",
      },
      keys: {
        intent: code({ ja: "意図", en: "Intent" }),
        answered: oneOf({ ja: "回答", en: "Answered" }, {
          true: { ja: "あり", en: "Yes" },
          false: { ja: "なし", en: "No" },
        }),
      },
      amount: {
        title: { ja: "費用", en: "Cost" },
        unit: { ja: "銭", en: "1/100 yen" },
      },
      by: ["age"],
    }),
    ...family("sources", {
      title: { ja: "参照した情報", en: "Sources" },
      description: {
        ja: "回答が参照した情報ごとの件数",
        en: "Questions by the source the answer rests on",
      },
      keys: { source: code({ ja: "情報", en: "Source" }) },
    }),
  },
});
