import { OWNERS } from "../../metrics/metric.ts";
import { bars, type Board, grid, listOf, map } from "../board.ts";

/** Shelters. */
export const shelters: Board = {
  id: "shelters",
  title: { ja: "避難所と必要物資", en: "Shelters and needs" },
  question: {
    ja: "避難所では誰をどれだけ早く受け付け、物資は足りたか。",
    en: "Who was received at shelters, how fast, and were needs met?",
  },
  decision: {
    ja: "備蓄の配置と受付方法",
    en: "Where to keep supplies and how to receive people",
  },
  owner: OWNERS.disaster,
  audience: ["mayor", "section", "council"],
  headlines: [
    {
      metric: "evacuees",
      at: { mode: "drill" },
      title: { ja: "訓練の避難者", en: "People received in drills" },
    },
    {
      metric: "evacuees",
      at: { mode: "disaster" },
      title: { ja: "災害の避難者", en: "People received in disasters" },
    },
    {
      metric: "reception_seconds",
      at: { mode: "drill", method: "qr" },
      title: { ja: "QRの受付時間（訓練）", en: "Reception by QR, drills" },
    },
    {
      metric: "reception_seconds",
      at: { mode: "drill", method: "paper" },
      title: { ja: "紙の受付時間（訓練）", en: "Reception on paper, drills" },
    },
  ],
  charts: [
    grid(
      "needs",
      { ja: "避難所と品目ごとの要望", en: "Needs by shelter and item" },
      "needs_reported",
      "shelterId",
      "item",
    ),
    bars(
      "met",
      { ja: "品目ごとの充足率", en: "Needs met by item" },
      "needs_met",
      "item",
    ),
    listOf(
      "ageing",
      { ja: "充足までの時間", en: "How long needs wait" },
      "shelter_record.needs",
      ["shelterId", "item", "mode", "reported", "fulfilled", "hours"],
    ),
    grid(
      "reception",
      {
        ja: "受付時間（方法と区分）",
        en: "Time of reception by method and mode",
      },
      "reception_seconds",
      "method",
      "mode",
    ),
    grid(
      "shelters",
      { ja: "避難所ごとの避難者", en: "People received by shelter" },
      "shelter_people",
      "shelterId",
      "mode",
    ),
    grid(
      "ages",
      { ja: "避難者の年齢（訓練）", en: "Ages of people received, drills" },
      "evacuees",
      "ageGroup",
      "sex",
      { at: { mode: "drill" } },
    ),
    map(
      "parties",
      { ja: "受付した人の校区（訓練）", en: "Where people came from, drills" },
      "party_people",
      { at: { mode: "drill" } },
    ),
    bars(
      "searches",
      { ja: "避難所の検索", en: "Searches for shelters" },
      "shelter_searches",
      "hazard",
    ),
  ],
  filters: [],
};
