import { z } from "zod";
import {
  about,
  code,
  day,
  district,
  figure,
  month,
  oneOf,
  persons,
  times,
} from "../column.ts";
import { dataset } from "../dataset.ts";
import { figures } from "../family.ts";

const reasonCode = (sensitive: "in-groups" | "in-small-groups") => {
  const title = { ja: "理由", en: "Reason" };
  const names = {
    illness: { ja: "病気", en: "Illness" },
    injury: { ja: "けが", en: "Injury" },
    family: { ja: "家庭の都合", en: "Family" },
    other: { ja: "その他", en: "Other" },
  };
  return oneOf(title, names).meta(about({ title, names, sensitive }));
};
const absences = { ja: "欠席者数", en: "Absences" };

/** Absences of schools in numbers, and how well they warn of infections. */
export const schoolAbsence = dataset({
  id: "school_absence",
  title: { ja: "学校の出欠", en: "School absence" },
  description: {
    ja:
      "学校の欠席連絡を日・理由・学年ごとに数えたものと、感染症の兆しを知らせる仕組みの精度です。氏名は受け取りません。",
    en:
      "Absences by day, reason and grade, and how well the early warning of infections works. No name is taken.",
  },
  cadence: "monthly",
  theme: "EDUC",
  purpose: {
    ja: "感染症の広がりに早く気づくため",
    en: "To notice early when an infection spreads",
  },
  keywords: [{ ja: "学校", en: "schools" }],
  tables: {
    days: {
      title: { ja: "日ごとの欠席", en: "By day" },
      description: {
        ja: "市全体の日・理由ごとの欠席者数",
        en: "Absences of the whole city by day and reason",
      },
      row: z.object({
        date: day({ ja: "年月日", en: "Date" }),
        reasonCode: reasonCode("in-small-groups"),
        people: persons(absences),
      }),
      period: "date",
      dimensions: ["reasonCode"],
      measures: ["people"],
      disclosure: { kind: "flow", people: "people" },
    },
    grades: {
      title: { ja: "学年ごとの欠席率", en: "By grade" },
      description: {
        ja: "月・学年ごとの延べ欠席者数と、在籍者1,000人・1日あたりの欠席",
        en: "Absences by month and grade, and a thousand pupils and day",
      },
      row: z.object({
        month: month(),
        grade: code({ ja: "学年", en: "Grade" }),
        people: persons(absences),
        perThousand: figure({
          ja: "1,000人・1日あたり",
          en: "A thousand pupils and day",
        }).nullable(),
      }),
      period: "month",
      dimensions: ["grade"],
      measures: ["people", "perThousand"],
      disclosure: { kind: "flow", people: "people" },
    },
    schools: {
      title: { ja: "学校ごとの欠席", en: "By school" },
      description: {
        ja: "月・学校・理由ごとの延べ欠席者数",
        en: "Absences by month, school and reason",
      },
      row: z.object({
        month: month(),
        schoolId: code({ ja: "学校", en: "School" }),
        // Who is absent from a school is known to many.
        reasonCode: reasonCode("in-groups"),
        people: persons(absences),
      }),
      period: "month",
      dimensions: ["schoolId", "reasonCode"],
      measures: ["people"],
      disclosure: { kind: "flow", people: "people" },
    },
    hours: {
      title: { ja: "連絡の時間帯", en: "When absences are reported" },
      description: {
        ja: "時間帯ごとの連絡件数",
        en: "Reports by hour of the day",
      },
      row: z.object({
        month: month(),
        hour: code({ ja: "時", en: "Hour" }),
        people: persons({ ja: "連絡件数", en: "Reports" }),
      }),
      period: "month",
      dimensions: ["hour"],
      measures: ["people"],
      disclosure: { kind: "flow", people: "people" },
    },
    watch_zones: {
      title: { ja: "見守り区域の通過", en: "Watch zones" },
      description: {
        ja:
          "保護者が同意した子どもの、区域の出入りの件数（個々の動きは受け取りません）",
        en:
          "Crossings of watch zones by children whose guardians agreed; no track is taken",
      },
      row: z.object({
        month: month(),
        districtCode: district(),
        people: persons({ ja: "入った数", en: "Entered" }),
        left: times({ ja: "出た数", en: "Left" }),
      }),
      period: "month",
      dimensions: ["districtCode"],
      measures: ["people", "left"],
      disclosure: { kind: "flow", people: "people" },
    },
    warning: figures({
      title: { ja: "早期警戒の精度", en: "Early warning" },
      description: {
        ja:
          "月の対象（学校×授業日）の数、知らせた数、流行がないときに誤って知らせる割合として定めた値",
        en:
          "School days judged and signals given in the month, and the rate of false signals the method is set to",
      },
      row: z.object({
        month: month(),
        schoolDays: times({ ja: "学校×授業日", en: "School days judged" }),
        signals: times({ ja: "知らせた数", en: "Signals" }),
        falseAlarmRate: figure({
          ja: "誤報の割合（定めた値）",
          en: "False signals a school day, as set",
        }),
      }),
      period: "month",
      measures: ["schoolDays", "signals", "falseAlarmRate"],
      reason: {
        ja: "仕組みの精度であり、個人の数ではないため",
        en: "How well a method works, which counts no person",
      },
    }),
  },
});
