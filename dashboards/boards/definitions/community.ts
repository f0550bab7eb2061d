import { OWNERS } from "../../metrics/metric.ts";
import { bars, type Board, grid, map, trend } from "../board.ts";

/** What districts do together. */
export const community: Board = {
  id: "community",
  title: { ja: "地域のつながり", en: "Community" },
  question: {
    ja: "アプリは地域の活動と助け合いを増やしているか。",
    en: "Do people do more together in their districts?",
  },
  decision: {
    ja: "校区への支援と地域活動の後押し",
    en: "Which districts to support, and how",
  },
  owner: OWNERS.community,
  audience: ["section", "council", "public"],
  headlines: [
    { metric: "active_people" },
    { metric: "activities" },
    { metric: "activity_people" },
    {
      metric: "mutual_aid",
      at: { step: "done" },
      title: { ja: "共助の実施", en: "Help given" },
    },
  ],
  charts: [
    map("active", {
      ja: "地域で活動した人（校区別）",
      en: "Active people by district",
    }, "active_people"),
    grid(
      "ages",
      { ja: "年齢と性別", en: "Age and sex" },
      "active_people",
      "ageGroup",
      "sex",
    ),
    trend("active-trend", {
      ja: "活動した人の推移",
      en: "Active people over time",
    }, "active_people"),
    bars("posts", { ja: "掲示板への投稿", en: "Posts" }, "posts", "category"),
    bars(
      "map-posts",
      { ja: "デジタルマップへの投稿", en: "Posts on the map" },
      "map_posts",
      "category",
    ),
    bars("aid", { ja: "共助", en: "Mutual aid" }, "mutual_aid", "step", {
      order: "code",
    }),
    bars(
      "thanks",
      { ja: "感謝ポイント", en: "Points of thanks" },
      "thanks",
      "category",
    ),
    bars(
      "activities",
      { ja: "校区の活動の参加者", en: "Participants by district" },
      "activity_people",
      "districtCode",
    ),
  ],
  filters: ["districtCode"],
};
