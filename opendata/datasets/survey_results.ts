import { z } from "zod";
import { code, figure, month, persons, steps } from "../column.ts";
import { dataset } from "../dataset.ts";
import { family } from "../family.ts";

const survey = () => code({ ja: "アンケート", en: "Survey" });
const question = () => code({ ja: "設問", en: "Question" });

/** What people answered, how many of those asked did, and how sure a mean is. */
export const surveyResults = dataset({
  id: "survey_results",
  title: { ja: "アンケート結果", en: "Survey results" },
  description: {
    ja:
      "アプリのアンケートの対象者数・回答者数・回答の分布と平均です。アンケートは本人確認した登録者だけが答えられるため、住民全体ではなく登録者の結果です。",
    en:
      "People asked and answering, answers and means of surveys in the app. Only verified registrants can answer, so that results speak of them and not of all residents.",
  },
  cadence: "monthly",
  theme: "SOCI",
  purpose: {
    ja: "市民の声を政策に生かすため",
    en: "To let residents' views shape policy",
  },
  keywords: [{ ja: "アンケート", en: "surveys" }],
  tables: {
    ...family("responses", {
      title: { ja: "対象と回答", en: "Asked and answered" },
      description: {
        ja: "アンケートごとの対象者・回答者の人数",
        en: "People who were eligible and who answered",
      },
      keys: {
        surveyId: survey(),
        step: steps({ ja: "段階", en: "Step" }, {
          eligible: { ja: "対象", en: "Eligible" },
          answered: { ja: "回答", en: "Answered" },
        }),
      },
      by: ["district", "age"],
    }),
    ...family("answers", {
      title: { ja: "回答の分布", en: "Answers" },
      description: {
        ja: "設問と回答ごとの人数",
        en: "People by question and answer",
      },
      keys: {
        surveyId: survey(),
        question: question(),
        answer: code({ ja: "回答", en: "Answer" }),
      },
      asked: ["surveyId", "question"],
      by: ["age"],
    }),
    results: {
      title: { ja: "平均", en: "Means" },
      description: {
        ja:
          "終了したアンケートの設問ごとの回答者数・平均・95%信頼区間と、登録者の年齢・性別の構成に合わせた平均、回答率",
        en:
          "Of each closed survey and question: people, mean with 95 % interval, mean weighted to registrants by age and sex, response rate",
      },
      row: z.object({
        month: month(),
        surveyId: survey(),
        question: question(),
        people: persons({ ja: "回答者数", en: "Answers" }),
        mean: figure({ ja: "平均", en: "Mean" }),
        low: figure({ ja: "95%下限", en: "95 % from" }),
        high: figure({ ja: "95%上限", en: "95 % to" }),
        weighted: figure({ ja: "重み付き平均", en: "Weighted mean" }),
        designEffect: figure({ ja: "デザイン効果", en: "Design effect" }),
        responseRate: figure({ ja: "回答率", en: "Response rate" }).nullable(),
      }),
      period: "month",
      dimensions: ["surveyId", "question"],
      measures: [
        "people",
        "mean",
        "low",
        "high",
        "weighted",
        "designEffect",
        "responseRate",
      ],
      disclosure: { kind: "flow", people: "people" },
    },
  },
});
