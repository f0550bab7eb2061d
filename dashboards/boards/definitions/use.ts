import { OWNERS } from "../../metrics/metric.ts";
import { bars, type Board, funnel, grid, multiples, trend } from "../board.ts";

/** Which mini-apps are used, by whom. */
export const use: Board = {
  id: "use",
  title: { ja: "ミニアプリの利用", en: "Use of mini-apps" },
  question: {
    ja: "どのミニアプリが、どの年代に使われているか。",
    en: "Which mini-apps are used, and by which age groups?",
  },
  decision: {
    ja: "改善・統合・終了するミニアプリ",
    en: "Mini-apps to improve, to merge or to end",
  },
  owner: OWNERS.digital,
  audience: ["mayor", "section", "council", "public"],
  headlines: [
    { metric: "miniapp_clicks" },
    { metric: "sessions" },
    { metric: "tasks_done" },
    { metric: "sso_share" },
    { metric: "app_errors" },
    { metric: "clicks_so_far" },
  ],
  charts: [
    bars(
      "ranking-clicks",
      { ja: "ミニアプリランキング（クリック）", en: "Mini-apps by clicks" },
      "miniapp_clicks",
      "miniAppId",
    ),
    bars(
      "ranking-users",
      { ja: "ミニアプリランキング（利用者）", en: "Mini-apps by users" },
      "miniapp_users",
      "miniAppId",
    ),
    grid(
      "ages",
      { ja: "年齢別の利用者", en: "Users by age group" },
      "miniapp_users",
      "miniAppId",
      "ageGroup",
    ),
    multiples(
      "each",
      { ja: "ミニアプリごとの推移", en: "Each mini-app over time" },
      "miniapp_clicks",
      "miniAppId",
    ),
    bars(
      "depth",
      { ja: "1人あたりのクリック", en: "Clicks a user" },
      "clicks_per_user",
      "miniAppId",
    ),
    trend(
      "clicks",
      { ja: "クリックの推移", en: "Clicks over time" },
      "miniapp_clicks",
    ),
    trend(
      "sessions",
      { ja: "起動の推移", en: "Sessions over time" },
      "sessions",
    ),
    funnel(
      "qr",
      { ja: "QRから利用まで", en: "From QR code to use" },
      "qr_people",
      "step",
      ["scanned", "installed", "opened"],
    ),
  ],
  filters: ["ageGroup", "sex", "districtCode"],
};
