import { z } from "zod";
import { about, code, figure, month, oneOf } from "../column.ts";
import { dataset } from "../dataset.ts";
import { figures } from "../family.ts";
import { MILESTONE_KINDS } from "../registers/programmes.ts";

const reason = {
  ja: "市が定めたねらいと、公表済みの数値であるため",
  en: "The city's own aims and figures that have been published already",
};
const text = (title: { ja: string; en: string }) =>
  z.string().max(200).meta(about({ title }));

/** What the city aims for, what measures it, and what happened when. */
export const logicModel = dataset({
  id: "logic_model",
  title: { ja: "ねらいと指標", en: "Aims and indicators" },
  description: {
    ja:
      "ロジックモデルのねらい・約束・社会課題・成果と、公表済みの数値による指標、できごとの一覧です。",
    en:
      "Aims, promises, social problems and results of the logic model, their indicators from published figures, and milestones.",
  },
  cadence: "monthly",
  theme: "GOVE",
  purpose: {
    ja: "何のための事業で、何が変わったかを示すため",
    en: "To show what the programme is for and what has changed",
  },
  keywords: [
    { ja: "EBPM", en: "EBPM" },
    { ja: "ロジックモデル", en: "logic model" },
  ],
  tables: {
    indicators: figures({
      title: { ja: "指標", en: "Indicators" },
      description: {
        ja: "ねらいごとの指標と、公表済みのデータセットから取った値",
        en: "The indicator of each aim and its value in the published datasets",
      },
      row: z.object({
        month: month(),
        aimId: code({ ja: "コード", en: "Code" }),
        group: oneOf({ ja: "区分", en: "Group" }, {
          aim: { ja: "ねらい", en: "Aim" },
          promise: { ja: "約束", en: "Promise" },
          problem: { ja: "社会課題", en: "Social problem" },
          result: { ja: "成果", en: "Result" },
          context: { ja: "環境指標", en: "Context" },
        }),
        title: text({ ja: "名称", en: "Title" }),
        level: oneOf({ ja: "段階", en: "Level" }, {
          output: { ja: "アウトプット", en: "Output" },
          outcome: { ja: "アウトカム", en: "Outcome" },
          impact: { ja: "インパクト", en: "Impact" },
          context: { ja: "環境", en: "Context" },
        }),
        source: text({ ja: "出典", en: "Source" }),
        state: oneOf({ ja: "状態", en: "State" }, {
          measured: { ja: "測定済", en: "Measured" },
          withheld: { ja: "秘匿", en: "Withheld" },
          missing: { ja: "データなし", en: "No data" },
        }),
        value: figure({ ja: "値", en: "Value" }).nullable(),
      }),
      period: "month",
      measures: ["value"],
      reason,
    }),
    milestones: figures({
      title: { ja: "できごと", en: "Milestones" },
      description: {
        ja: "推移のグラフに注記するできごと",
        en: "What happened when, for the annotations of trends",
      },
      row: z.object({
        month: month(),
        milestoneId: code({ ja: "コード", en: "Code" }),
        date: z.iso.date().meta(about({ title: { ja: "年月日", en: "Date" } })),
        kind: code({ ja: "種別", en: "Kind" }, {
          ...MILESTONE_KINDS,
          // Of those that the app tells by itself.
          lottery: { ja: "抽選", en: "Lottery" },
          release: { ja: "公表", en: "Release" },
        }),
        title: text({ ja: "できごと", en: "What happened" }),
        count: z.int().meta(about({ title: { ja: "件数", en: "Count" } })),
      }),
      period: "month",
      measures: ["count"],
      reason,
    }),
  },
});
