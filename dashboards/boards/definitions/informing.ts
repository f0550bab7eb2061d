import { OWNERS } from "../../metrics/metric.ts";
import { bars, type Board, grid, listOf, map, trend } from "../board.ts";

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

/** What people need and say. */
export const needs: Board = {
  id: "needs",
  title: { ja: "市民の声とニーズ", en: "Voices and needs" },
  question: {
    ja: "住民は何に困り、市はそれに何をしたか。",
    en: "What do residents struggle with, and what was done about it?",
  },
  decision: {
    ja: "来年度に取り組む課題",
    en: "Problems to take up next year",
  },
  owner: OWNERS.pr,
  audience: ["mayor", "section", "council", "public"],
  headlines: [
    { metric: "replies_received" },
    { metric: "reply_share" },
    { metric: "acted_on" },
    { metric: "search_misses" },
  ],
  charts: [
    grid(
      "ages",
      { ja: "話題と年齢", en: "Topics by age group" },
      "voices",
      "topic",
      "ageGroup",
    ),
    grid(
      "districts",
      { ja: "話題と校区", en: "Topics by district" },
      "voices",
      "districtCode",
      "topic",
    ),
    bars(
      "categories",
      { ja: "ご意見の区分", en: "Feedback by category" },
      "replies_received",
      "category",
    ),
    bars(
      "acted",
      { ja: "改善したご意見", en: "Feedback acted on" },
      "acted_on",
      "category",
    ),
    bars(
      "days",
      { ja: "回答までの日数", en: "Days to an answer" },
      "reply_days",
      "category",
    ),
    trend("received", { ja: "受付と改善の推移", en: "Received and acted on" }, [
      "replies_received",
      "acted_on",
    ]),
    bars(
      "searches",
      { ja: "検索された分野", en: "Topics searched for" },
      "searches",
      "topic",
    ),
  ],
  filters: [],
};

/** Surveys. */
export const surveys: Board = {
  id: "surveys",
  title: { ja: "アンケート", en: "Surveys" },
  question: {
    ja: "利用者は満足しているか。その値はどれだけ確かか。",
    en: "Are users content, and how sure is that figure?",
  },
  decision: {
    ja: "KPI②（満足度）の達成判定と次の調査の設計",
    en: "Whether the aim for satisfaction is met, and the next survey's design",
  },
  owner: OWNERS.pr,
  audience: ["mayor", "section", "council", "public"],
  headlines: [
    { metric: "survey_mean" },
    { metric: "survey_weighted" },
    { metric: "response_rate" },
    {
      metric: "survey_people",
      at: { step: "answered" },
      title: { ja: "回答者", en: "People who answered" },
    },
  ],
  charts: [
    bars("answers", { ja: "回答の分布", en: "Answers" }, "answers", "answer", {
      order: "code",
    }),
    listOf(
      "results",
      {
        ja: "設問ごとの平均と95%信頼区間",
        en: "Mean of each question with its 95 % interval",
      },
      "survey_results.results",
      [
        "surveyId",
        "question",
        "people",
        "mean",
        "low",
        "high",
        "weighted",
        "designEffect",
        "responseRate",
      ],
      "all",
    ),
    bars(
      "ages",
      { ja: "対象者の年齢", en: "People asked by age group" },
      "survey_people",
      "ageGroup",
      { at: { step: "eligible" }, order: "code" },
    ),
    bars(
      "answered-ages",
      { ja: "回答者の年齢", en: "People who answered by age group" },
      "survey_people",
      "ageGroup",
      { at: { step: "answered" }, order: "code" },
    ),
  ],
  filters: ["surveyId", "question"],
};
