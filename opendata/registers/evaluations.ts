import { z } from "zod";
import { day, oneOf } from "../column.ts";
import { key, list, register, words } from "./register.ts";

/** Questions of effect the city asks of its released figures, each by one design. */
export const evaluations = register({
  id: "evaluations",
  title: { ja: "評価", en: "Evaluations" },
  description: {
    ja:
      "施策の効果を、公開済みの指標と1つの設計で確かめる問い。結果は画面で計算します。",
    en:
      "Questions of effect, each asked of one released metric by one design; the page computes the answer",
  },
  row: z.object({
    id: key({ ja: "コード", en: "Code" }),
    questionJa: words({ ja: "問い（日本語）", en: "Question (Japanese)" }),
    questionEn: words({ ja: "問い（英語）", en: "Question (English)" }),
    design: oneOf({ ja: "設計", en: "Design" }, {
      did: { ja: "差の差", en: "Difference in differences" },
      its: { ja: "中断時系列", en: "Interrupted time series" },
      rd: { ja: "回帰不連続（時間）", en: "Regression discontinuity in time" },
      sc: { ja: "合成コントロール", en: "Synthetic control" },
      ols: { ja: "回帰", en: "Regression" },
    }),
    metric: key(
      { ja: "指標コード", en: "Metric code" },
      /^[a-z][a-z0-9_]{0,79}$/,
    ),
    at: list({ ja: "行の条件", en: "Rows" }).default([]),
    /** Figures are held against this one, such as registrants, where it grows by itself. */
    per: key(
      { ja: "1,000あたりにする指標コード", en: "Per 1,000 of (metric code)" },
      /^[a-z][a-z0-9_]{0,79}$/,
    ).optional(),
    /** The month in which it falls is left out unless it is the first day. */
    intervention: day({ ja: "介入日", en: "Intervention" }),
    /** Earlier figures are not used. */
    from: day({ ja: "いつからの数値か", en: "Figures from" }).optional(),
    unit: oneOf({ ja: "比べる単位", en: "Units compared" }, {
      districtCode: { ja: "校区", en: "Districts" },
      miniAppId: { ja: "ミニアプリ", en: "Mini-apps" },
    }).optional(),
    treated: list({ ja: "対象", en: "Treated" }).default([]),
    comparison: list({ ja: "比較", en: "Comparison" }).default([]),
    /** The link of the logic model it tests. */
    link: key({ ja: "検証するつながり", en: "Link tested" }).optional(),
    argumentJa: words({
      ja: "データで確かめられない仮定についての説明（日本語）",
      en: "Argument for what data cannot tell (Japanese)",
    }).optional(),
    argumentEn: words({
      ja: "データで確かめられない仮定についての説明（英語）",
      en: "Argument for what data cannot tell (English)",
    }).optional(),
  }).refine(
    ({ design, unit }) =>
      (unit === undefined) === (design === "its" || design === "rd"),
    {
      path: ["unit"],
      error: "did, sc and ols compare units; its and rd follow one series",
    },
  ).refine(
    ({ unit, treated }) => (unit === undefined) === (treated.length === 0),
    { path: ["treated"], error: "Units compared have treated ones" },
  ).refine(
    ({ unit, comparison }) =>
      (unit === undefined) === (comparison.length === 0),
    { path: ["comparison"], error: "Units compared have others" },
  ).refine(
    ({ design, treated }) => design !== "sc" || treated.length === 1,
    { path: ["treated"], error: "A synthetic control has one treated unit" },
  ).refine(
    ({ treated, comparison }) =>
      !comparison.some((one) => treated.includes(one)),
    { path: ["comparison"], error: "A unit is treated and compared with" },
  ),
});
