import { z } from "zod";
import {
  code,
  district,
  figure,
  month,
  oneOf,
  persons,
  times,
} from "../column.ts";
import { dataset } from "../dataset.ts";
import { family, figures } from "../family.ts";

const topic = () => code({ ja: "話題", en: "Topic" });

/** Help for those who need it, classes, and what people tell the city. */
export const support = dataset({
  id: "support",
  title: { ja: "利用支援と市民の声", en: "Support and voices" },
  description: {
    ja:
      "スマートフォン相談、アプリ教室、ご意見の件数と対応、データ活用の研修です。ご意見の本文は扱いません。",
    en:
      "Help with phones, classes, feedback and what came of it, and training in the use of data. No text of feedback is taken.",
  },
  cadence: "monthly",
  theme: "GOVE",
  purpose: {
    ja: "誰一人取り残さず、声を改善に生かすため",
    en: "To leave nobody behind and to turn voices into changes",
  },
  keywords: [
    { ja: "デジタルデバイド", en: "digital divide" },
    { ja: "市民の声", en: "feedback" },
  ],
  tables: {
    ...family("sessions", {
      title: { ja: "相談", en: "Support sessions" },
      description: {
        ja: "内容と結果ごとの人数",
        en: "People by topic and outcome",
      },
      keys: {
        topic: topic(),
        outcome: oneOf({ ja: "結果", en: "Outcome" }, {
          resolved: { ja: "解決", en: "Resolved" },
          referred: { ja: "紹介", en: "Referred" },
          unresolved: { ja: "未解決", en: "Unresolved" },
        }),
      },
      by: ["age"],
    }),
    ...family("helped", {
      title: { ja: "相談後の利用", en: "Use after help" },
      description: {
        ja:
          "相談した人のうち、その後の30日間にアプリを使った人・使わなかった人",
        en:
          "Of those who were helped: who used the app within 30 days and who did not",
      },
      keys: {
        later: oneOf({ ja: "その後", en: "Later" }, {
          used: { ja: "利用した", en: "Used" },
          unused: { ja: "利用していない", en: "Did not use" },
        }),
      },
    }),
    classes: {
      title: { ja: "教室", en: "Classes" },
      description: {
        ja: "種類と主催ごとの回数と参加者数",
        en: "Classes held and people who came, by kind and organiser",
      },
      row: z.object({
        month: month(),
        kind: oneOf({ ja: "種類", en: "Kind" }, {
          app: { ja: "アプリ", en: "App" },
          data: { ja: "データ活用", en: "Data" },
        }),
        organiser: oneOf({ ja: "主催", en: "Organiser" }, {
          city: { ja: "市", en: "City" },
          community: { ja: "公民館", en: "Community" },
          company: { ja: "企業", en: "Company" },
          residents: { ja: "住民", en: "Residents" },
        }),
        people: persons({ ja: "延べ参加者数", en: "Attendees" }),
        count: times({ ja: "回数", en: "Classes" }),
      }),
      period: "month",
      dimensions: ["kind", "organiser"],
      measures: ["people", "count"],
      disclosure: { kind: "flow", people: "people" },
    },
    classes_held: figures({
      title: { ja: "校区ごとの教室", en: "Classes by district" },
      description: {
        ja: "校区ごとの開催回数",
        en: "How many classes each district held",
      },
      row: z.object({
        month: month(),
        districtCode: district(),
        count: times({ ja: "回数", en: "Classes" }),
      }),
      period: "month",
      measures: ["count"],
      reason: {
        ja: "公開で開かれた教室の回数であるため",
        en: "Classes held in public",
      },
    }),
    training: figures({
      title: { ja: "データ活用の研修", en: "Training in data" },
      description: {
        ja: "研修環境での課題の開始・完了の延べ人数",
        en: "Exercises begun and completed in the sandbox",
      },
      row: z.object({
        month: month(),
        exercise: code({ ja: "課題", en: "Exercise" }),
        started: times({ ja: "開始", en: "Begun" }),
        completed: times({ ja: "完了", en: "Completed" }),
      }),
      period: "month",
      measures: ["started", "completed"],
      reason: {
        ja: "職員の研修の実施状況であるため",
        en: "Training of the city's own staff",
      },
    }),
    ...family("feedback", {
      title: { ja: "ご意見", en: "Feedback" },
      description: {
        ja: "区分ごとの件数",
        en: "Pieces of feedback by category",
      },
      keys: { category: code({ ja: "区分", en: "Category" }) },
      people: { ja: "投稿者数", en: "People" },
      by: ["district", "age"],
    }),
    ...family("voices", {
      title: { ja: "声の話題", en: "Topics of voices" },
      description: {
        ja: "ご意見の話題ごとの人数",
        en: "People by topic of their feedback",
      },
      keys: { topic: topic() },
      by: ["district", "age"],
    }),
    replies: figures({
      title: { ja: "ご意見への対応", en: "What came of feedback" },
      description: {
        ja: "区分ごとの受付・回答・改善の件数と、回答までの日数（中央値）",
        en:
          "Feedback received, answered and acted on by category, and days to an answer",
      },
      row: z.object({
        month: month(),
        category: code({ ja: "区分", en: "Category" }),
        received: times({ ja: "受付", en: "Received" }),
        answered: times({ ja: "回答", en: "Answered" }),
        changed: times({ ja: "改善", en: "Acted on" }),
        days: figure(
          { ja: "回答までの日数", en: "Days to an answer" },
          { ja: "日", en: "days" },
        ).nullable(),
      }),
      period: "month",
      measures: ["received", "answered", "changed", "days"],
      reason: {
        ja: "市の事務の件数であり、個人の内容を含まないため",
        en: "Cases of office work without anyone's content",
      },
    }),
  },
});
