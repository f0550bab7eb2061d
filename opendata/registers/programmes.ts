import type { Text } from "@hiraku/kernel";
import { z } from "zod";
import { about, day, figure, oneOf } from "../column.ts";
import { key, list, register, words } from "./register.ts";

const yen = (title: { ja: string; en: string }) =>
  z.int().nonnegative().meta(about({ title }));

/** Events and drills that people enter with the app. */
export const events = register({
  id: "events",
  title: { ja: "行事", en: "Events" },
  description: {
    ja: "アプリで受付する行事・訓練",
    en: "Events and drills that people enter with the app",
  },
  row: z.object({
    id: key({ ja: "行事コード", en: "Event code" }),
    title: words({ ja: "名称", en: "Title" }),
    category: oneOf({ ja: "分類", en: "Category" }, {
      event: { ja: "行事", en: "Event" },
      lecture: { ja: "講座", en: "Lecture" },
      drill: { ja: "防災訓練", en: "Drill" },
      facility: { ja: "施設", en: "Facility" },
      match: { ja: "試合", en: "Match" },
    }),
    startsOn: day({ ja: "開始日", en: "Starts on" }),
    endsOn: day({ ja: "終了日", en: "Ends on" }),
    place: words({ ja: "会場", en: "Place" }).optional(),
    capacity: z.int().positive().optional().meta(about({
      title: { ja: "定員", en: "Capacity" },
    })),
    points: z.int().min(10).max(300).optional().meta(about({
      title: { ja: "付与ポイント", en: "Points granted" },
    })),
    districtCode: key(
      { ja: "校区コード", en: "District code" },
      /^\d{6}-sd-\d{2}$/,
    ).optional(),
  }),
});

/** Questions put to people in the app. */
export const surveys = register({
  id: "surveys",
  title: { ja: "アンケート", en: "Surveys" },
  description: { ja: "アプリで行うアンケート", en: "Surveys made in the app" },
  row: z.object({
    id: key({ ja: "アンケートコード", en: "Survey code" }),
    title: words({ ja: "名称", en: "Title" }),
    kind: oneOf({ ja: "種別", en: "Kind" }, {
      satisfaction: { ja: "満足度", en: "Satisfaction" },
      monitor: { ja: "市政モニター", en: "Monitor" },
      wellbeing: { ja: "地域幸福度", en: "Well-being" },
      event: { ja: "行事の満足度", en: "Event satisfaction" },
      need: { ja: "ニーズ調査", en: "Needs" },
    }),
    from: day({ ja: "開始日", en: "From" }),
    to: day({ ja: "終了日", en: "To" }),
    questions: list({ ja: "設問", en: "Questions" }),
    /** The question whose mean is a KPI. */
    kpiQuestion: key({ ja: "KPIの設問", en: "KPI question" }, /^q\d{1,3}$/)
      .optional(),
    target: figure({ ja: "目標値", en: "Target" }).optional(),
  }),
});

/** What points are granted for. */
export const pointRules = register({
  id: "point_rules",
  title: { ja: "ポイント規則", en: "Point rules" },
  description: {
    ja: "ポイント付与の規則（登録は300、行事は10〜300）",
    en:
      "What points are granted for (300 for registering, 10 to 300 for events)",
  },
  row: z.object({
    id: key({ ja: "規則コード", en: "Rule code" }),
    title: words({ ja: "名称", en: "Title" }),
    source: oneOf({ ja: "対象", en: "Source" }, {
      registration: { ja: "登録", en: "Registration" },
      event: { ja: "行事", en: "Event" },
      facility: { ja: "施設利用", en: "Facility" },
      survey: { ja: "アンケート", en: "Survey" },
      notice: { ja: "お知らせ開封", en: "Opening notices" },
      volunteer: { ja: "地域活動", en: "Volunteering" },
    }),
    amount: z.int().min(1).max(10_000).meta(about({
      title: { ja: "ポイント", en: "Points" },
    })),
    perPerson: z.int().positive().optional().meta(about({
      title: { ja: "1人あたりの上限回数", en: "Times a person" },
    })),
    eventRef: key({ ja: "行事コード", en: "Event code" }).optional(),
  }).refine(
    ({ source, amount }) =>
      source !== "event" || (amount >= 10 && amount <= 300),
    { path: ["amount"], error: "An event grants 10 to 300 points" },
  ).refine(
    ({ source, amount }) => source !== "registration" || amount === 300,
    { path: ["amount"], error: "Registration grants 300 points" },
  ),
});

/** Draws for prizes. */
export const lotteries = register({
  id: "lotteries",
  title: { ja: "抽選", en: "Lotteries" },
  description: {
    ja: "景品抽選と予算",
    en: "Draws for prizes and the budget they have",
  },
  row: z.object({
    id: key({ ja: "抽選コード", en: "Lottery code" }),
    title: words({ ja: "名称", en: "Title" }),
    prize: words({ ja: "景品", en: "Prize" }),
    entryCost: z.int().positive().meta(about({
      title: { ja: "1口のポイント", en: "Points an entry" },
    })),
    winners: z.int().positive().meta(about({
      title: { ja: "当選者数", en: "Winners" },
    })),
    prizeYen: yen({ ja: "景品の額（円）", en: "Prize (yen)" }),
    budgetYen: yen({ ja: "予算（円）", en: "Budget (yen)" }),
    fiscalYear: z.int().meta(about({
      title: { ja: "年度", en: "Fiscal year" },
    })),
    closesOn: day({ ja: "締切日", en: "Closes on" }),
    /** Where the public randomness comes from, fixed after closing. */
    randomness: words({ ja: "乱数の出典", en: "Source of randomness" }),
    local: z.boolean().default(false).meta(about({
      title: { ja: "地域の特産品", en: "Local product" },
    })),
  }).refine(
    ({ winners, prizeYen, budgetYen }) => winners * prizeYen <= budgetYen,
    { path: ["winners"], error: "The prizes cost more than the budget" },
  ),
});

/** Of what kind something was that annotates trends. */
export const MILESTONE_KINDS = {
  launch: { ja: "公開", en: "Launch" },
  pr: { ja: "広報", en: "Announcement" },
  event: { ja: "行事", en: "Event" },
  drill: { ja: "訓練", en: "Drill" },
  disaster: { ja: "災害", en: "Disaster" },
  policy: { ja: "施策", en: "Policy" },
  survey: { ja: "調査", en: "Survey" },
} as const satisfies Record<string, Text>;

/** What happened when: annotations of every trend. */
export const milestones = register({
  id: "milestones",
  title: { ja: "できごと", en: "Milestones" },
  description: {
    ja: "公開・広報・訓練などのできごと。推移のグラフに注記されます。",
    en:
      "Launches, announcements, drills and other events that annotate every trend",
  },
  row: z.object({
    id: key({ ja: "コード", en: "Code" }),
    date: day(),
    title: words({ ja: "できごと", en: "What happened" }),
    kind: oneOf({ ja: "種別", en: "Kind" }, MILESTONE_KINDS),
  }),
});

/** What the app costs, and how municipalities share it. */
export const costs = register({
  id: "costs",
  title: { ja: "費用", en: "Costs" },
  description: {
    ja: "開発・運用・広報の費用と、共同利用する市の負担割合",
    en:
      "Costs of development, running and announcements, and this city's share where several share them",
  },
  row: z.object({
    id: key({ ja: "コード", en: "Code" }),
    title: words({ ja: "件名", en: "Title" }),
    fiscalYear: z.int().meta(about({
      title: { ja: "年度", en: "Fiscal year" },
    })),
    kind: oneOf({ ja: "区分", en: "Kind" }, {
      development: { ja: "開発", en: "Development" },
      running: { ja: "運用", en: "Running" },
      publicity: { ja: "広報", en: "Publicity" },
      prizes: { ja: "景品", en: "Prizes" },
    }),
    amountYen: yen({ ja: "金額（円）", en: "Amount (yen)" }),
    /** How the municipalities of a joint use divide it. */
    sharedBy: oneOf({ ja: "按分", en: "Shared by" }, {
      none: { ja: "単独", en: "Not shared" },
      equal: { ja: "均等", en: "Equally" },
      population: { ja: "人口", en: "By population" },
      users: { ja: "利用者数", en: "By users" },
    }).default("none"),
  }),
});

/** Functions one city had built that others may adopt. */
export const functions = register({
  id: "functions",
  title: { ja: "共同利用機能", en: "Shared functions" },
  description: {
    ja: "ある市が開発し、ほかの市も採用できる機能",
    en: "Functions that one member developed and others can adopt",
  },
  row: z.object({
    id: key({ ja: "機能コード", en: "Function code" }),
    title: words({ ja: "名称", en: "Title" }),
    developedBy: key(
      { ja: "開発した団体", en: "Developed by" },
      /^\d{6}$/,
    ),
    since: day({ ja: "提供開始日", en: "Since" }),
    adopted: z.boolean().default(false).meta(about({
      title: { ja: "採用", en: "Adopted" },
    })),
  }),
});
