import { OWNERS } from "../../metrics/metric.ts";
import { type Board, funnel, grid, map, trend } from "../board.ts";

/** Whether notices reach people. */
export const notices: Board = {
  id: "notices",
  title: { ja: "お知らせの到達", en: "Reach of notices" },
  question: {
    ja: "お知らせは必要な人に届き、開かれているか。",
    en: "Do notices reach those who need them, and are they opened?",
  },
  decision: {
    ja: "通知の分野・宛先・回数の見直し",
    en: "Topics, audiences and number of notices",
  },
  owner: OWNERS.pr,
  audience: ["section", "council"],
  headlines: [
    { metric: "open_rate" },
    { metric: "push_open_rate" },
    {
      metric: "reached_people",
      at: { mode: "normal", step: "delivered" },
      title: { ja: "届いた人（平時）", en: "People reached, ordinary days" },
    },
    {
      metric: "reached_people",
      at: { mode: "disaster", step: "delivered" },
      title: { ja: "届いた人（災害）", en: "People reached, disasters" },
    },
  ],
  charts: [
    funnel(
      "funnel",
      {
        ja: "送信から開封まで（平時）",
        en: "From sent to opened, ordinary days",
      },
      "reached_people",
      "step",
      ["sent", "delivered", "opened"],
      { at: { mode: "normal" } },
    ),
    grid(
      "steps",
      { ja: "区分と段階", en: "Mode and step" },
      "reached_people",
      "mode",
      "step",
    ),
    map(
      "warnings",
      { ja: "警報の到達（校区別）", en: "Reach of warnings by district" },
      "reached_people",
      { at: { mode: "disaster", step: "delivered" } },
    ),
    trend("rates", { ja: "開封率の推移", en: "Opened over time" }, [
      "open_rate",
      "push_open_rate",
    ]),
    grid(
      "topics",
      { ja: "分野ごとの通知", en: "Push notices by topic" },
      "pushes",
      "topic",
      "step",
    ),
    grid(
      "waste",
      { ja: "ごみの日の通知", en: "Waste-day reminders" },
      "waste_people",
      "area",
      "step",
    ),
  ],
  filters: ["districtCode", "ageGroup"],
};
