import {
  DAYS,
  HOURS,
  type Metric,
  metric,
  OWNERS,
  SHARE,
  TIMES,
  YEN,
} from "../metric.ts";

const owner = OWNERS.counters;
const QUEUE = { ja: "人", en: "people" };

/** Procedures, bookings and counters. */
export const serviceMetrics: readonly Metric[] = [
  metric("applications", "city_services.applications.count", {
    title: { ja: "オンライン申請", en: "Online applications" },
    definition: {
      ja: "その月に手続の各段階に達した件数。段階どうしは足し合わせません。",
      en:
        "Applications that reached a step in the month; steps are never added up.",
    },
    additivity: "people",
    sums: ["procedureId"],
    unit: TIMES,
    owner,
  }),
  metric("online_share", "city_services.application_channels.count", {
    title: { ja: "オンラインでの申請の割合", en: "Applications made online" },
    definition: {
      ja: "提出された申請のうち、アプリまたはウェブによるものの割合。",
      en: "Applications handed in by app or web among all.",
    },
    at: { channel: ["app", "web"] },
    over: ["city_services.application_channels.count", {}],
    format: "share",
    unit: SHARE,
    level: "outcome",
    owner,
  }),
  metric("channel_applications", "city_services.application_channels.count", {
    title: { ja: "経路ごとの申請", en: "Applications by way" },
    definition: {
      ja: "その月に提出された申請の件数。",
      en: "Applications handed in in the month.",
    },
    unit: TIMES,
    better: "neither",
    owner,
  }),
  metric("off_hours_share", "city_services.application_times.count", {
    title: {
      ja: "開庁時間外の申請の割合",
      en: "Applications outside office hours",
    },
    definition: {
      ja: "提出された申請のうち、夜間・早朝・土日のものの割合。",
      en: "Applications handed in at night or on days off among all.",
    },
    at: { time: ["night", "holiday"] },
    over: ["city_services.application_times.count", {}],
    format: "share",
    unit: SHARE,
    level: "outcome",
    owner,
  }),
  metric("bookings", "city_services.bookings.count", {
    title: { ja: "予約", en: "Bookings" },
    definition: {
      ja: "その月の予約・利用・取消・不履行の件数。",
      en: "Bookings made, used, cancelled and missed in the month.",
    },
    unit: TIMES,
    better: "neither",
    owner,
  }),
  metric("lead_days", "city_services.booking_lead_times.median", {
    title: { ja: "予約から利用まで（中央値）", en: "Lead time, median" },
    definition: {
      ja: "予約から利用する枠までの日数の中央値。",
      en: "Median days from booking to the slot.",
    },
    additivity: "none",
    format: "decimal",
    unit: DAYS,
    better: "neither",
    level: "activity",
    owner,
  }),
  metric("facility_bookings", "city_services.facility_hours.count", {
    title: { ja: "施設の予約", en: "Bookings of facilities" },
    definition: {
      ja: "施設と時間帯ごとの予約の件数。",
      en: "Bookings by facility and hour of the slot.",
    },
    unit: TIMES,
    better: "neither",
    owner,
  }),
  metric("contacts", "city_services.contacts.count", {
    title: { ja: "窓口・電話の件数", en: "Contacts" },
    definition: {
      ja: "市が数えた電話・窓口・ファクス・郵便の件数。",
      en: "Calls and visits as the city counts them.",
    },
    unit: TIMES,
    better: "down",
    level: "outcome",
    owner,
  }),
  metric("hours_saved", "city_services.time_saved.savedHours", {
    title: { ja: "職員の時間の削減", en: "Staff time saved" },
    definition: {
      ja: "件数に、導入前後の1件あたりの時間の差を掛けた時間。",
      en: "Cases times the minutes a case takes less than before.",
    },
    format: "decimal",
    unit: HOURS,
    level: "outcome",
    owner: OWNERS.policy,
  }),
  metric("voucher_yen", "city_services.vouchers.amountYen", {
    title: { ja: "地域振興券・地域通貨の額", en: "Regional vouchers" },
    definition: {
      ja: "決済事業者が集計した発行・利用の額。購入明細は受け取りません。",
      en:
        "Vouchers issued and redeemed as the operator adds them up; no purchase is taken.",
    },
    unit: YEN,
    level: "outcome",
    owner: OWNERS.commerce,
  }),
  metric("mean_queue", "counter_queues.hours.meanWaiting", {
    title: { ja: "平均待ち人数", en: "Mean queue" },
    definition: {
      ja: "月の、曜日・時間帯ごとの平均待ち人数。",
      en: "Mean queue of the month by weekday and hour.",
    },
    additivity: "none",
    each: ["counterId"],
    format: "decimal",
    unit: QUEUE,
    better: "down",
    level: "outcome",
    owner,
  }),
  metric("expected_queue", "counter_queues.expected.expected", {
    title: { ja: "見込まれる待ち人数", en: "Queue expected" },
    definition: {
      ja: "直近3か月の同じ曜日・時間帯の平均から見込む待ち人数。",
      en:
        "Queue expected from the same weekday and hour of the last three months.",
    },
    additivity: "none",
    each: ["counterId"],
    format: "decimal",
    unit: QUEUE,
    better: "down",
    level: "outcome",
    owner,
  }),
];
