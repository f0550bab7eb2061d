import { z } from "zod";
import { about, day, figure, oneOf } from "../column.ts";
import { key, list, register, words } from "./register.ts";

const since = () => day({ ja: "開始日", en: "Since" });
const yes = (title: { ja: string; en: string }) =>
  z.boolean().meta(about({ title }));

/** Who offers services in the app. */
export const providers = register({
  id: "providers",
  title: { ja: "提供者", en: "Providers" },
  description: {
    ja: "ミニアプリや投稿を提供する市・地区・企業・市民団体",
    en:
      "The city's offices, districts, companies and citizens' groups that offer mini-apps and posts",
  },
  row: z.object({
    id: key({ ja: "提供者コード", en: "Provider code" }),
    name: words({ ja: "名称", en: "Name" }),
    kind: oneOf({ ja: "種別", en: "Kind" }, {
      city: { ja: "市", en: "City" },
      district: { ja: "地区", en: "District" },
      company: { ja: "企業", en: "Company" },
      citizen: { ja: "市民団体", en: "Citizens' group" },
    }),
    status: oneOf({ ja: "状況", en: "Status" }, {
      applied: { ja: "申請中", en: "Applied" },
      reviewed: { ja: "審査済", en: "Reviewed" },
      live: { ja: "提供中", en: "Live" },
      left: { ja: "終了", en: "Left" },
    }),
    since: since().optional(),
  }),
});

/** The mini-apps, each with who offers it and for whom it is. */
export const miniApps = register({
  id: "mini_apps",
  title: { ja: "ミニアプリ", en: "Mini-apps" },
  description: {
    ja:
      "ミニアプリの一覧と提供状況。地域共創アプリのように地区ごとに同じものは1種類と数えます。",
    en:
      "The mini-apps and their state. One that every district has an instance of counts as one kind.",
  },
  row: z.object({
    id: key(
      { ja: "ミニアプリコード", en: "Mini-app code" },
      /^\d{6}-ma-\d{2}$/,
    ),
    nameJa: words({ ja: "名称", en: "Name (Japanese)" }),
    nameEn: words({ ja: "名称（英語）", en: "Name (English)" }),
    categoryJa: words({ ja: "分類", en: "Category (Japanese)" }),
    categoryEn: words({ ja: "分類（英語）", en: "Category (English)" }),
    provider: key({ ja: "提供者コード", en: "Provider code" }).optional(),
    status: oneOf({ ja: "状況", en: "Status" }, {
      planned: { ja: "計画中", en: "Planned" },
      live: { ja: "提供中", en: "Live" },
      suspended: { ja: "停止中", en: "Suspended" },
      retired: { ja: "終了", en: "Retired" },
    }),
    since: since().optional(),
    requiresTier: oneOf({ ja: "必要な本人確認", en: "Tier required" }, {
      none: { ja: "なし", en: "None" },
      jpki: { ja: "マイナンバーカード", en: "My Number Card" },
    }).default("none"),
    instances: z.int().min(1).default(1).meta(about({
      title: { ja: "地区版の数", en: "District instances" },
    })),
    purposes: list({ ja: "利用目的", en: "Purposes" }).default([]),
  }),
});

/** Procedures of the city hall that can be begun in the app. */
export const procedures = register({
  id: "procedures",
  title: { ja: "手続", en: "Procedures" },
  description: {
    ja: "オンラインで申請できる手続",
    en: "Procedures that can be applied for online",
  },
  row: z.object({
    id: key({ ja: "手続コード", en: "Procedure code" }),
    name: words({ ja: "名称", en: "Name" }),
    office: words({ ja: "担当課", en: "Office" }),
    online: yes({ ja: "オンライン申請可", en: "Online" }),
    processingDays: z.int().nonnegative().optional().meta(about({
      title: { ja: "標準処理日数", en: "Processing days" },
    })),
    hasCost: yes({ ja: "手数料あり", en: "Has a fee" }).default(false),
  }),
});

/** Minutes of staff work a case takes, before and after. */
export const staffTimes = register({
  id: "staff_times",
  title: { ja: "職員の作業時間", en: "Staff time" },
  description: {
    ja: "業務1件あたりの職員作業時間（導入前・導入後）",
    en:
      "Minutes of staff work a case takes, before and after the service went online",
  },
  row: z.object({
    id: key({ ja: "業務コード", en: "Process code" }),
    name: words({ ja: "業務", en: "Process" }),
    /** Whose events are its cases, such as a procedure's code. */
    casesOf: key({ ja: "件数の対象", en: "Cases of" }),
    beforeMinutes: figure({ ja: "導入前（分）", en: "Before (minutes)" })
      .nonnegative(),
    afterMinutes: figure({ ja: "導入後（分）", en: "After (minutes)" })
      .nonnegative(),
    measuredOn: day({ ja: "測定日", en: "Measured on" }),
    source: words({ ja: "出典", en: "Source" }),
  }),
});

/** Windows of the city hall whose queues are observed. */
export const counters = register({
  id: "counters",
  title: { ja: "窓口", en: "Counters" },
  description: {
    ja: "混雑状況を知らせる窓口",
    en: "Counters whose queues are shown",
  },
  row: z.object({
    id: key({ ja: "窓口コード", en: "Counter code" }),
    name: words({ ja: "名称", en: "Name" }),
    office: words({ ja: "庁舎", en: "Office" }),
  }),
});

/** Ways by which people hear of the app. */
export const channels = register({
  id: "channels",
  title: { ja: "周知経路", en: "Channels" },
  description: {
    ja: "チラシ・ポスター・行事などの周知経路と費用",
    en:
      "Flyers, posters, events and other ways people hear of the app, with their cost",
  },
  row: z.object({
    id: key({ ja: "経路コード", en: "Channel code" }),
    name: words({ ja: "名称", en: "Name" }),
    kind: oneOf({ ja: "種別", en: "Kind" }, {
      flyer: { ja: "チラシ", en: "Flyer" },
      poster: { ja: "ポスター・POP", en: "Poster" },
      event: { ja: "行事", en: "Event" },
      newsletter: { ja: "広報紙", en: "Newsletter" },
      press: { ja: "報道", en: "Press" },
      other: { ja: "その他", en: "Other" },
    }),
    costYen: z.int().nonnegative().default(0).meta(about({
      title: { ja: "費用（円）", en: "Cost (yen)" },
    })),
  }),
});
