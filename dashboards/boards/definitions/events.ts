import { OWNERS } from "../../metrics/metric.ts";
import { bars, type Board, grid, map, trend } from "../board.ts";

/** Events and drills. */
export const events: Board = {
  id: "events",
  title: { ja: "行事と訓練", en: "Events and drills" },
  question: {
    ja: "行事にはどの校区・年代の人が来たか。ポイントの有無で違うか。",
    en: "Who comes to events, and does it differ with points?",
  },
  decision: {
    ja: "行事の企画とポイントの付け方",
    en: "What events to hold and whether to grant points",
  },
  owner: OWNERS.community,
  audience: ["section", "council", "public"],
  headlines: [
    {
      metric: "attendees",
      at: { mode: "normal" },
      title: { ja: "行事の参加者（平時）", en: "Attendees, ordinary days" },
    },
    {
      metric: "attendees",
      at: { mode: "drill" },
      title: { ja: "訓練の参加者", en: "Attendees of drills" },
    },
    {
      metric: "event_steps",
      at: { step: "applied" },
      title: { ja: "申込", en: "Applications" },
    },
  ],
  charts: [
    grid(
      "age-sex",
      { ja: "年齢と性別（平時）", en: "Age and sex, ordinary days" },
      "attendees",
      "ageGroup",
      "sex",
      { at: { mode: "normal" } },
    ),
    map(
      "districts",
      {
        ja: "校区別の参加者（平時）",
        en: "Attendees by district, ordinary days",
      },
      "attendees",
      { at: { mode: "normal" } },
    ),
    bars(
      "drill",
      { ja: "訓練の参加者（校区別）", en: "Attendees of drills by district" },
      "attendees",
      "districtCode",
      { at: { mode: "drill" } },
    ),
    bars(
      "each",
      { ja: "行事ごとの参加者", en: "Attendees of each event" },
      "event_people",
      "eventRef",
    ),
    bars(
      "steps",
      { ja: "閲覧・申込・取消", en: "Viewed, applied, cancelled" },
      "event_steps",
      "step",
      { order: "code" },
    ),
    bars(
      "reception",
      { ja: "受付方法ごとの受付時間", en: "Time of reception by method" },
      "reception_seconds",
      "method",
      { at: { mode: "drill" }, order: "code" },
    ),
    bars(
      "points",
      { ja: "ポイントの有無と参加", en: "With and without points" },
      "attendances_an_event",
      "offered",
      { order: "code" },
    ),
    trend(
      "over-time",
      { ja: "参加者の推移", en: "Attendees over time" },
      "attendees",
      { by: "mode" },
    ),
  ],
  filters: ["districtCode"],
};
