import { OWNERS } from "../../metrics/metric.ts";
import { bars, type Board, grid, trend } from "../board.ts";

/** Ordinary days, drills and disasters, apart. */
export const modes: Board = {
  id: "modes",
  title: { ja: "平時・訓練・災害", en: "Ordinary days, drills, disasters" },
  question: {
    ja: "日常のアプリは、訓練や災害のときにも使われているか。",
    en: "Is the everyday app used in drills and disasters, too?",
  },
  decision: {
    ja: "訓練の計画と、災害時の案内方法",
    en: "How to plan drills and how to inform in a disaster",
  },
  owner: OWNERS.disaster,
  audience: ["mayor", "section", "council", "public"],
  headlines: [
    {
      metric: "mode_people",
      at: { mode: "normal" },
      title: { ja: "平時の利用者", en: "Users on ordinary days" },
    },
    {
      metric: "mode_people",
      at: { mode: "drill" },
      title: { ja: "訓練での利用者", en: "Users in drills" },
    },
    {
      metric: "mode_people",
      at: { mode: "disaster" },
      title: { ja: "災害時の利用者", en: "Users in disasters" },
    },
  ],
  charts: [
    trend(
      "users",
      { ja: "区分ごとの利用者", en: "Users by mode" },
      "mode_people",
      { by: "mode" },
    ),
    trend(
      "attendees",
      { ja: "区分ごとの行事参加者", en: "Attendees by mode" },
      "attendees",
      { by: "mode" },
    ),
    bars(
      "drill-districts",
      { ja: "訓練の参加者（校区別）", en: "Attendees of drills by district" },
      "attendees",
      "districtCode",
      { at: { mode: "drill" } },
    ),
    grid(
      "notices",
      { ja: "区分ごとのお知らせの到達", en: "Reach of notices by mode" },
      "reached_people",
      "mode",
      "step",
    ),
    grid(
      "cards",
      { ja: "市民証の提示", en: "Cards shown" },
      "credential_uses",
      "context",
      "mode",
    ),
  ],
  filters: ["districtCode"],
};
