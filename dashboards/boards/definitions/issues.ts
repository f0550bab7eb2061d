import { OWNERS } from "../../metrics/metric.ts";
import { bars, type Board, listOf, trend } from "../board.ts";

/** Reports of roads and parks. */
export const issues: Board = {
  id: "issues",
  title: { ja: "道路・公園の通報", en: "Reports of roads and parks" },
  question: {
    ja: "通報はどれだけあり、どれだけ早く直しているか。",
    en: "How many reports are there, and how fast are things mended?",
  },
  decision: {
    ja: "補修の人員と優先順位",
    en: "Staff and priorities of mending",
  },
  owner: OWNERS.roads,
  audience: ["section", "council", "public"],
  headlines: [
    { metric: "issues_open" },
    { metric: "issues_reported" },
    { metric: "issues_closed" },
  ],
  charts: [
    trend(
      "backlog",
      { ja: "未対応の推移", en: "Open over time" },
      "issues_open",
    ),
    trend("flow", { ja: "通報と完了の推移", en: "Reported and closed" }, [
      "issues_reported",
      "issues_closed",
    ]),
    bars(
      "kinds",
      { ja: "種類ごとの未対応", en: "Open by kind" },
      "issues_open",
      "serviceCode",
    ),
    bars(
      "days",
      { ja: "種類ごとの完了までの日数", en: "Days to close by kind" },
      "issue_days",
      "serviceCode",
    ),
    listOf(
      "list",
      { ja: "通報の一覧", en: "Reports" },
      "issue_reports.issue_reports",
      [
        "issueId",
        "serviceCode",
        "state",
        "reportedOn",
        "closedOn",
        "longitude",
        "latitude",
      ],
    ),
  ],
  filters: ["serviceCode"],
};
