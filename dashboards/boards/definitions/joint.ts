import { OWNERS } from "../../metrics/metric.ts";
import { bars, type Board, listOf, trend } from "../board.ts";

/** What it costs, and who shares it. */
export const joint: Board = {
  id: "joint",
  title: { ja: "費用と共同利用", en: "Costs and joint use" },
  question: {
    ja: "費用は利用に見合い、共同利用で軽くなっているか。",
    en: "Is the app worth its costs, and does joint use lighten them?",
  },
  decision: {
    ja: "次年度の予算と共同利用の範囲",
    en: "Next year's budget and what to share",
  },
  owner: OWNERS.finance,
  audience: ["mayor", "council", "partner"],
  headlines: [
    { metric: "costs" },
    { metric: "cost_per_user" },
    { metric: "shared_costs" },
  ],
  charts: [
    trend("costs", { ja: "費用の推移", en: "Costs over time" }, "costs", {
      by: "kind",
    }),
    trend(
      "unit",
      { ja: "1人あたりの費用の推移", en: "Cost a user over time" },
      "cost_per_user",
    ),
    bars(
      "items",
      { ja: "費目ごとの費用", en: "Costs by item" },
      "costs",
      "costId",
    ),
    listOf("shares", { ja: "負担額", en: "Shares" }, "costs.shares", [
      "costId",
      "sharedBy",
      "members",
      "totalYen",
      "shareYen",
    ], "all"),
    listOf(
      "functions",
      { ja: "共同利用機能", en: "Shared functions" },
      "costs.functions",
      ["functionId", "developedBy", "adopted"],
    ),
  ],
  filters: [],
};
