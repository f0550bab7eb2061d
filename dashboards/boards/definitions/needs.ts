import { OWNERS } from "../../metrics/metric.ts";
import { bars, type Board, grid, trend } from "../board.ts";

/** What people need and say. */
export const needs: Board = {
  id: "needs",
  title: { ja: "市民の声とニーズ", en: "Voices and needs" },
  question: {
    ja: "住民は何に困り、市はそれに何をしたか。",
    en: "What do residents struggle with, and what was done about it?",
  },
  decision: {
    ja: "来年度に取り組む課題",
    en: "Problems to take up next year",
  },
  owner: OWNERS.pr,
  audience: ["mayor", "section", "council", "public"],
  headlines: [
    { metric: "replies_received" },
    { metric: "reply_share" },
    { metric: "acted_on" },
    { metric: "search_misses" },
  ],
  charts: [
    grid(
      "ages",
      { ja: "話題と年齢", en: "Topics by age group" },
      "voices",
      "topic",
      "ageGroup",
    ),
    grid(
      "districts",
      { ja: "話題と校区", en: "Topics by district" },
      "voices",
      "districtCode",
      "topic",
    ),
    bars(
      "categories",
      { ja: "ご意見の区分", en: "Feedback by category" },
      "replies_received",
      "category",
    ),
    bars(
      "acted",
      { ja: "改善したご意見", en: "Feedback acted on" },
      "acted_on",
      "category",
    ),
    bars(
      "days",
      { ja: "回答までの日数", en: "Days to an answer" },
      "reply_days",
      "category",
    ),
    trend("received", { ja: "受付と改善の推移", en: "Received and acted on" }, [
      "replies_received",
      "acted_on",
    ]),
    bars(
      "searches",
      { ja: "検索された分野", en: "Topics searched for" },
      "searches",
      "topic",
    ),
  ],
  filters: [],
};
