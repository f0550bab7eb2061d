import { OWNERS } from "../../metrics/metric.ts";
import { type Board, map, trend } from "../board.ts";

/** One district beside the others. */
export const districts: Board = {
  id: "districts",
  title: { ja: "校区の比較", en: "Districts compared" },
  question: {
    ja: "校区によって登録・利用・活動はどう違うか。",
    en: "How do districts differ in registering, using and doing?",
  },
  decision: {
    ja: "校区ごとの教室・相談会の配分",
    en: "How to share out classes and help among districts",
  },
  owner: OWNERS.community,
  audience: ["section", "council", "public"],
  headlines: [
    { metric: "card_registrants" },
    {
      metric: "mode_people",
      at: { mode: "normal" },
      title: { ja: "平時の利用者", en: "Users on ordinary days" },
    },
    { metric: "active_people" },
  ],
  charts: [
    map("rate", { ja: "登録率", en: "Registration" }, "card_registration_rate"),
    map(
      "users",
      { ja: "利用者（平時）", en: "Users on ordinary days" },
      "mode_people",
      { at: { mode: "normal" } },
    ),
    map(
      "active",
      { ja: "地域で活動した人", en: "Active people" },
      "active_people",
    ),
    map(
      "classes",
      { ja: "教室の回数", en: "Classes held" },
      "district_classes",
    ),
    trend(
      "registrants",
      { ja: "登録者の推移", en: "Registrants over time" },
      "card_registrants",
    ),
  ],
  filters: ["districtCode"],
};
