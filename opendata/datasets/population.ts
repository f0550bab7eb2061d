import { z } from "zod";
import { about, day, persons } from "../column.ts";
import { dataset, table } from "../dataset.ts";

/** Inhabitants by area as the city publishes them; the denominator of rates. */
export const population = dataset({
  id: "population",
  title: { ja: "地域別人口", en: "Population by area" },
  description: {
    ja:
      "市がすでに公表している住民基本台帳の地域別人口を、利用率の分母として使う形に整えたものです。",
    en:
      "The resident-register population by area that the city already publishes, in the shape in which it serves as a denominator.",
  },
  cadence: "irregular",
  theme: "SOCI",
  purpose: {
    ja: "利用率の分母を示すため",
    en: "To show the denominator of rates",
  },
  keywords: [
    { ja: "人口", en: "population" },
    { ja: "住民基本台帳", en: "resident register" },
  ],
  tables: {
    population: table({
      title: { ja: "地域別人口", en: "Population by area" },
      description: {
        ja: "調査日ごと、地域ごとの総人口・男性・女性",
        en: "Total, male and female inhabitants by survey date and area",
      },
      row: z.object({
        surveyDate: day({ ja: "調査年月日", en: "Survey date" }),
        areaCode: z.string().min(1).max(40).meta(about({
          title: { ja: "地域コード", en: "Area code" },
        })),
        areaName: z.string().min(1).max(80).meta(about({
          title: { ja: "地域名", en: "Area name" },
        })),
        total: persons({ ja: "総人口", en: "Population" }),
        male: persons({ ja: "男性", en: "Male" }),
        female: persons({ ja: "女性", en: "Female" }),
      }),
      period: "surveyDate",
      dimensions: ["areaCode", "areaName"],
      measures: ["total", "male", "female"],
      disclosure: {
        kind: "none",
        reason: {
          ja: "住民基本台帳の人口として市がすでに公表している数であるため",
          en: "Already published by the city as resident-register population",
        },
      },
    }),
  },
});
