import { OWNERS } from "../../metrics/metric.ts";
import { type Board, grid, listOf } from "../board.ts";

/** Queues at counters. */
export const counters: Board = {
  id: "counters",
  title: { ja: "窓口混雑状況", en: "Counter queues" },
  question: {
    ja: "窓口はいつ混み、いつ空くか。",
    en: "When are queues long, and when short?",
  },
  decision: {
    ja: "窓口の人員配置と来庁の案内",
    en: "Staffing of counters, and when to tell people to come",
  },
  owner: OWNERS.counters,
  audience: ["section", "public"],
  headlines: [],
  charts: [
    grid(
      "heat",
      {
        ja: "曜日と時間帯の平均待ち人数",
        en: "Mean queue by weekday and hour",
      },
      "mean_queue",
      "weekday",
      "hour",
    ),
    grid(
      "expected",
      { ja: "見込まれる待ち人数", en: "Queue expected" },
      "expected_queue",
      "weekday",
      "hour",
    ),
    listOf(
      "hours",
      { ja: "窓口ごとの待ち人数", en: "Queues of each counter" },
      "counter_queues.hours",
      [
        "counterId",
        "weekday",
        "hour",
        "meanWaiting",
        "maxWaiting",
        "observations",
      ],
    ),
  ],
  filters: ["counterId"],
  choose: ["counterId"],
};
