import { OWNERS } from "../../metrics/metric.ts";
import { bars, type Board, grid } from "../board.ts";

/** What people choose to hear of. */
export const interest: Board = {
  id: "interest",
  title: { ja: "関心マップ", en: "Map of interest" },
  question: {
    ja: "住民は何に関心を持ち、どの地区の情報を求めているか。",
    en: "What do residents care for, and of which areas do they want to hear?",
  },
  decision: {
    ja: "発信する分野と地区の重み",
    en: "Topics and areas to write more about",
  },
  owner: OWNERS.pr,
  audience: ["section", "public"],
  headlines: [
    { metric: "searches" },
    { metric: "search_misses" },
    { metric: "outbound" },
  ],
  charts: [
    bars(
      "interests",
      { ja: "関心のある分野", en: "Topics of interest" },
      "interest_people",
      "topic",
    ),
    grid(
      "areas",
      { ja: "校区ごとの関心", en: "Interest by district" },
      "interest_people",
      "districtCode",
      "topic",
    ),
    bars(
      "wanted",
      { ja: "関心のある地区", en: "Areas of interest" },
      "interest_areas",
      "areaCode",
    ),
    bars(
      "topics",
      { ja: "読まれた話題", en: "Topics read" },
      "topic_people",
      "topic",
    ),
    grid(
      "hours",
      { ja: "話題と時間帯", en: "Topics by hour" },
      "topic_reads",
      "topic",
      "hour",
    ),
    bars(
      "outbound",
      { ja: "外部への移動と共有", en: "Links followed and shared" },
      "outbound",
      "target",
    ),
  ],
  filters: ["ageGroup", "sex"],
};
