import { OWNERS } from "../../metrics/metric.ts";
import { type Board, listOf } from "../board.ts";

/** What the app was for, and what came of it. */
export const results: Board = {
  id: "results",
  title: { ja: "成果", en: "Results" },
  question: {
    ja: "掲げた成果は、どの根拠の強さで言えるか。",
    en: "How strong is the evidence for each stated result?",
  },
  decision: {
    ja: "決算審査での説明と、続ける事業",
    en: "What to say at the settlement, and what to go on with",
  },
  owner: OWNERS.policy,
  audience: ["mayor", "council", "public"],
  headlines: [
    { metric: "registrants" },
    { metric: "miniapp_clicks" },
    { metric: "tasks_done" },
    { metric: "cost_per_user" },
  ],
  charts: [
    listOf(
      "indicators",
      {
        ja: "ねらい・社会課題・成果の指標",
        en: "Indicators of aims, problems and results",
      },
      "logic_model.indicators",
      ["title", "group", "level", "source", "state", "value"],
    ),
    listOf(
      "milestones",
      { ja: "できごと", en: "Milestones" },
      "logic_model.milestones",
      ["title", "date", "kind"],
      "all",
    ),
  ],
  filters: [],
};
