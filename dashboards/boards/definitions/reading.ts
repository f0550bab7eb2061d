import { OWNERS } from "../../metrics/metric.ts";
import { bars, type Board, grid, trend } from "../board.ts";

/** How articles are found and read. */
export const reading: Board = {
  id: "reading",
  title: { ja: "記事と検索", en: "Articles and searching" },
  question: {
    ja: "記事は見つけられ、誰にでも読める形になっているか。",
    en: "Are articles found, and can everyone read them?",
  },
  decision: {
    ja: "並び替えの規則と、代替テキストの徹底",
    en: "Rules of ordering, and text alternatives",
  },
  owner: OWNERS.pr,
  audience: ["section"],
  headlines: [
    { metric: "click_through" },
    { metric: "alt_text_share" },
    { metric: "search_misses" },
    {
      metric: "ranking_people",
      at: { optedOut: "true" },
      title: {
        ja: "並び替えを止めた人",
        en: "People who switched the order off",
      },
    },
  ],
  charts: [
    grid(
      "positions",
      { ja: "表示順位と閲覧率", en: "Opened by position and ranking" },
      "click_through",
      "position",
      "rankerVersion",
    ),
    bars(
      "ages",
      { ja: "年齢別の閲覧率", en: "Opened by age group" },
      "article_rate",
      "ageGroup",
      { order: "code" },
    ),
    bars(
      "districts",
      { ja: "校区別の閲覧率", en: "Opened by district" },
      "article_rate",
      "districtCode",
    ),
    grid(
      "attachments",
      {
        ja: "添付の形式と代替テキスト",
        en: "Attachments by type and text alternative",
      },
      "attachments",
      "mime",
      "altText",
    ),
    trend("alt-text", {
      ja: "代替テキストの割合の推移",
      en: "Text alternatives over time",
    }, "alt_text_share"),
    bars(
      "misses",
      { ja: "分野ごとの結果なし", en: "Without a result, by topic" },
      "search_misses",
      "topic",
    ),
  ],
  filters: ["sex"],
};
