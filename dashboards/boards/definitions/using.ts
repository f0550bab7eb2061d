import { OWNERS } from "../../metrics/metric.ts";
import {
  bars,
  type Board,
  funnel,
  grid,
  listOf,
  multiples,
  trend,
} from "../board.ts";

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

/** What services there are and who offers them. */
export const catalogue: Board = {
  id: "catalogue",
  title: { ja: "サービス一覧と提供者", en: "Services and providers" },
  question: {
    ja: "どのサービスを誰が提供し、どれだけ使われているか。",
    en: "Which services are there, who offers them, and are they used?",
  },
  decision: {
    ja: "民間・市民団体の参加を広げる分野",
    en: "Fields in which to win companies and citizens' groups",
  },
  owner: OWNERS.digital,
  audience: ["section", "partner", "public"],
  headlines: [
    {
      metric: "providers",
      at: { stage: "live" },
      title: { ja: "提供中の提供者", en: "Providers that are live" },
    },
    { metric: "miniapp_clicks" },
    { metric: "tasks_done" },
  ],
  charts: [
    listOf(
      "mini-apps",
      { ja: "ミニアプリ", en: "Mini-apps" },
      "service_catalogue.mini_apps",
      ["name", "category", "provider", "state", "instances"],
    ),
    grid(
      "providers",
      { ja: "提供者", en: "Providers" },
      "providers",
      "kind",
      "stage",
    ),
    bars(
      "provider-use",
      { ja: "提供者の種別ごとの利用者", en: "Users by kind of provider" },
      "provider_people",
      "kind",
      { order: "code" },
    ),
    grid(
      "listings",
      { ja: "一覧での表示から起動まで", en: "From list to opening" },
      "listing_people",
      "miniAppId",
      "step",
    ),
    listOf(
      "procedures",
      { ja: "手続", en: "Procedures" },
      "service_catalogue.procedures",
      ["name", "office", "online"],
    ),
  ],
  filters: [],
};

/** The AI guide. */
export const ai: Board = {
  id: "ai",
  title: { ja: "生成AI案内", en: "AI guide" },
  question: {
    ja: "AI案内は何に使われ、どれだけ答えられ、いくらかかるか。",
    en: "What is the AI guide asked, how much can it answer, and at what cost?",
  },
  decision: {
    ja: "AI案内を続けるか、どの分野を補うか",
    en: "Whether to go on with it, and which topics to add",
  },
  owner: OWNERS.digital,
  audience: ["section", "council"],
  headlines: [
    { metric: "ai_questions" },
    { metric: "ai_unanswered" },
    { metric: "ai_cost" },
  ],
  charts: [
    bars(
      "intents",
      { ja: "質問の意図", en: "Intents" },
      "ai_questions",
      "intent",
    ),
    bars(
      "unanswered",
      { ja: "回答できなかった割合", en: "Unanswered by intent" },
      "ai_unanswered",
      "intent",
    ),
    trend(
      "questions",
      { ja: "質問の推移", en: "Questions over time" },
      "ai_questions",
    ),
    trend("cost", { ja: "費用の推移", en: "Cost over time" }, "ai_cost"),
  ],
  filters: ["ageGroup"],
};
