import { OWNERS } from "../../metrics/metric.ts";
import { bars, type Board, grid, trend } from "../board.ts";

/** Help, classes and training. */
export const support: Board = {
  id: "support",
  title: { ja: "利用支援と人材育成", en: "Help and training" },
  question: {
    ja: "支援は必要な人に届き、その後の利用につながったか。",
    en:
      "Does help reach those who need it, and do they use the app afterwards?",
  },
  decision: {
    ja: "教室・相談会の回数と場所、研修の続け方",
    en: "How many classes to hold and where, and how to go on with training",
  },
  owner: OWNERS.digital,
  audience: ["section", "council"],
  headlines: [
    { metric: "support_sessions" },
    { metric: "support_resolved" },
    { metric: "classes" },
    { metric: "training_completed" },
  ],
  charts: [
    grid(
      "topics",
      { ja: "相談の内容と結果", en: "Sessions by topic and outcome" },
      "support_sessions",
      "topic",
      "outcome",
    ),
    bars(
      "ages",
      { ja: "相談した人の年齢", en: "Sessions by age group" },
      "support_sessions",
      "ageGroup",
      { order: "code" },
    ),
    bars(
      "helped",
      { ja: "相談後の利用", en: "Use after help" },
      "helped_people",
      "later",
      { order: "code" },
    ),
    bars(
      "classes",
      { ja: "校区ごとの教室", en: "Classes by district" },
      "district_classes",
      "districtCode",
    ),
    trend("training", { ja: "研修の課題", en: "Exercises of training" }, [
      "training_started",
      "training_completed",
    ]),
    bars(
      "exercises",
      { ja: "課題ごとの完了", en: "Completed by exercise" },
      "training_completed",
      "exercise",
    ),
  ],
  filters: [],
};
