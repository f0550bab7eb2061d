import { OWNERS } from "../../metrics/metric.ts";
import { bars, type Board, trend } from "../board.ts";

/** The AI guide. */
export const ai: Board = {
  id: "ai",
  title: { ja: "生成AI案内", en: "AI guide" },
  question: {
    ja: "AI案内は何に使われ、どれだけ答えられ、いくらかかるか。",
    en: "What is the AI guide asked, how much can it answer, and at what cost?",
  },
  decision: {
    ja: "AI案内を続けるか、どの分野を補うか",
    en: "Whether to go on with it, and which topics to add",
  },
  owner: OWNERS.digital,
  audience: ["section", "council"],
  headlines: [
    { metric: "ai_questions" },
    { metric: "ai_unanswered" },
    { metric: "ai_cost" },
  ],
  charts: [
    bars(
      "intents",
      { ja: "質問の意図", en: "Intents" },
      "ai_questions",
      "intent",
    ),
    bars(
      "unanswered",
      { ja: "回答できなかった割合", en: "Unanswered by intent" },
      "ai_unanswered",
      "intent",
    ),
    trend(
      "questions",
      { ja: "質問の推移", en: "Questions over time" },
      "ai_questions",
    ),
    trend("cost", { ja: "費用の推移", en: "Cost over time" }, "ai_cost"),
  ],
  filters: ["ageGroup"],
};
