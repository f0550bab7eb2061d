import { OWNERS } from "../../metrics/metric.ts";
import { bars, type Board, listOf } from "../board.ts";

/** Surveys. */
export const surveys: Board = {
  id: "surveys",
  title: { ja: "アンケート", en: "Surveys" },
  question: {
    ja: "利用者は満足しているか。その値はどれだけ確かか。",
    en: "Are users content, and how sure is that figure?",
  },
  decision: {
    ja: "KPI②（満足度）の達成判定と次の調査の設計",
    en: "Whether the aim for satisfaction is met, and the next survey's design",
  },
  owner: OWNERS.pr,
  audience: ["mayor", "section", "council", "public"],
  headlines: [
    { metric: "survey_mean" },
    { metric: "survey_weighted" },
    { metric: "response_rate" },
    {
      metric: "survey_people",
      at: { step: "answered" },
      title: { ja: "回答者", en: "People who answered" },
    },
  ],
  charts: [
    bars("answers", { ja: "回答の分布", en: "Answers" }, "answers", "answer", {
      order: "code",
    }),
    listOf(
      "results",
      {
        ja: "設問ごとの平均と95%信頼区間",
        en: "Mean of each question with its 95 % interval",
      },
      "survey_results.results",
      [
        "surveyId",
        "question",
        "people",
        "mean",
        "low",
        "high",
        "weighted",
        "designEffect",
        "responseRate",
      ],
      "all",
      ["question"],
    ),
    bars(
      "ages",
      { ja: "対象者の年齢", en: "People asked by age group" },
      "survey_people",
      "ageGroup",
      { at: { step: "eligible" }, order: "code" },
    ),
    bars(
      "answered-ages",
      { ja: "回答者の年齢", en: "People who answered by age group" },
      "survey_people",
      "ageGroup",
      { at: { step: "answered" }, order: "code" },
    ),
  ],
  filters: ["surveyId", "question"],
  choose: ["surveyId", "question"],
};
