import type { Text } from "@hiraku/kernel";
import { z } from "zod";
import { about, figure, oneOf } from "../column.ts";
import { key, register, words } from "./register.ts";

/** The 24 factors of 地域幸福度(Well-Being)指標 in their order; English is ours. */
export const WELLBEING_FACTORS = {
  "01": { ja: "医療・福祉", en: "Medical care and welfare" },
  "02": { ja: "買物・飲食", en: "Shopping and dining" },
  "03": { ja: "住宅環境", en: "Housing" },
  "04": { ja: "移動・交通", en: "Mobility and transport" },
  "05": { ja: "遊び・娯楽", en: "Play and entertainment" },
  "06": { ja: "子育て", en: "Child-rearing" },
  "07": { ja: "初等・中等教育", en: "Primary and secondary education" },
  "08": { ja: "地域行政", en: "Local administration" },
  "09": { ja: "デジタル生活", en: "Digital life" },
  "10": { ja: "公共空間", en: "Public space" },
  "11": { ja: "都市景観", en: "Cityscape" },
  "12": { ja: "自然景観", en: "Natural scenery" },
  "13": { ja: "自然の恵み", en: "Blessings of nature" },
  "14": { ja: "環境共生", en: "Living with the environment" },
  "15": { ja: "自然災害", en: "Natural disasters" },
  "16": { ja: "事故・犯罪", en: "Accidents and crime" },
  "17": { ja: "地域とのつながり", en: "Ties with the community" },
  "18": { ja: "多様性と寛容性", en: "Diversity and tolerance" },
  "19": { ja: "自己効力感", en: "Self-efficacy" },
  "20": { ja: "健康状態", en: "Health" },
  "21": { ja: "文化・芸術", en: "Culture and arts" },
  "22": { ja: "教育機会の豊かさ", en: "Richness of educational opportunity" },
  "23": { ja: "雇用・所得", en: "Employment and income" },
  "24": { ja: "事業創造", en: "Starting new businesses" },
} as const satisfies Record<string, Text>;

/** Scores of well-being as the city downloads or surveys them; none are shipped. */
export const wellbeing = register({
  id: "wellbeing",
  title: { ja: "地域幸福度（LWC）", en: "Well-being (LWC)" },
  description: {
    ja:
      "24の因子ごとの主観・客観の値。市が公表元から入手したもの、または市の調査の値を取り込みます。ほかの市の値は入れません。",
    en:
      "Subjective and objective scores of 24 factors, as the city downloads or surveys them; never those of other cities",
  },
  row: z.object({
    id: key({ ja: "コード", en: "Code" }),
    year: z.int().min(2019).max(2100).meta(about({
      title: { ja: "年", en: "Year" },
    })),
    factor: oneOf({ ja: "因子", en: "Factor" }, WELLBEING_FACTORS),
    kind: oneOf({ ja: "種別", en: "Kind" }, {
      subjective: { ja: "主観", en: "Subjective" },
      objective: { ja: "客観", en: "Objective" },
    }),
    score: figure({ ja: "値", en: "Score" }),
    /** Answers behind it, for a survey of the city's own. */
    answers: z.int().positive().meta(about({
      title: { ja: "回答数", en: "Answers" },
    })).optional(),
    source: words({ ja: "出典", en: "Source" }),
  }).refine(
    ({ kind, answers }) => kind === "subjective" || answers === undefined,
    { path: ["answers"], error: "Only a subjective score has answers" },
  ),
});
