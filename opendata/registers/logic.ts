import { z } from "zod";
import { about, figure, oneOf } from "../column.ts";
import { key, list, register, words } from "./register.ts";

const metric = () =>
  key({ ja: "指標コード", en: "Metric code" }, /^[a-z][a-z0-9_]{0,79}$/);
const rows = () => list({ ja: "行の条件", en: "Rows" }).default([]);

/** What a city aims to reach, by fiscal year. Installs stand in its configuration. */
export const targets = register({
  id: "targets",
  title: { ja: "目標値", en: "Targets" },
  description: {
    ja: "年度ごとの目標値。KPIの画面で実績・見込みと比べます。",
    en:
      "Targets by fiscal year, held against figures and forecasts on the KPI page",
  },
  row: z.object({
    id: key({ ja: "コード", en: "Code" }),
    metric: metric(),
    /** Which rows of the metric, such as `surveyId=…`. */
    at: rows(),
    fiscalYear: z.int().min(2019).max(2100).meta(about({
      title: { ja: "年度", en: "Fiscal year" },
    })),
    target: figure({ ja: "目標値", en: "Target" }),
    source: words({ ja: "出典", en: "Source" }),
  }),
});

/** The boxes of the logic model, from what is put in to what it is for. */
export const logicNodes = register({
  id: "logic_nodes",
  keptByAnalysts: true,
  title: { ja: "ロジックモデルの項目", en: "Logic model: boxes" },
  description: {
    ja: "インプットからインパクトまでの項目と、それぞれの指標と選んだ理由",
    en:
      "From inputs to impact, each with its indicator and why that was chosen",
  },
  row: z.object({
    id: key({ ja: "コード", en: "Code" }),
    level: oneOf({ ja: "段階", en: "Level" }, {
      input: { ja: "インプット", en: "Input" },
      activity: { ja: "アクティビティ", en: "Activity" },
      output: { ja: "アウトプット", en: "Output" },
      outcome_short: { ja: "短期アウトカム", en: "Short-term outcome" },
      outcome_mid: { ja: "中期アウトカム", en: "Mid-term outcome" },
      outcome_long: { ja: "長期アウトカム", en: "Long-term outcome" },
      impact: { ja: "インパクト", en: "Impact" },
    }),
    titleJa: words({ ja: "名称（日本語）", en: "Title (Japanese)" }),
    titleEn: words({ ja: "名称（英語）", en: "Title (English)" }),
    metric: metric().optional(),
    at: rows(),
    why: words({ ja: "指標を選んだ理由", en: "Why this indicator" }).optional(),
    external: words({ ja: "外部要因", en: "External factors" }).optional(),
  }).refine(
    ({ metric, why }) => metric === undefined || why !== undefined,
    { path: ["why"], error: "An indicator needs the reason it was chosen" },
  ),
});

/** Why one box should lead to another, and whether that was tested. */
export const logicLinks = register({
  id: "logic_links",
  keptByAnalysts: true,
  title: { ja: "ロジックモデルのつながり", en: "Logic model: links" },
  description: {
    ja: "項目のつながりと仮定、検証した評価と根拠の水準",
    en:
      "Links between boxes, what they assume, and the evaluation that tested them",
  },
  row: z.object({
    id: key({ ja: "コード", en: "Code" }),
    from: key({ ja: "元の項目", en: "From" }),
    to: key({ ja: "先の項目", en: "To" }),
    assumption: words({ ja: "仮定", en: "Assumption" }),
    evidence: oneOf({ ja: "根拠の水準", en: "Evidence level" }, {
      none: { ja: "仮定のみ", en: "Assumed" },
      "1": { ja: "1（無作為化比較）", en: "1 (randomised)" },
      "2a": { ja: "2a（準実験）", en: "2a (quasi-experiment)" },
      "2b": { ja: "2b（回帰など）", en: "2b (regression)" },
      "3": { ja: "3（前後・単純比較）", en: "3 (before and after)" },
      "4": { ja: "4（意見・事例）", en: "4 (opinion, case)" },
    }).default("none"),
    evaluation: words({ ja: "検証した評価", en: "Evaluation" }).optional(),
  }).refine(({ from, to }) => from !== to, {
    path: ["to"],
    error: "A link leads to another box",
  }).refine(
    ({ evidence, evaluation }) =>
      evidence === "none" || evaluation !== undefined,
    { path: ["evaluation"], error: "A tested link names its evaluation" },
  ),
});
