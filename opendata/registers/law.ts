import { z } from "zod";
import { day, figure, oneOf } from "../column.ts";
import { key, list, register, words } from "./register.ts";

/** For what personal data may be used. */
export const purposes = register({
  id: "purposes",
  title: { ja: "利用目的", en: "Purposes" },
  description: {
    ja: "個人情報の利用目的と法的根拠",
    en: "For what personal data may be used, and on which legal basis",
  },
  row: z.object({
    id: key({ ja: "目的コード", en: "Purpose code" }),
    title: words({ ja: "名称", en: "Title" }),
    basis: oneOf({ ja: "法的根拠", en: "Legal basis" }, {
      consent: { ja: "同意", en: "Consent" },
      law: { ja: "法令", en: "Law" },
      duty: { ja: "所掌事務", en: "Duty" },
    }),
    items: list({ ja: "項目", en: "Items" }),
    policyVersion: key({ ja: "規約の版", en: "Policy version" }).optional(),
  }),
});

/** Who may be sent what, under which contract. */
export const contracts = register({
  id: "contracts",
  title: { ja: "データ連携契約", en: "Data-flow contracts" },
  description: {
    ja: "どのミニアプリや外部サービスに何を渡してよいか",
    en: "Which mini-app or outside service may be sent what",
  },
  row: z.object({
    id: key({ ja: "契約コード", en: "Contract code" }),
    from: key({ ja: "提供元", en: "From" }),
    to: key({ ja: "提供先", en: "To" }),
    items: list({ ja: "項目", en: "Items" }),
    purpose: key({ ja: "目的コード", en: "Purpose code" }),
    validFrom: day({ ja: "開始日", en: "Valid from" }),
    validTo: day({ ja: "終了日", en: "Valid to" }).optional(),
  }),
});

/** What the city wants to change, and how it sees whether it does. */
export const aims = register({
  id: "aims",
  title: { ja: "ねらいと指標", en: "Aims and indicators" },
  description: {
    ja: "ロジックモデルのねらい・約束・社会課題と、それぞれの指標",
    en:
      "Aims, promises and social problems of the logic model, each with its indicators",
  },
  row: z.object({
    id: key({ ja: "コード", en: "Code" }),
    group: oneOf({ ja: "区分", en: "Group" }, {
      aim: { ja: "ねらい", en: "Aim" },
      promise: { ja: "約束", en: "Promise" },
      problem: { ja: "社会課題", en: "Social problem" },
      result: { ja: "成果", en: "Result" },
      context: { ja: "環境指標", en: "Context" },
    }),
    title: words({ ja: "名称", en: "Title" }),
    activity: words({ ja: "活動", en: "Activity" }).optional(),
    /** Dataset and table of the figure, such as `miniapp_usage.miniapp_usage.users`. */
    indicator: key(
      { ja: "指標", en: "Indicator" },
      /^[a-z0-9_]+\.[a-z0-9_]+\.[A-Za-z0-9_]+$/,
    ).optional(),
    /** Which row of the table, such as `kind=company`. */
    at: list({ ja: "行の条件", en: "Row" }).default([]),
    level: oneOf({ ja: "段階", en: "Level" }, {
      output: { ja: "アウトプット", en: "Output" },
      outcome: { ja: "アウトカム", en: "Outcome" },
      impact: { ja: "インパクト", en: "Impact" },
      context: { ja: "環境", en: "Context" },
    }),
    /** A published figure where no dataset of ours measures it. */
    published: figure({ ja: "公表値", en: "Published figure" }).optional(),
    source: words({ ja: "出典", en: "Source" }).optional(),
  }).refine(
    ({ indicator, published, source }) =>
      indicator !== undefined ||
      (published !== undefined && source !== undefined),
    {
      path: ["indicator"],
      error: "Neither an indicator nor a published figure",
    },
  ),
});
