import { z } from "zod";
import {
  about,
  code,
  district,
  figure,
  month,
  oneOf,
  steps,
  times,
} from "../column.ts";
import { dataset } from "../dataset.ts";
import { family, figures, spread } from "../family.ts";

const procedure = () => code({ ja: "手続", en: "Procedure" });
const kind = () =>
  oneOf({ ja: "種類", en: "Kind" }, {
    waste: { ja: "ごみの搬入・収集", en: "Waste" },
    bulky: { ja: "粗大ごみ", en: "Bulky waste" },
    facility: { ja: "公共施設", en: "Facility" },
    counter: { ja: "窓口", en: "Counter" },
    event: { ja: "行事", en: "Event" },
  });
const yen = { ja: "円", en: "yen" };

/** Procedures, bookings and payments: how many, when, by which way. */
export const cityServices = dataset({
  id: "city_services",
  title: { ja: "行政サービスの利用", en: "Use of city services" },
  description: {
    ja:
      "オンライン申請、予約、決済連携、移動の予約の件数と時間帯、窓口・電話の件数、職員の時間の削減です。",
    en:
      "Online applications, bookings, linked payments and rides by time and way, contacts at counters and by phone, and staff time saved.",
  },
  cadence: "monthly",
  theme: "GOVE",
  purpose: {
    ja: "いつでもどこでも手続できるようにするため",
    en: "To let people do procedures at any time and place",
  },
  keywords: [
    { ja: "オンライン申請", en: "online applications" },
    { ja: "予約", en: "bookings" },
  ],
  tables: {
    ...family("applications", {
      title: { ja: "申請", en: "Applications" },
      description: {
        ja: "手続と段階ごとの人数と件数",
        en: "People and applications by procedure and step",
      },
      keys: {
        procedureId: procedure(),
        step: steps({ ja: "段階", en: "Step" }, {
          started: { ja: "開始", en: "Started" },
          submitted: { ja: "提出", en: "Submitted" },
          completed: { ja: "完了", en: "Completed" },
        }),
      },
      by: ["age"],
    }),
    ...family("application_channels", {
      title: { ja: "申請の経路", en: "Ways of applying" },
      description: {
        ja: "手続と経路ごとに提出した人数",
        en: "People who applied, by procedure and way",
      },
      keys: {
        procedureId: procedure(),
        channel: oneOf({ ja: "経路", en: "Way" }, {
          app: { ja: "アプリ", en: "App" },
          web: { ja: "ウェブ", en: "Web" },
          counter: { ja: "窓口", en: "Counter" },
          post: { ja: "郵送", en: "Post" },
          phone: { ja: "電話", en: "Phone" },
        }),
      },
    }),
    ...family("application_times", {
      title: { ja: "申請の時間帯", en: "When people apply" },
      description: {
        ja: "手続ごとに、開庁時間・夜間・休日に提出した人数",
        en: "People who applied in office hours, at night and on days off",
      },
      keys: {
        procedureId: procedure(),
        time: oneOf({ ja: "時間帯", en: "Time" }, {
          office: { ja: "開庁時間", en: "Office hours" },
          night: { ja: "夜間・早朝", en: "Night" },
          holiday: { ja: "土日", en: "Weekend" },
        }),
      },
    }),
    ...family("fees", {
      title: { ja: "税・料金の種類", en: "Taxes and fees" },
      description: {
        ja: "口座振替などの手続と税・料金の種類ごとの人数",
        en: "People by procedure, such as direct debit, and tax or fee",
      },
      keys: {
        procedureId: procedure(),
        feeType: code({ ja: "税・料金", en: "Tax or fee" }),
      },
    }),
    ...spread("application_durations", {
      title: { ja: "申請にかかる時間", en: "Time of applying" },
      description: {
        ja: "手続ごとの提出までの時間",
        en: "Time until an application was handed in",
      },
      keys: { procedureId: procedure() },
      of: { ja: "所要時間", en: "Time" },
      unit: { ja: "分", en: "minutes" },
    }),
    ...family("bookings", {
      title: { ja: "予約", en: "Bookings" },
      description: {
        ja: "種類と段階ごとの人数と件数",
        en: "People and bookings by kind and step",
      },
      keys: {
        kind: kind(),
        step: steps({ ja: "段階", en: "Step" }, {
          created: { ja: "予約", en: "Made" },
          used: { ja: "利用", en: "Used" },
          cancelled: { ja: "取消", en: "Cancelled" },
          missed: { ja: "不履行", en: "Missed" },
        }),
      },
      by: ["district"],
    }),
    ...family("booking_items", {
      title: { ja: "粗大ごみの品目", en: "Bulky items" },
      description: {
        ja: "品目ごとの人数と件数",
        en: "People and bookings by item",
      },
      keys: { item: code({ ja: "品目", en: "Item" }) },
    }),
    ...spread("booking_lead_times", {
      title: { ja: "予約から利用まで", en: "Lead time" },
      description: {
        ja: "予約から利用する枠までの日数",
        en: "Days from booking to the slot",
      },
      keys: { kind: kind() },
      of: { ja: "日数", en: "Lead time" },
      unit: { ja: "日", en: "days" },
    }),
    ...family("facility_hours", {
      title: { ja: "施設の利用時間帯", en: "Facilities by hour" },
      description: {
        ja: "施設と時間帯ごとの予約者数",
        en: "People who booked, by facility and hour of the slot",
      },
      keys: {
        facilityId: code({ ja: "施設", en: "Facility" }),
        hour: code({ ja: "時", en: "Hour" }),
      },
    }),
    ...family("rides", {
      title: { ja: "移動", en: "Rides" },
      description: {
        ja: "出発地と目的地の500mメッシュごとの人数",
        en: "People by half mesh of departure and arrival",
      },
      keys: {
        means: code({ ja: "手段", en: "Means" }),
        origin_mesh: code({ ja: "出発地", en: "From" }),
        dest_mesh: code({ ja: "目的地", en: "To" }),
      },
    }),
    ...family("payments", {
      title: { ja: "決済の連携", en: "Payments linked" },
      description: {
        ja: "決済を連携した人数",
        en: "People who linked a payment",
      },
      keys: { operatorId: code({ ja: "事業者", en: "Operator" }) },
      by: ["ageSex"],
    }),
    vouchers: figures({
      title: { ja: "地域振興券・地域通貨", en: "Regional vouchers" },
      description: {
        ja:
          "決済事業者が集計した発行・利用の件数と金額（購入明細は受け取りません）",
        en:
          "Vouchers issued and redeemed as the operator adds them up; no purchase is taken",
      },
      row: z.object({
        month: month(),
        flow: oneOf({ ja: "区分", en: "Flow" }, {
          issued: { ja: "発行", en: "Issued" },
          redeemed: { ja: "利用", en: "Redeemed" },
        }),
        medium: oneOf({ ja: "媒体", en: "Medium" }, {
          digital: { ja: "デジタル", en: "Digital" },
          paper: { ja: "紙", en: "Paper" },
        }),
        districtCode: district(),
        shopCategory: code({ ja: "業種", en: "Category" }),
        count: times(),
        amountYen: z.int().nonnegative().meta(about({
          title: { ja: "金額", en: "Amount" },
          unit: yen,
        })),
      }),
      period: "month",
      measures: ["count", "amountYen"],
      reason: {
        ja: "事業者が集計した店舗側の合計であり、個人の数ではないため",
        en: "Sums of shops as the operator adds them up, which count no person",
      },
    }),
    contacts: figures({
      title: { ja: "窓口・電話の件数", en: "Contacts" },
      description: {
        ja:
          "市が数えた電話・窓口・ファクス・郵便の件数。オンライン化による減少を見ます。",
        en:
          "Calls and visits as the city counts them, to see how many were avoided",
      },
      row: z.object({
        month: month(),
        channel: code({ ja: "経路", en: "Way" }),
        topic: code({ ja: "内容", en: "About" }),
        count: times(),
      }),
      period: "month",
      measures: ["count"],
      reason: {
        ja: "職員が数えた事務の件数であるため",
        en: "Cases of office work as the staff counts them",
      },
    }),
    time_saved: {
      title: { ja: "職員の時間の削減", en: "Staff time saved" },
      description: {
        ja: "業務ごとの件数と、導入前後の1件あたりの時間から求めた削減時間",
        en:
          "Hours saved by process: cases times the minutes a case takes less than before",
      },
      row: z.object({
        month: month(),
        processId: code({ ja: "業務", en: "Process" }),
        cases: times({ ja: "件数", en: "Cases" }),
        beforeMinutes: figure(
          { ja: "導入前（1件）", en: "Before, a case" },
          { ja: "分", en: "minutes" },
        ),
        afterMinutes: figure(
          { ja: "導入後（1件）", en: "After, a case" },
          { ja: "分", en: "minutes" },
        ),
        savedHours: figure(
          { ja: "削減時間", en: "Saved" },
          { ja: "時間", en: "hours" },
        ),
      }),
      period: "month",
      dimensions: ["processId"],
      measures: ["cases", "beforeMinutes", "afterMinutes", "savedHours"],
      // A case is somebody's application.
      disclosure: { kind: "flow", people: "cases" },
    },
  },
});
