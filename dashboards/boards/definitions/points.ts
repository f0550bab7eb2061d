import { OWNERS } from "../../metrics/metric.ts";
import { bars, type Board, grid, listOf, trend } from "../board.ts";

/** Points and draws. */
export const points: Board = {
  id: "points",
  title: { ja: "ポイントと抽選", en: "Points and draws" },
  question: {
    ja: "ポイントは使われ、予算は計画どおりに執行されたか。",
    en: "Are points spent, and is the budget executed as planned?",
  },
  decision: {
    ja: "ポイントの規則と来年度の景品予算",
    en: "Rules of points and next year's budget of prizes",
  },
  owner: OWNERS.community,
  audience: ["mayor", "section", "council"],
  headlines: [
    { metric: "prize_budget" },
    { metric: "prize_spent" },
    { metric: "prize_execution" },
    { metric: "points_outstanding" },
    { metric: "points_spent_share" },
  ],
  charts: [
    trend(
      "flows",
      { ja: "付与・利用・失効の推移", en: "Granted, spent and expired" },
      "points_moved",
      { by: "flow" },
    ),
    bars(
      "rules",
      { ja: "規則ごとの付与", en: "Granted by rule" },
      "points_moved",
      "ruleId",
      { at: { flow: "granted" } },
    ),
    bars(
      "ages",
      { ja: "年齢別の付与", en: "Granted by age group" },
      "points_moved",
      "ageGroup",
      { at: { flow: "granted" }, order: "code" },
    ),
    trend(
      "outstanding",
      { ja: "残高の推移", en: "Outstanding over time" },
      "points_outstanding",
    ),
    bars(
      "prizes",
      { ja: "景品の種類ごとの額", en: "Prizes by kind" },
      "prize_value",
      "kind",
      { order: "code" },
    ),
    grid(
      "entrants",
      { ja: "抽選の申込者（年齢と性別）", en: "Entrants by age and sex" },
      "lottery_people",
      "ageGroup",
      "sex",
    ),
    listOf("draws", { ja: "抽選の結果", en: "Draws" }, "points.draws", [
      "lotteryId",
      "entries",
      "winners",
      "prizeYen",
      "budgetYen",
      "spentYen",
    ], "all"),
  ],
  filters: ["lotteryId", "ageGroup"],
};
