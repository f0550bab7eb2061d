import { OWNERS } from "../../metrics/metric.ts";
import { type Board, cohorts, trend } from "../board.ts";

/** Whether those who registered go on using the app. */
export const retention: Board = {
  id: "retention",
  title: { ja: "継続利用", en: "Staying" },
  question: {
    ja: "登録した人は、その後も使い続けているか。",
    en: "Do people who registered go on using the app?",
  },
  decision: {
    ja: "登録後のお知らせの時期と内容、登録の働きかけの見直し",
    en: "When and what to tell new registrants, and which campaigns to repeat",
  },
  owner: OWNERS.digital,
  audience: ["mayor", "section", "council"],
  headlines: [
    { metric: "new_registrants" },
    {
      metric: "cohort_users",
      at: { since: "0" },
      title: { ja: "登録した月の利用者", en: "Users in their first month" },
    },
  ],
  charts: [
    cohorts(
      "shares",
      {
        ja: "登録月別の継続率（登録者に対する割合）",
        en: "Share of registrants who use it, by month of registering",
      },
      "cohort_users",
      "since",
      "new_registrants",
    ),
    cohorts(
      "people",
      {
        ja: "登録月別の利用者数",
        en: "Users by month of registering",
      },
      "cohort_users",
      "since",
    ),
    trend(
      "registrants",
      { ja: "新しい登録者の推移", en: "New registrants over time" },
      "new_registrants",
    ),
  ],
  filters: [],
};
